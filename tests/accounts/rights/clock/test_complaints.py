"""When a complaint is acknowledged and when progress is told: 30 days, which nothing moves."""

import datetime as dt

import pytest

from accounts.rights.clock.counting import deadline, next_progress
from accounts.rights.clock.facts import Facts
from accounts.rights.clock.law import NoBasis

RECEIVED = dt.date(2026, 6, 19)


@pytest.mark.parametrize(
    ("received", "statute", "guidance", "rolled"),
    [
        ("2026-06-19", "2026-07-18", "2026-07-19", "2026-07-20"),
        ("2026-11-26", "2026-12-25", "2026-12-26", "2026-12-29"),
        ("2028-02-01", "2028-03-01", "2028-03-02", "2028-03-02"),  # a leap year
        ("2027-02-01", "2027-03-02", "2027-03-03", "2027-03-03"),
    ],
)
def test_the_strictest_reading_is_kept_and_the_others_stand_beside_it(received, statute, guidance, rolled):
    found = deadline(Facts("complaint", dt.date.fromisoformat(received)))
    assert str(found.due) == statute
    assert [(reading.name, str(reading.day)) for reading in found.readings] == [
        ("statute", statute),
        ("guidance", guidance),
        ("guidance_working_day", rolled),
    ]
    assert found.extend_by is None


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"extended": True}, "cannot be extended"),
        ({"pauses": ((RECEIVED, None),)}, "cannot be paused"),
        ({"identity": RECEIVED}, "nobody's identity is waited for"),
        ({"identity_awaited": True}, "nobody's identity is waited for"),
        ({"fee": RECEIVED}, "No fee can be asked"),
        ({"fee_awaited": True}, "No fee can be asked"),
    ],
)
def test_nothing_moves_it(facts, words):
    with pytest.raises(NoBasis, match=words):
        deadline(Facts("complaint", RECEIVED, **facts))


def test_how_it_was_worked_out_says_what_has_no_day():
    steps = deadline(Facts("complaint", RECEIVED)).steps
    words = " ".join(step.words for step in steps)
    assert "acknowledged by Saturday 18 July 2026" in words
    assert "without undue delay" in words
    assert {step.law for step in steps} == {"Data Protection Act 2018, section 164A", "our own rule"}


def test_one_from_before_the_duty_says_so():
    assert "since 19 June 2026" in deadline(Facts("complaint", dt.date(2026, 6, 18))).steps[0].words


def test_progress_is_told_every_30_days():
    assert next_progress(RECEIVED) == dt.date(2026, 7, 19)
