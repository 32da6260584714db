"""Until when a page is true: midnight in London, whichever way the clocks change, and what is known of the database."""

import datetime as dt

import pytest

from tests.making.finished_pages import LONDON, Raised, a_generation

DAYS = {
    "in winter": (dt.datetime(2026, 1, 15, tzinfo=dt.UTC), 24),
    "in summer": (dt.datetime(2026, 7, 14, 23, tzinfo=dt.UTC), 24),
    "when the clocks go forward": (dt.datetime(2026, 3, 29, tzinfo=dt.UTC), 23),
    "when the clocks go back": (dt.datetime(2026, 10, 24, 23, tzinfo=dt.UTC), 25),
}


@pytest.mark.parametrize(("midnight", "hours"), DAYS.values(), ids=DAYS)
def test_the_day_turns_at_the_second(midnight, hours):
    generation = a_generation(moment=midnight)
    day = midnight.astimezone(LONDON).date()
    assert generation.stamp("all")[2] == day
    generation.at = midnight.timestamp() + hours * 3600 - 1
    generation.follow()
    assert generation.stamp("all")[2] == day
    generation.at += 1
    generation.follow()
    assert generation.stamp("all")[2] == generation.stamp("policies/privacy")[2] == day + dt.timedelta(days=1)


def test_a_clock_that_is_set_back_turns_the_day_back():
    generation = a_generation()
    generation.at += 86400
    generation.follow()
    generation.at -= 86400
    generation.connect_again()
    assert generation.stamp("all")[2] == dt.date(2026, 6, 1)


def test_what_did_not_change_keeps_its_very_stamp():
    raised = Raised()
    generation = a_generation(raised)
    before = dict(generation.stamps)
    raised.raises("all", "policies/terms")
    generation.follow()
    assert generation.stamp("policies/privacy") is before["policies/privacy"]
    assert generation.stamp("all") is not before["all"]


SCOPES = {
    "/policies/privacy/": "policies/privacy",
    "/policies/privacy/versions/1.0/": "policies/privacy",
    "/policies/": "all",
    "/policies/feed.atom": "all",
    "/policies/unknown/": "all",
    "/policies/privacy-and-more/": "all",
    "/": "all",
    "/about/policies/privacy/": "all",
}


@pytest.mark.parametrize(("path", "scope"), SCOPES.items())
def test_a_page_goes_by_its_policy_where_it_has_one(path, scope):
    assert a_generation().scope_of(path) == scope


def test_nothing_is_sure_before_the_database_was_read_once():
    raised = Raised(fails=OSError("connection refused"))
    generation = a_generation(raised)
    assert (generation.is_unsure, generation.is_away) == (True, False)
    raised.fails = None
    generation.connect_again()
    assert (generation.is_unsure, generation.is_away) == (False, False)
