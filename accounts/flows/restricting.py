"""Restricts what is done with a person's data, as they asked, and ends that: `LAW.RESTRICTION`.

Of somebody who is restricted the site keeps everything and uses nothing that can wait: no e-mail that people may choose
not to get (`recipients.wants`), not in the list of who agreed to news (`cms.consents`), nothing deleted because its
time is over (`personal_data.retention`) or because staff closed the account, no detail changed by staff (`cms.forms`).
What they do themselves while signed in, they do with their own consent (the same, paragraph 2).
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User


class TooSoon(ValueError):
    """People are told before a restriction ends, so it ends on a later day than today: the same, paragraph 3."""


def restrict(person: User) -> None:
    """Only keep a person's data from today on. Whoever is restricted already stays so from the first day."""
    if not person.is_restricted:
        person.restricted_on = timezone.localdate()
    person.restricted_until = None
    person.save(update_fields=["restricted_on", "restricted_until"])


def end_restriction(person: User, on: dt.date) -> None:
    """Have the restriction end on a day to come. The caller tells the person now.

    Raises:
        TooSoon: the day is not to come.
    """
    if on <= timezone.localdate():
        raise TooSoon(gettext("They are told before it ends: choose a day from tomorrow on."))
    person.restricted_until = on
    person.save(update_fields=["restricted_until"])
