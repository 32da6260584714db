"""Counts per period: what came, what became of it, and how things stood at the end."""

import datetime as dt
from itertools import pairwise

import pytest

from accounts.rights.reports.counting import Span, count, counts, periods
from tests.making.cases import a_case

TODAY = dt.date(2026, 11, 26)


def first_quarter(*cases, today=TODAY):
    return count(cases, next(periods(Span.QUARTER, dt.date(2026, 2, 1), TODAY)), today)


def test_periods_are_whole_and_leave_no_day_out():
    for span, number in ((Span.MONTH, 13), (Span.QUARTER, 5), (Span.YEAR, 2)):
        found = list(periods(span, dt.date(2025, 11, 30), dt.date(2026, 11, 1)))
        assert len(found) == number
        assert all(after.first - before.last == dt.timedelta(days=1) for before, after in pairwise(found))
        assert dt.date(2025, 11, 30) in found[0]
        assert dt.date(2026, 11, 1) in found[-1]
    assert [str(next(periods(span, TODAY, TODAY))) for span in Span] == ["November 2026", "Oct to Dec 2026", "2026"]


def test_what_came_is_counted_by_its_kind_in_the_period_of_its_receipt():
    found = first_quarter(
        a_case("2026-01-01"), a_case("2026-03-31", kind="complaint"), a_case("2025-12-31"), a_case("2026-04-01")
    )
    assert found.received == {"access": 1, "complaint": 1}
    assert found.all_received == 2


def test_what_was_answered_is_counted_in_the_period_of_its_answer():
    found = first_quarter(
        a_case("2025-12-20", 20), a_case("2026-01-10", 40), a_case("2026-01-10", 10), a_case("2026-03-20", 30)
    )
    assert (found.ended, found.answered, found.late, found.median_days) == (3, 3, 1, 20)


def test_what_was_withdrawn_or_not_replied_to_is_neither_answered_nor_late():
    for outcome in ("", "no-answer"):
        found = first_quarter(a_case("2026-01-10", 60, outcome=outcome, due=None))
        assert (found.ended, found.answered, found.late, found.median_days) == (1, 0, 0, None)


@pytest.mark.parametrize(("days", "open_at_end", "late_at_end"), [(None, 1, 1), (76, 1, 1), (20, 0, 0), (75, 0, 0)])
def test_how_it_stood_at_the_end_of_a_period_is_told_afterwards(days, open_at_end, late_at_end):
    found = first_quarter(a_case("2026-01-15", days))
    assert (found.open_at_end, found.late_at_end) == (open_at_end, late_at_end)


def test_a_case_is_late_from_the_day_after_its_day():
    case = a_case("2026-01-01", due=30)
    assert not case.late_on(dt.date(2026, 1, 31))
    assert case.late_on(dt.date(2026, 2, 1))
    assert not a_case("2026-01-01", 30).late_on(TODAY)
    assert a_case("2026-01-01", 31).late_on(TODAY)


def test_a_period_that_still_runs_is_counted_until_today():
    found = counts([a_case("2026-10-20"), a_case("2026-11-20")], Span.QUARTER, TODAY)
    assert [(row.open_at_end, row.late_at_end) for row in found] == [(2, 1)]


def test_extensions_refusals_and_the_regulator_are_counted():
    found = first_quarter(
        a_case("2026-01-10", 20, outcome="refused", extended=True),
        a_case("2025-01-10", 20, escalated=dt.date(2026, 2, 1)),
    )
    assert (found.extended, found.refused, found.escalated) == (1, 1, 1)


def test_without_cases_there_is_one_empty_period():
    assert [(str(row.period), row.all_received) for row in counts([], Span.YEAR, TODAY)] == [("2026", 0)]
