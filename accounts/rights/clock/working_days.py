"""Which days are working days in our country: not Saturdays, Sundays, bank holidays, or days that were added."""

import datetime as dt
from collections.abc import Collection, Mapping
from functools import cache
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.values.country import COUNTRY

FIRST_YEAR: Final = COUNTRY.FIRST_YEAR
LAST_YEAR: Final = COUNTRY.LAST_YEAR
CLOSED: Final = {5: _("a Saturday"), 6: _("a Sunday")}
ADDED: Final = _("a day that was added to the bank holidays")

# The reasons may stand beside the days.
Days = Collection[dt.date] | Mapping[dt.date, str]


def why_closed(day: dt.date, added: Days = ()) -> str:
    """Return why a day is no working day, such as “Good Friday”; nothing where it is one.

    Args:
        added: further holidays; in a mapping, with what they are.
    """
    if day in added:
        return (added[day] if isinstance(added, Mapping) else "") or str(ADDED)
    return _bank_holidays(day.year).get(day, "") or str(CLOSED.get(day.weekday(), ""))


@cache
def _bank_holidays(year: int) -> dict[dt.date, str]:
    return COUNTRY.bank_holidays(year)
