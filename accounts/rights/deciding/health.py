"""The gate for data about health: no answer leaves without a word on it (`LAW.HEALTH`)."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rights.clock.months import add_months
from accounts.rights.models import Health
from accounts.values.country import LAW
from accounts.values.wording import day_in_words

NOT_SAID = _("Say whether the answer holds data about health. It cannot leave without that.")


def objections_to_health(
    health: Health | None, opinion_by: str, opinion_on: dt.date | None, today: dt.date
) -> Iterator[str]:
    """Say why an answer cannot leave: who is no health professional needs the opinion of one, unless it is known.

    The opinion counts for `LAW.OPINION_MONTHS` that end with the day of the answer.

    Args:
        health: what the answer holds; None where nobody has said so.
        opinion_by: the appropriate health professional who was asked.
        opinion_on: the day of their opinion.
        today: the day of the answer.
    """
    if health is None:
        yield str(NOT_SAID)
    if health != Health.OPINION:
        return
    if not opinion_by.strip():
        yield gettext("Name the health professional whose opinion it is.")
    if opinion_on is None:
        yield gettext("Say on which day the health professional gave the opinion.")
    elif opinion_on > today:
        yield gettext("The opinion cannot be from a day that is still to come.")
    elif opinion_on <= (oldest := add_months(today, -LAW.OPINION_MONTHS)):
        yield (LAW.OPINION_TOO_OLD % {"day": day_in_words(oldest)})
