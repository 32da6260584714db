"""What the templates know of the questions: what waits for the reader's answer, and the buttons on a policy's page."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from policies.notices.agreeing.offers import Offer, offer
from policies.notices.agreeing.standing import Standing, standings_of
from policies.notices.models.answers import Answer
from policies.reading.who_reads import reader_of

# Where the user of a request, an object as short-lived as the request, keeps what was asked once.
KEPT = "_policy_standings"
# Pages that say in their content what the banner would say.
SAY_IT_THEMSELVES = frozenset({"accounts:overview", "account_policies", "account_question", "account_answer"})


def standings_for(request: HttpRequest) -> list[Standing]:
    """Return how the reader stands to each question; nothing for visitors. At most one query, once a request."""
    reader = reader_of(request)
    return kept_standings(reader) if reader else []


def kept_standings(reader: User) -> list[Standing]:
    """Return the same for the user of a request."""
    if not hasattr(reader, KEPT):
        setattr(reader, KEPT, standings_of(reader))
    known: list[Standing] = getattr(reader, KEPT)
    return known


def agreeing(request: HttpRequest) -> dict[str, object]:
    """Let every template know. Asked for only where it is shown."""
    return {
        "answers_wanted": SimpleLazyObject(lambda: wanted_elsewhere(request)),
        "agreement_offers": SimpleLazyObject(lambda: offers_for(request)),
    }


def wanted_elsewhere(request: HttpRequest) -> list[Standing]:
    """Return what waits for the reader's answer and is not asked on this page itself."""
    match = request.resolver_match
    if match and match.view_name in SAY_IT_THEMSELVES:
        return []
    return [standing for standing in standings_for(request) if standing.waits]


def offers_for(request: HttpRequest) -> list[Offer]:
    """Return the buttons for every question, for the pages of the policies."""
    reader = reader_of(request)
    if reader is None:
        return []
    return [offer(reader, standing, Answer.Where.PAGE) for standing in standings_for(request)]
