"""The plot: its bars and dots stand where its numbers say."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from accounts.rights.reports.counting import Span, counts
from accounts.rights.reports.plotting import HEIGHT, LEFT, TOP, WIDTH, plot
from tests.making.cases import a_case

TODAY = dt.date(2026, 6, 30)
CASES = st.lists(
    st.builds(
        lambda month, day, days: a_case(f"2026-{month:02}-{day:02}", days),
        st.integers(1, 6),
        st.integers(1, 28),
        st.none() | st.integers(0, 120),
    )
)


def drawn(cases):
    return plot(counts(cases, Span.MONTH, TODAY, since=dt.date(2026, 1, 1)))


@given(CASES)
def test_everything_stands_on_the_paper_and_in_proportion(cases):
    found = drawn(cases)
    most, base = found.bar_grid[-1].number, found.base
    assert len(found.bars) == 6
    for bar in found.bars:
        assert LEFT <= bar.x < bar.x + bar.width <= WIDTH
        assert TOP <= bar.y <= bar.late_y <= base < HEIGHT
        assert abs(bar.height - bar.counts.open_at_end / most * (base - TOP)) < 0.2
        assert abs(bar.y + bar.height - base) < 0.2
    assert all(TOP <= dot.y <= base for dot in found.dots)
    assert [dot.days for dot in found.dots] == [
        bar.counts.median_days for bar in found.bars if bar.counts.median_days is not None
    ]


def test_the_line_breaks_where_nothing_was_answered():
    answered = [a_case(f"2026-0{month}-01", 10) for month in (1, 2, 4, 5)]
    found = drawn(answered)
    assert [len(line.split()) for line in found.lines] == [2, 2]
    assert len(found.dots) == 4


def test_the_grid_has_round_numbers_and_room_for_the_largest():
    assert [line.number for line in drawn([a_case("2026-06-01")] * 9).bar_grid] == [0, 5, 10, 15, 20]
    assert [line.number for line in drawn([]).bar_grid] == [0, 1, 2, 3, 4]


def test_a_year_is_named_at_its_january():
    assert [bar.label for bar in drawn([]).bars] == ["Jan 26", "Feb", "Mar", "Apr", "May", "Jun"]
