"""The corresponding date: the same day of a later month."""

import calendar
import datetime as dt


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month so many months later, or that month's last day where it has no such day.

    Source: `LAW.COUNTING`, paragraph 2(c).
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
