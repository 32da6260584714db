"""A deadline as a file for calendars: what is written is what a calendar reads, in lines that are short enough."""

import datetime as dt
import re

from hypothesis import example, given
from hypothesis import strategies as st

from accounts.rights.clock.calendar_file import Entry, calendar_file

MADE = dt.datetime(2026, 7, 1, 0, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
ENTRY = Entry("case-1", dt.date(2026, 10, 24), "Answer due, case 1", "First; extended\nno", "https://example.org/x/", 2)


def read(file: bytes) -> list[tuple[str, str]]:
    """Read a file as a calendar does: lines put together again, values without their signs."""
    whole = file.decode().replace("\r\n ", "")
    pairs = [line.partition(":")[::2] for line in whole.split("\r\n") if line]
    return [(name, re.sub(r"\\(.)", lambda sign: {"n": "\n"}.get(sign[1], sign[1]), value)) for name, value in pairs]


def test_it_is_one_whole_day_in_every_time_zone():
    found = dict(read(calendar_file(ENTRY, made=MADE)))
    assert found["DTSTART;VALUE=DATE"] == "20261024"
    assert found["DTEND;VALUE=DATE"] == "20261025"  # the clocks change in that night
    assert found["DTSTAMP"] == "20260630T233000Z"


def test_it_says_what_it_is_about_and_nobodys_name():
    file = calendar_file(ENTRY, made=MADE)
    assert [value for name, value in read(file) if name in {"SUMMARY", "DESCRIPTION", "URL"}] == [
        ENTRY.title,
        ENTRY.words,
        ENTRY.url,
    ]
    assert not {"ORGANIZER", "ATTENDEE", "CONTACT"} & {name.partition(";")[0] for name, _ in read(file)}
    assert b"@" not in file


def test_the_same_entry_keeps_its_name_and_a_change_counts_up():
    later = Entry(ENTRY.identity, dt.date(2026, 10, 26), "Moved", "", ENTRY.url, 3)
    first, second = (dict(read(calendar_file(entry, made=MADE))) for entry in (ENTRY, later))
    assert first["UID"] == second["UID"]
    assert ENTRY.identity not in first["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == ("2", "3")
    other = Entry("case-2", ENTRY.day, "", "", "")
    assert dict(read(calendar_file(other, made=MADE)))["UID"] != first["UID"]


@example("é" * 100, "🍑" * 100)
@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_is_written_comes_back_and_no_line_is_too_long(title, words):
    file = calendar_file(Entry("x", ENTRY.day, title, words, ENTRY.url), made=MADE)
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert not re.search(rb"[^\r]\n|\r[^\n]", file)
    found = read(file)
    assert [name for name, _ in found].count("BEGIN") == 2
    assert dict(found)["SUMMARY"] == as_text(title)
    assert dict(found)["DESCRIPTION"] == as_text(words)


def as_text(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if letter in "\t\n" or not (letter < " " or letter == "\x7f"))
