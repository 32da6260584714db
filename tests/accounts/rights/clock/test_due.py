"""`manage.py due` answers for cases on paper: for people in words, for machines in JSON, and refuses in words."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from freezegun import freeze_time

pytestmark = pytest.mark.django_db
ACCESS = ("--received", "2026-09-03", "--kind", "access")


def answer(*words: str) -> str:
    out = StringIO()
    call_command("due", *words, stdout=out)
    return out.getvalue()


def in_json(*words: str) -> dict:
    return json.loads(answer(*words, "--json"))


def test_the_date_is_there_for_machines():
    assert in_json(*ACCESS)["due"] == "2026-10-05"
    assert in_json(*ACCESS, "--extended")["due"] == "2026-12-03"
    assert in_json(*ACCESS, "--identity-on", "2026-09-10", "--fee-on", "2026-09-15")["due"] == "2026-10-15"
    assert in_json("--received", "2026-06-19", "--kind", "complaint")["due"] == "2026-07-18"


def test_pauses_are_given_again_and_again():
    pauses = ("--paused", "2026-09-10", "2026-09-14", "--paused", "2026-09-14", "2026-09-16")
    found = in_json(*ACCESS, *pauses)
    assert found["due"] == "2026-10-12"
    assert len(found["left_out"]) == 7


@pytest.mark.parametrize("still_open", [(), ("open",), ("-",)])
def test_an_open_pause_has_no_date_but_the_days_that_are_left(still_open):
    found = in_json(*ACCESS, "--paused", "2026-09-10", *still_open)
    assert (found["due"], found["paused_since"], found["days_left"]) == (None, "2026-09-10", 24)
    said = answer(*ACCESS, "--paused", "2026-09-10", *still_open)
    assert said.startswith("Stopped since Thursday 10 September 2026: 24 days left once the answer has come.")


def test_the_working_out_is_there_for_machines():
    found = in_json(*ACCESS)
    assert (found["start"], found["why_start"]) == ("2026-09-03", "the request was received")
    assert found["rolled_over"] == [["2026-10-03", "a Saturday"], ["2026-10-04", "a Sunday"]]
    assert {"words", "law", "url"} == set(found["steps"][0])
    assert found["extend_by"] == "2026-10-03"


@freeze_time("2026-09-30 12:00")
def test_people_read_how_it_was_worked_out_and_where_the_law_is():
    said = answer(*ACCESS)
    assert said.startswith("Due on Monday 5 October 2026: 5 days left.\n\n1. The time begins on 3 September 2026")
    assert "3 October 2026 is passed over: a Saturday. [Regulation 1182/71, Article 3]" in said
    assert "UK GDPR, Article 12A: https://www.legislation.gov.uk/eur/2016/679/article/12A" in said


@freeze_time("2026-10-08 12:00")
def test_what_is_late_says_so():
    assert answer(*ACCESS).startswith("Due on Monday 5 October 2026: 3 days ago.")
    assert in_json(*ACCESS)["days_left"] == -3


@freeze_time("2026-09-01 12:00")
def test_days_that_are_still_to_come_are_answered_and_named_so():
    assert in_json(*ACCESS)["still_to_come"] == ["2026-09-03"]
    assert "3 September 2026 is still to come" in answer(*ACCESS)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "erasure", "--paused", "2026-09-10", "2026-09-14"), "Only an access request can be paused"),
        (("--kind", "access", "--paused", "2026-09-14", "2026-09-10"), "cannot end before it begins"),
        (("--kind", "access", "--paused", "2026-09-01", "2026-09-10"), "before the request was received"),
        (("--kind", "access", "--paused", "open", "2026-09-10"), "--paused FROM TO"),
        (("--kind", "access", "--paused", "2026-09-10", "2026-09-11", "2026-09-12"), "--paused FROM TO"),
        (("--kind", "complaint", "--extended"), "cannot be extended"),
        (("--kind", "complaint", "--identity-on", "2026-09-10"), "nobody's identity is waited for"),
        (("--kind", "complaint", "--fee-on", "2026-09-10"), "No fee can be asked"),
        (("--kind", "complaint", "--paused", "2026-09-10", "2026-09-11"), "cannot be paused"),
        (("--kind", "access", "--fee-on", "31.9.2026"), "Write it as 2026-09-03"),
        (("--kind", "access", "--fee-on", "2026-09-31"), "Write it as 2026-09-03"),
        (("--kind", "access", "--fee-on", "20260930"), "Write it as 2026-09-03"),
        (("--kind", "access", "--fee-on", "9999-09-30"), "Check the years"),
        (("--kind", "curiosity"), "curiosity"),
    ],
)
def test_what_has_no_basis_is_refused_in_words(words, said):
    with pytest.raises(CommandError, match=said):
        answer("--received", "2026-09-03", *words)


def test_it_answers_without_a_database_and_says_what_does_not_count(tmp_path):
    env = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3"}
    words = [sys.executable, "manage.py", "due", *ACCESS, "--json"]
    done = subprocess.run(words, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["due"] == "2026-10-05"
    assert "days that were added to the bank holidays do not count" in done.stderr
