"""Days as people write them."""

import datetime as dt
import re

import pytest

from accounts.days.reading import NotADay, read_day, read_moment
from accounts.values.wording import weekday_in_words

NEW_YEAR = [
    "1 January 2027",
    "1st January 2027",
    "1st of January 2027",
    "the 1st of January, 2027",
    "01 January 2027",
    "1 Jan 2027",
    "1 Jan. 2027",
    "1st Jan 27",
    "1 Jan '27",
    "1 jan \u201927",
    "1-Jan-2027",
    "1/jan/27",
    "1Jan2027",
    "1 JANUARY 2027",
    "  1   January\u00a02027 ",
    "1 January, 2027.",
    "Friday 1 January 2027",
    "Fri, 1 Jan 2027",
    "fri. 1/1/27",
    "January 1, 2027",
    "January 1st 2027",
    "1/1/2027",
    "01/01/2027",
    "01.01.2027",
    "1.1.27",
    "01-01-2027",
    "1 \u2013 1 \u2013 2027",
    "1 1 2027",
    "1 / 1 / 2027",
    "2027-01-01",
    "2027-1-1",
    "2027/01/01",
    "2027.01.01",
    "\uff11/\uff11/\uff12\uff10\uff12\uff17",
]
OTHERS = {
    "31/12/2026": dt.date(2026, 12, 31),
    "31-12-2026": dt.date(2026, 12, 31),
    "01.02.2027": dt.date(2027, 2, 1),
    "03/04/2027": dt.date(2027, 4, 3),
    "2nd Feb 2027": dt.date(2027, 2, 2),
    "23rd Sept 2026": dt.date(2026, 9, 23),
    "Tues 3 Nov 26": dt.date(2026, 11, 3),
    "29 February 2028": dt.date(2028, 2, 29),
    "25 May 2018": dt.date(2018, 5, 25),
    "1/1/69": dt.date(1969, 1, 1),
    "1/1/68": dt.date(2068, 1, 1),
    "0001-01-01": dt.date(1, 1, 1),
}
NO_DAYS = {
    "": "Give a day",
    "   ": "Give a day",
    "garbage": "“garbage” is not understood as a day",
    "12/31/2026": "There is no month 31",
    "1/0/2027": "There is no month 0",
    "29 February 2027": "There is no 29 February 2027: it has 28 days",
    "31/4/2027": "There is no 31 April 2027: it has 30 days",
    "0/1/2027": "There is no 0 January 2027",
    "32 December 2026": "There is no 32 December 2026",
    "1/1/0000": "There is no year 0",
    "Monday 1 January 2027": "1 January 2027 is a Friday, not a Monday",
    "Caturday 1 January 2027": "not understood",
    "1 Januar 2027": "not understood",
    "1 J 2027": "not understood",
    "1 January": "not understood",
    "January 2027": "not understood",
    "2027": "not understood",
    "1/1": "not understood",
    "1/1/202": "not understood",
    "1/1/20270": "not understood",
    "1/1-2027": "not understood",
    "01012027": "not understood",
    "2027-01-01T00:00": "not understood",
    "1 January 2027 12:00": "not understood",
    "1 January 2027 or 2 January 2027": "not understood",
    "\u0661/\u0661/\u0662\u0660\u0662\u0667": "not understood",
    "tomorrow": "not understood",
    "-1/1/2027": "not understood",
}


@pytest.mark.parametrize("text", NEW_YEAR)
def test_every_usual_way_to_write_a_day_is_understood(text):
    assert read_day(text) == dt.date(2027, 1, 1)


@pytest.mark.parametrize(("text", "day"), OTHERS.items())
def test_the_day_stands_before_the_month(text, day):
    assert read_day(text) == day


@pytest.mark.parametrize(("text", "problem"), NO_DAYS.items())
def test_what_is_no_day_is_refused_in_words(text, problem):
    with pytest.raises(NotADay, match=re.escape(problem)):
        read_day(text)


def test_whatever_is_long_is_refused_at_once_and_not_repeated():
    with pytest.raises(NotADay) as refused:
        read_day("1 " * 100_000)
    assert len(str(refused.value)) < 200


def test_every_day_is_read_back_from_its_words():
    day = dt.date(2023, 12, 25)
    for _ in range(2000):
        assert read_day(weekday_in_words(day)) == read_day(f"{day:%d/%m/%Y}") == read_day(f"{day:%d.%m.%y}") == day
        assert read_day(f"{day:%d %b %Y}") == read_day(day.isoformat()) == day
        day += dt.timedelta(days=1)


def test_a_day_is_said_with_its_weekday():
    assert weekday_in_words(dt.date(2027, 1, 1)) == "Friday 1 January 2027"


NINE = ["31 December 2026, 09:00", "31/12/2026 9:00", "31.12.2026 at 9am", "31-12-2026, 9.00 a.m.", "2026-12-31T09:00"]
NINE += ["31 Dec 26 9 AM", "Thursday 31 December 2026, 09:00", "2026-12-31 09:00"]
OTHER_TIMES = {
    "1/1/27 12am": dt.datetime(2027, 1, 1),
    "1/1/27 12.30pm": dt.datetime(2027, 1, 1, 12, 30),
    "1/1/27 noon": dt.datetime(2027, 1, 1, 12),
    "1/1/27 9.44 p.m.": dt.datetime(2027, 1, 1, 21, 44),
    "1 1 2027 21:44": dt.datetime(2027, 1, 1, 21, 44),
    "1/8/2027 00:00": dt.datetime(2027, 8, 1),
}
NO_MOMENTS = {
    "": "Give a day",
    "31/12/2026": "At what time on 31 December 2026?",
    "01.02.2027": "At what time on 1 February 2027?",
    "1 January 2027": "At what time on 1 January 2027?",
    "garbage": "not understood",
    "garbage 09:00": "not understood",
    "1 January 09:00": "not understood",
    "31/12/2026 25:00": "No clock shows that time",
    "31/12/2026 09:60": "No clock shows that time",
    "31/12/2026 13pm": "No clock shows that time",
    "31/12/2026 0am": "No clock shows that time",
    "31/12/2026 midnight": "not understood",
}


@pytest.mark.parametrize("text", NINE)
def test_a_time_may_stand_behind_the_day(text):
    assert read_moment(text) == dt.datetime(2026, 12, 31, 9)


@pytest.mark.parametrize(("text", "moment"), OTHER_TIMES.items())
def test_both_clocks_are_read(text, moment):
    assert read_moment(text) == moment


@pytest.mark.parametrize(("text", "problem"), NO_MOMENTS.items())
def test_what_is_no_moment_is_refused_in_words(text, problem):
    with pytest.raises(NotADay) as refused:
        read_moment(text)
    assert problem in str(refused.value)


def test_a_moment_is_read_as_the_site_says_it():
    moment = dt.datetime(2026, 11, 25, 21, 44)
    assert read_moment("Wednesday 25 November 2026, 21:44") == moment
