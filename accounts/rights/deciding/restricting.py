"""A restriction that was granted, and its end, of which the person is told before: `LAW.RESTRICTION`."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.flows.restricting import TooSoon, end_restriction, restrict
from accounts.models import User
from accounts.rights.letters.sending import send_letter
from accounts.rights.letters.writing import LetterKind, Told, write_letter
from accounts.rights.models import RightsRequest, What
from accounts.rights.moves import By, IllegalMove, write_down
from accounts.values.wording import day_in_words

RESTRICTED: Final = _(
    "From today on we only keep what the site holds of you. You get no news and no e-mail about our policies that "
    "can be left out, nothing is deleted because its time is over, and our staff change none of your details unless "
    "you ask for it. What you do yourself while signed in still works. We tell you before this ends."
)
NOT_RESTRICTED: Final = _("The data of that account is not restricted, or it is said already when that ends.")


def restrict_account(request: RightsRequest, person: User, by: By) -> str:
    """Restrict, and return what was done in words for the person."""
    restrict(person)
    write_down(request, by, What.RESTRICTED)
    return str(RESTRICTED)


@transaction.atomic
def tell_that_it_ends(request: RightsRequest, person: User | None, by: By, on: dt.date, words: str) -> None:
    """Tell the person that the restriction ends, on which day and why, and have it end then.

    Args:
        request: by which it was asked for.
        person: whose data is restricted.
        by: who of the staff says so.
        on: the day, from tomorrow on.
        words: why.

    Raises:
        IllegalMove: nothing is restricted, or the day is not to come.
    """
    if person is None or not person.is_restricted or person.restricted_until:
        raise IllegalMove(NOT_RESTRICTED)
    try:
        end_restriction(person, on)
    except TooSoon as refusal:
        raise IllegalMove(str(refusal)) from refusal
    write_down(request, by, What.RESTRICTION_ENDS, gettext("On %(day)s") % {"day": day_in_words(on)})
    send_letter(request, by, write_letter(LetterKind.RESTRICTION_ENDS, request, words, Told(due=on)))
