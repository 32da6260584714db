"""What people are offered to agree to: what the organisation has set up, and nothing that it does not do."""

from collections.abc import Mapping

from accounts.flows.consents import Offer, Purpose, offers_of_the_site
from home.cookies.consent.question import RECIPIENT
from home.cookies.remembering import choices


def offered() -> Mapping[Purpose, Offer]:
    """Return the consents that people are asked for: those of which the organisation has said that it has a use."""
    chosen = choices()
    found: dict[Purpose, Offer] = {}
    if chosen.offers_by_email:
        found[Purpose.MARKETING_BY_EMAIL] = Offer()
    if chosen.offers_by_post:
        found[Purpose.MARKETING_BY_POST] = Offer()
    if chosen.named_companies:
        found[Purpose.PASSING_ON] = Offer(chosen.named_companies)
    if chosen.analytics_id:
        found[Purpose.ANALYTICS] = Offer((RECIPIENT,))
    return found


def register() -> None:
    """Called once, when the app starts; harmless when it starts twice."""
    if offered not in offers_of_the_site:
        offers_of_the_site.append(offered)
