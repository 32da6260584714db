"""What caches in front are told: never to send a page after the midnight that may change it."""

import datetime as dt

import pytest

from home.caches_in_front.telling import Tells
from tests.making.finished_pages import LONDON, Application, Raised, a_generation, a_store, ask, lose

NOON = dt.datetime(2026, 6, 1, 12, tzinfo=LONDON)
ASK_AGAIN = "public, max-age=0, must-revalidate"


def telling(application=None, moment=NOON, seconds=60):
    tells = Tells(application or Application(), seconds, LONDON, clock=lambda: tells.at)
    tells.at = moment.timestamp()
    return tells


def at(*time, day=1, month=6):
    return dt.datetime(2026, month, day, *time, tzinfo=LONDON)


MOMENTS = {
    "at noon": (at(12, 0, 0), (60, 60, 43139)),
    "two minutes before": (at(23, 58, 0), (60, 59, 59)),
    "a minute before": (at(23, 59, 0), (59, 0, 0)),
    "two seconds before": (at(23, 59, 58), (1, 0, 0)),
    "half a second before": (at(23, 59, 59, 500_000), (0, 0, 0)),
    "at midnight": (at(0, 0, 0, day=2), (60, 60, 86339)),
    "on the day that has 23 hours": (at(0, 0, 0, day=29, month=3), (60, 60, 82739)),
    "on the day that has 25 hours": (at(0, 0, 0, day=25, month=10), (60, 60, 86400)),
}


@pytest.mark.parametrize(("moment", "told"), MOMENTS.values(), ids=MOMENTS)
def test_nothing_is_sent_after_the_day(moment, told):
    headers = ask(telling(moment=moment)).headers
    late = f"stale-while-revalidate={told[1]}, stale-if-error={told[2]}"
    assert headers["Cache-Control"] == f"{ASK_AGAIN}, s-maxage={told[0]}, {late}"
    assert headers["CDN-Cache-Control"] == f"max-age={told[0]}, {late}"


def test_the_day_turns_for_a_process_that_goes_on_and_back_with_its_clock():
    tells = telling(moment=at(23, 59, 59))
    assert "s-maxage=0," in ask(tells).headers["Cache-Control"]
    tells.at += 1
    assert "s-maxage=60," in ask(tells).headers["Cache-Control"]
    tells.at -= 3
    assert "s-maxage=2," in ask(tells).headers["Cache-Control"]


def test_a_page_that_was_made_while_the_day_turned_is_kept_by_nobody():
    tells = telling(Application(before=lambda environ: setattr(tells, "at", tells.at + 5)), moment=at(23, 59, 57))
    assert "s-maxage=0, stale-while-revalidate=0, stale-if-error=0" in ask(tells).headers["Cache-Control"]


OTHERS = ["private, max-age=0, must-revalidate", "no-cache", "no-store", "public, max-age=31536000, immutable"]


@pytest.mark.parametrize("control", OTHERS)
def test_other_answers_are_left_as_they_are(control):
    headers = ask(telling(Application(headers=[("Cache-Control", control)]))).headers
    assert headers.keys() == {"Cache-Control", "Content-Length"}
    assert headers["Cache-Control"] == control


def test_a_page_that_may_be_old_as_the_database_is_away_is_kept_by_nobody_else():
    raised = Raised()
    generation = a_generation(raised)
    tells = telling(a_store(generation=generation))
    assert "s-maxage=60" in ask(tells).headers["Cache-Control"]
    lose(generation, raised, OSError("connection refused"))
    assert ask(tells).headers["Cache-Control"] == ASK_AGAIN


def test_a_cache_that_asks_again_is_told_for_how_long_it_may_go_on():
    tells = telling(a_store(Application(headers=[("Cache-Control", ASK_AGAIN), ("ETag", '"abc"')])))
    answer = ask(tells, if_none_match='"abc"')
    assert (answer.status, "s-maxage=60" in answer.headers["Cache-Control"]) == (304, True)


NAMES = {
    "/": "all",
    "/policies/": "all",
    "/policies/feed.atom": "all",
    "/policies/feed/": "all",
    "/policies/privacy/": "policies/privacy",
    "/policies/privacy/versions/1.0/": "policies/privacy",
    "/policies/privacy": "all",
    "/policies/donn\u00c3\u00a9es/": "policies/donn%C3%A9es",
    "/about/policies/privacy/": "all",
}


@pytest.mark.parametrize(("path", "name"), NAMES.items())
def test_a_page_has_the_names_by_which_it_can_be_purged(path, name):
    headers = ask(telling(), path).headers
    assert (headers["Surrogate-Key"], headers["Cache-Tag"]) == (f"site {name}", f"site,{name}")
