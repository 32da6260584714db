"""When requests are due: the law's month, its start, its end, and the days that do not count."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.rights.clock.counting import deadline
from accounts.rights.clock.facts import Facts
from accounts.rights.clock.law import KINDS, NoBasis
from accounts.rights.clock.working_days import why_closed
from tests.making.second_clock import bank_holidays, due_by_walking

DAY = dt.timedelta(days=1)
RIGHTS = [kind for kind in KINDS if kind != "complaint"]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def a_request(received: str, kind: str = "access", pauses=(), **facts) -> Facts:
    days = {name: day(value) if isinstance(value, str) else value for name, value in facts.items()}
    spans = tuple((day(asked), day(answered) if answered else None) for asked, answered in pauses)
    return Facts(kind, day(received), pauses=spans, **days)


def due(received: str, kind: str = "access", pauses=(), closed_days=(), **facts) -> str:
    return str(deadline(a_request(received, kind, pauses, **facts), closed_days=closed_days).due)


@pytest.mark.parametrize(
    ("received", "first", "extended"),
    [
        ("2025-09-03", "2025-10-03", "2025-12-03"),
        ("2026-09-03", "2026-10-05", "2026-12-03"),  # a weekend
        ("2026-03-31", "2026-04-30", "2026-06-30"),  # no 31st
        ("2026-08-31", "2026-09-30", "2026-11-30"),  # received on a holiday
        ("2026-05-15", "2026-06-15", "2026-08-17"),  # a holiday in Scotland only
        ("2026-09-21", "2026-10-21", "2026-12-21"),
        ("2025-08-01", "2025-09-01", "2025-11-03"),
        ("2025-01-30", "2025-02-28", "2025-04-30"),
        ("2024-01-30", "2024-02-29", "2024-04-30"),  # a leap year
        ("2024-02-29", "2024-04-02", "2024-05-29"),  # Good Friday to Easter Monday
        ("2027-01-29", "2027-03-01", "2027-04-29"),  # 28 February is a Sunday
        ("2026-11-26", "2026-12-29", "2027-02-26"),  # Boxing Day is a Saturday, and kept on the Monday
        ("2026-11-25", "2026-12-29", "2027-02-25"),
        ("2026-12-01", "2027-01-04", "2027-03-01"),
        ("2026-02-28", "2026-03-30", "2026-05-28"),  # 28 March is a Saturday
        ("2022-08-19", "2022-09-20", "2022-11-21"),  # a holiday that was proclaimed ten days before
        ("2026-02-25", "2026-03-25", "2026-05-26"),  # over the clock change of spring
        ("2026-09-25", "2026-10-26", "2026-12-29"),  # its end on the day of the clock change of autumn
        ("2025-12-31", "2026-02-02", "2026-03-31"),  # over the year, clipped and moved
    ],
)
@pytest.mark.parametrize("kind", RIGHTS)
def test_a_month_and_three_months_end_on_the_corresponding_working_day(kind, received, first, extended):
    assert due(received, kind) == first
    assert due(received, kind, extended=True) == extended


@pytest.mark.parametrize(
    ("facts", "expected", "why"),
    [
        ({"identity": "2026-09-10"}, "2026-10-12", "identity"),
        ({"fee": "2026-09-15"}, "2026-10-15", "fee"),
        ({"identity": "2026-09-10", "fee": "2026-09-15"}, "2026-10-15", "fee"),
        ({"identity": "2026-09-15", "fee": "2026-09-10"}, "2026-10-15", "identity"),
        ({"identity": "2026-09-03"}, "2026-10-05", "received"),
        ({"identity": "2026-09-01"}, "2026-10-05", "received"),  # it was there before
        ({"identity": "2026-12-31", "extended": True}, "2027-03-31", "identity"),
    ],
)
def test_the_month_begins_with_the_latest_of_receipt_identity_and_fee(facts, expected, why):
    found = deadline(a_request("2026-09-03", **facts))
    assert str(found.due) == expected
    assert why in found.why_start


@pytest.mark.parametrize("awaited", ["identity", "fee"])
def test_no_month_begins_while_identity_or_a_fee_is_awaited(awaited):
    found = deadline(a_request("2026-09-03", **{f"{awaited}_awaited": True}))
    assert (found.due, found.start, found.waiting_for) == (None, None, awaited)
    assert found.days_left(day("2026-09-30")) is None
    assert "has not begun" in found.steps[-1].words


@pytest.mark.parametrize(
    ("pauses", "expected"),
    [
        ([("2026-09-10", "2026-09-14")], "2026-10-08"),
        ([("2026-09-10", "2026-09-14"), ("2026-09-14", "2026-09-16")], "2026-10-12"),  # 14 September counts once
        ([("2026-09-14", "2026-09-16"), ("2026-09-10", "2026-09-14")], "2026-10-12"),  # in whatever order
        ([("2026-09-10", "2026-09-16"), ("2026-09-11", "2026-09-12")], "2026-10-12"),  # one within the other
        ([("2026-09-10", "2026-09-11"), ("2026-09-20", "2026-09-20")], "2026-10-06"),
        ([("2026-09-03", "2026-09-03")], "2026-10-05"),  # 3 October and a day is a Sunday
        ([("2026-09-03", "2026-09-05")], "2026-10-06"),  # the day of receipt is a day that does not count
        ([("2026-10-02", "2026-10-06")], "2026-10-08"),  # asked on the last day but one
        ([("2026-10-05", "2026-10-07")], "2026-10-08"),  # asked on the working day it had moved to
        ([("2026-10-06", "2026-10-09")], "2026-10-05"),  # asked when the time had ended
    ],
)
def test_days_from_a_question_to_its_answer_do_not_count_for_access(pauses, expected):
    assert due("2026-09-03", pauses=pauses) == expected


def test_an_extension_is_moved_by_a_pause_too_and_by_one_after_the_first_month():
    assert due("2026-09-03", pauses=[("2026-09-10", "2026-09-14")], extended=True) == "2026-12-08"
    late = deadline(a_request("2026-09-03", pauses=[("2026-11-10", "2026-11-14")], extended=True))
    assert str(late.due) == "2026-12-08"
    assert str(late.extend_by) == "2026-10-03"


def test_only_days_of_a_pause_from_the_start_on_are_left_out():
    pauses = [("2026-09-05", "2026-09-08"), ("2026-09-09", "2026-09-12")]
    found = deadline(a_request("2026-09-03", pauses=pauses, identity="2026-09-10"))
    assert [str(left) for left in found.left_out] == ["2026-09-10", "2026-09-11", "2026-09-12"]
    assert str(found.due) == "2026-10-13"


class TestAPauseThatIsOpen:
    def test_nothing_is_due_and_the_days_left_are_kept(self):
        found = deadline(a_request("2026-09-03", pauses=[("2026-09-10", None)]))
        assert (found.due, found.extend_by, found.waiting_for) == (None, None, "clarification")
        assert found.paused_since == day("2026-09-10")
        assert {found.days_left(today) for today in (day("2026-09-10"), day("2027-09-10"))} == {24}

    def test_it_has_as_many_days_left_when_the_answer_comes(self):
        for answered in ("2026-09-10", "2026-09-14", "2026-11-30"):
            closed = deadline(a_request("2026-09-03", pauses=[("2026-09-10", answered)]))
            end = next(reading.day for reading in closed.readings if reading.name == "not_rolled")
            assert (end - day(answered)).days == 24

    def test_one_that_was_asked_too_late_stops_nothing(self):
        found = deadline(a_request("2026-09-03", pauses=[("2026-10-06", None)]))
        assert str(found.due) == "2026-10-05"
        assert found.days_left(day("2026-10-08")) == -3
        assert any("stops nothing" in step.words for step in found.steps)

    def test_after_the_first_month_it_moves_no_notice_of_an_extension(self):
        found = deadline(a_request("2026-09-03", pauses=[("2026-11-10", None)], extended=True))
        assert (found.due, str(found.extend_by)) == (None, "2026-10-03")

    def test_it_takes_in_those_within_it(self):
        pauses = [("2026-09-10", None), ("2026-09-12", "2026-09-20")]
        assert deadline(a_request("2026-09-03", pauses=pauses)).paused_since == day("2026-09-10")


def test_an_extension_is_told_within_the_first_month_which_is_not_moved_to_a_working_day():
    assert str(deadline(a_request("2026-09-03")).extend_by) == "2026-10-03"
    assert str(deadline(a_request("2026-09-03", pauses=[("2026-09-10", "2026-09-14")])).extend_by) == "2026-10-08"


class TestHolidays:
    def test_a_day_that_was_added_is_passed_over_with_its_reason(self):
        found = deadline(a_request("2025-09-03"), closed_days={day("2025-10-03"): "a day of mourning"})
        assert str(found.due) == "2025-10-06"
        assert [(str(passed), why) for passed, why in found.rolled_over] == [
            ("2025-10-03", "a day of mourning"),
            ("2025-10-04", "a Saturday"),
            ("2025-10-05", "a Sunday"),
        ]

    def test_days_without_reasons_are_enough(self):
        assert due("2025-09-03", closed_days=[day("2025-10-03")]) == "2025-10-06"

    @pytest.mark.parametrize("holiday", ["2026-01-02", "2026-08-03", "2026-11-30", "2026-03-17", "2026-07-13"])
    def test_holidays_of_scotland_and_northern_ireland_move_nothing(self, holiday):
        received = day(holiday) - 40 * DAY
        while str(deadline(Facts("access", received)).due) < holiday:
            received += DAY
        assert str(deadline(Facts("access", received)).due) == holiday

    def test_those_of_far_years_are_not_known_and_that_is_said(self):
        assert due("2098-12-15") == "2099-01-15"
        with pytest.raises(NoBasis, match="known from 1872 to 2099"):
            due("2100-01-15")

    def test_the_library_knows_the_bank_holidays_of_england_as_the_act_has_them(self):
        for year in range(2018, 2100):
            days = [dt.date(year, 1, 1) + number * DAY for number in range(366)]
            closed = {found for found in days if found.year == year and found.weekday() < 5 and why_closed(found)}
            assert closed == {found for found in bank_holidays(year) if found.year == year}


class TestWhatHasNoBasisInLaw:
    @pytest.mark.parametrize("kind", [kind for kind in RIGHTS if kind != "access"])
    def test_a_pause_for_anything_but_access(self, kind):
        assert due("2026-09-03", kind) == "2026-10-05"
        with pytest.raises(NoBasis, match="Only an access request can be paused"):
            due("2026-09-03", kind, pauses=[("2026-09-10", "2026-09-14")])

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"pauses": [("2026-09-14", "2026-09-10")]}, "cannot end before it begins"),
            ({"pauses": [("2026-09-02", "2026-09-10")]}, "before the request was received"),
            ({"kind": "curiosity"}, "There is no kind"),
        ],
    )
    def test_days_that_cannot_be_so(self, facts, words):
        with pytest.raises(NoBasis, match=words):
            due("2026-09-03", **facts)


class TestHowItWasWorkedOut:
    def test_each_step_has_its_law_and_a_link(self):
        steps = deadline(
            a_request("2026-09-03", identity="2026-09-04", pauses=[("2026-09-10", "2026-09-14")], extended=True)
        ).steps
        words = " ".join(step.words for step in steps)
        for said in (
            "begins on 4 September 2026: what was asked for to confirm the person's identity",
            "ends on 4 October 2026, the same day of the next month",
            "three from its start: 4 December 2026",
            "5 days do not count",
            "10 September 2026 to 14 September 2026",
            "leads to 9 December 2026",
            "due on Wednesday 9 December 2026",
        ):
            assert said in words
        assert all(step.law and step.url.startswith("https://www.legislation.gov.uk/") for step in steps)

    def test_what_is_passed_over_is_named(self):
        words = [step.words for step in deadline(a_request("2026-11-25")).steps]
        assert words[-5:] == [
            "25 December 2026 is passed over: Christmas Day.",
            "26 December 2026 is passed over: Boxing Day.",
            "27 December 2026 is passed over: a Sunday.",
            "28 December 2026 is passed over: Boxing Day (observed).",
            "It is due on Tuesday 29 December 2026.",
        ]

    def test_a_clipped_month_says_so(self):
        words = " ".join(step.words for step in deadline(a_request("2026-01-31")).steps)
        assert "28 February 2026, the last day of the next month" in words

    def test_an_objection_to_marketing_is_not_waited_with(self):
        assert "stops at once" in deadline(a_request("2026-09-03", "objection")).steps[0].words

    def test_a_day_before_the_law_says_that(self):
        assert "since 25 May 2018" in deadline(a_request("2016-01-30")).steps[0].words

    def test_other_readings_stand_beside_it(self):
        found = deadline(a_request("2026-09-03", pauses=[("2026-09-10", "2026-09-10")]))
        assert {reading.name: str(reading.day) for reading in found.readings} == {
            "not_rolled": "2026-10-04",
            "same_day_counts": "2026-10-05",
            "safe_goal": "2026-10-02",
        }


DAYS = st.dates(dt.date(2018, 5, 25), dt.date(2034, 12, 31))
LATER = st.integers(0, 150)


@st.composite
def requests(draw):
    received = draw(DAYS)
    identity, fee = (draw(st.none() | LATER) for _ in "12")
    spans = draw(st.lists(st.tuples(LATER, st.integers(0, 40)), max_size=4))
    return Facts(
        "access",
        received,
        *(received + later * DAY if later is not None else None for later in (identity, fee)),
        pauses=tuple((received + asked * DAY, received + (asked + long) * DAY) for asked, long in spans),
        extended=draw(st.booleans()),
    )


@given(requests(), st.lists(DAYS, max_size=3))
def test_a_second_rule_that_walks_from_day_to_day_finds_the_same(facts, added):
    start = max(found for found in (facts.received, facts.identity, facts.fee) if found)
    months = 3 if facts.extended else 1
    found = deadline(facts, closed_days=added)
    assert found.due == due_by_walking(start, months, facts.pauses, frozenset(added))
    assert found.start == start


@given(requests(), DAYS)
def test_a_later_answer_or_another_holiday_never_makes_it_due_earlier(facts, holiday):
    found = deadline(facts)
    longer = tuple((asked, answered + DAY) for asked, answered in facts.pauses)
    later = deadline(Facts(facts.kind, facts.received, facts.identity, facts.fee, longer, facts.extended))
    assert found.due <= later.due
    assert found.due <= deadline(facts, closed_days=[holiday]).due
    assert found.extend_by <= found.due
