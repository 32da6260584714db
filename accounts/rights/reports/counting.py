"""Counts requests and complaints per month, quarter or year, as `LAW.COUNTS` may ask for one day."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from django.utils.dateformat import format as in_format
from django.utils.translation import gettext

from accounts.rights.clock.months import add_months
from accounts.rights.models import Outcome
from accounts.rights.reports.cases import Case


class Span(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS: Mapping[Span, int] = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}


@dataclass(frozen=True, slots=True)
class Period:
    """From its first to its last day, both of them in it."""

    span: Span
    first: dt.date
    last: dt.date

    def __str__(self) -> str:
        if self.span is Span.YEAR:
            return f"{self.first.year}"
        if self.span is Span.QUARTER:
            first, last = in_format(self.first, "M"), in_format(self.last, "M")
            return gettext("%(first)s to %(last)s %(year)s") % {"first": first, "last": last, "year": self.first.year}
        month = {"month": in_format(self.first, "F"), "year": self.first.year}
        return gettext("%(month)s %(year)s") % month

    def __contains__(self, day: dt.date | None) -> bool:
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Counts:
    """What came in a period and what became of it, and how things stood at its end, or today where it still runs.

    `answered` are those of the ended ones that were neither withdrawn nor closed because the person did not reply;
    `late` those of them whose answer, or of complaints the acknowledgement, came after its day; `median_days` is from
    asking to the answer.
    """

    period: Period
    received: Mapping[str, int]
    ended: int
    answered: int
    late: int
    median_days: float | None
    extended: int
    refused: int
    escalated: int
    open_at_end: int
    late_at_end: int

    @property
    def all_received(self) -> int:
        return sum(self.received.values())


def periods(span: Span, first: dt.date, last: dt.date) -> Iterator[Period]:
    """Yield the periods from that in which one day lies to that in which another does, the oldest first."""
    length = MONTHS[span]
    start = dt.date(first.year, (first.month - 1) // length * length + 1, 1)
    while start <= last:
        following = add_months(start, length)
        yield Period(span, start, following - dt.timedelta(days=1))
        start = following


def count(found: Iterable[Case], period: Period, today: dt.date) -> Counts:
    """Count cases in a period, as they stand today."""
    rows = list(found)
    end = min(period.last, today)
    ended = [case for case in rows if case.ended in period]
    answered = [case for case in ended if case.days is not None]
    still_open = [case for case in rows if case.open_on(end)]
    return Counts(
        period=period,
        received=Counter(case.kind for case in rows if case.received in period),
        ended=len(ended),
        answered=len(answered),
        late=sum(case.late_on(end) for case in answered),
        median_days=median(case.days or 0 for case in answered) if answered else None,
        extended=sum(case.extended for case in rows if case.received in period),
        refused=sum(case.outcome == Outcome.REFUSED for case in ended),
        escalated=sum(case.escalated in period for case in rows),
        open_at_end=len(still_open),
        late_at_end=sum(case.late_on(end) for case in still_open),
    )


def counts(found: Iterable[Case], span: Span, today: dt.date, *, since: dt.date | None = None) -> list[Counts]:
    """Return the counts of each period up to today, the oldest first.

    Args:
        since: a day in the first period; the day of the first case where nothing is said.
    """
    rows = list(found)
    first = since or min((case.received for case in rows), default=today)
    return [count(rows, period, today) for period in periods(span, first, today)]
