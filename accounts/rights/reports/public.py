"""What the public reads of the numbers: whole years and the quarters that are over, and nothing that points at anybody.

Numbers below five are not shown, others to the nearest five, and shares and medians of ten cases or more only: so
neither one table nor two of them compared say that one more person asked, or what was answered.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.dateformat import format as in_format
from django.utils.translation import gettext

from accounts.rights.clock.law import COMPLAINT
from accounts.rights.clock.months import add_months
from accounts.rights.reports.cases import Case
from accounts.rights.reports.counting import Counts, Period, Span, count, periods

FEWEST: Final = 5
FEWEST_FOR_SHARES: Final = 10
YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One year in coarse numbers; nothing where there are too few."""

    label: str
    requests: int | None
    complaints: int | None
    in_time: int | None  # per cent
    median_days: int | None


def public_rows(found: Iterable[Case], today: dt.date, kept: dt.timedelta) -> list[Row]:
    """Return the years to show, the newest first.

    Args:
        kept: for how long ended cases are kept; years of which some may be gone are not shown.
    """
    rows = list(found)
    over = _last_day_of_a_quarter(today)
    oldest = max((today - kept).year + 1, over.year - YEARS + 1)
    years = [year for year in periods(Span.YEAR, dt.date(oldest, 1, 1), over) if year.first <= over]
    return [_row(rows, Period(Span.YEAR, year.first, min(year.last, over))) for year in reversed(years)]


def _last_day_of_a_quarter(today: dt.date) -> dt.date:
    this = next(periods(Span.QUARTER, today, today))
    return this.first - dt.timedelta(days=1)


def _row(found: list[Case], period: Period) -> Row:
    numbers = count(found, period, period.last)
    complaints = numbers.received.get(COMPLAINT, 0)
    whole = period.last == add_months(period.first, 12) - dt.timedelta(days=1)
    return Row(
        label=str(period)
        if whole
        else gettext("%(period)s, January to %(last)s") % {"period": period, "last": in_format(period.last, "F")},
        requests=_coarse(numbers.all_received - complaints),
        complaints=_coarse(complaints),
        in_time=_share_in_time(numbers),
        median_days=_median(numbers),
    )


def _coarse(number: int) -> int | None:
    return FEWEST * round(number / FEWEST) if number >= FEWEST else None


def _share_in_time(numbers: Counts) -> int | None:
    if numbers.answered < FEWEST_FOR_SHARES:
        return None
    return FEWEST * round(100 * (numbers.answered - numbers.late) / numbers.answered / FEWEST)


def _median(numbers: Counts) -> int | None:
    enough = numbers.median_days is not None and numbers.answered >= FEWEST_FOR_SHARES
    return round(numbers.median_days or 0) if enough else None
