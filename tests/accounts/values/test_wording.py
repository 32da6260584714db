"""How days, spans and counts are said."""

import datetime as dt
import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils.translation import ngettext, ngettext_lazy

from accounts.values.wording import (
    counted,
    day_in_words,
    days_in_words,
    entries_in_words,
    mails_in_words,
    moment_in_words,
    people_in_words,
    saying_moments,
    span_in_words,
    wait_in_words,
)

SUMMER = dt.datetime(2026, 6, 1, 23, 30, tzinfo=dt.UTC)


def test_a_day_is_said_without_a_nought_in_front():
    assert day_in_words(dt.date(2027, 1, 1)) == "1 January 2027"
    assert day_in_words(dt.date(2026, 12, 25)) == "25 December 2026"


def test_a_moment_is_said_as_it_was_in_london():
    assert moment_in_words(SUMMER) == "2 June 2026, 00:30"
    assert day_in_words(SUMMER) == "2 June 2026"


def test_templates_say_days_and_moments_as_the_rules_do():
    said = Template('{{ at|date }}; {{ at|date:"DATETIME_FORMAT" }}').render(Context({"at": SUMMER}))
    assert said == f"{day_in_words(SUMMER)}; {moment_in_words(SUMMER)}"


def test_no_template_spells_the_form_of_a_date():
    """It stands in plum/formats."""
    for template in (settings.BASE_DIR / "templates").rglob("*.*"):
        assert not re.search(r"\|date:[\"']j F Y(, H:i)?[\"']", template.read_text()), template


@pytest.mark.parametrize(
    ("wait", "words"),
    [(0, "1 second"), (0.2, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes"), (3601, "2 hours")],
)
def test_a_wait_is_never_said_too_short(wait, words):
    assert wait_in_words(dt.timedelta(seconds=wait)) == words


@pytest.mark.parametrize(("hours", "words"), [(1, "one hour"), (12, "12 hours"), (1.5, "90 minutes"), (48, "2 days")])
def test_a_span_is_said_in_its_largest_whole_unit(hours, words):
    assert span_in_words(dt.timedelta(hours=hours)) == words


@pytest.mark.parametrize(("number", "words"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (12345, "12,345 rows")])
def test_one_is_not_many(number, words):
    assert counted(number, ngettext("%(number)s row", "%(number)s rows", number)) == words
    assert counted(number, ngettext_lazy("%(number)s row", "%(number)s rows", "how_many")) == words


def test_days_people_entries_and_mails_have_words_of_their_own():
    said = [(say(1), say(2)) for say in (days_in_words, people_in_words, entries_in_words, mails_in_words)]
    assert said == [("1 day", "2 days"), ("1 person", "2 people"), ("1 entry", "2 entries"), ("1 e-mail", "2 e-mails")]


def test_very_many_moments_are_said_as_single_ones_are():
    begin = dt.datetime(2026, 10, 24, tzinfo=dt.UTC)  # on 25 October an hour comes twice
    moments = [begin + dt.timedelta(minutes=17 * number) for number in range(300)]
    say = saying_moments()
    assert [say(moment) for moment in moments] == [moment_in_words(moment) for moment in moments]
