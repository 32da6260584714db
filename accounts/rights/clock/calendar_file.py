"""A deadline as a file for somebody's calendar: one whole day, in iCalendar (RFC 5545)."""

import datetime as dt
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST_LINE: Final = 75  # octets, without the line's end: RFC 5545, 3.1
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # 3.1: CONTROL; a new line is written as \n
ENTRY = uuid.UUID("6f0c3f57-0a65-4f5e-9f0e-2f6d8b1f4c11")  # what our entries are named within: RFC 9562, 6.6


@dataclass(frozen=True, slots=True)
class Entry:
    """A day in a calendar. `identity` is the same whenever the same entry is made again; only its digest is written.

    `changes` rises with every change of the day, so that a calendar takes the newer file.
    """

    identity: str
    day: dt.date
    title: str
    words: str
    url: str
    changes: int = 0


def calendar_file(entry: Entry, *, made: dt.datetime) -> bytes:
    """Return the file. It names nobody: no organiser and no attendee.

    Args:
        made: the moment it is made, with its time zone.
    """
    lines = (line for text in _lines(entry, made) for line in _folded(text))
    return b"".join(line + b"\r\n" for line in lines)


def _lines(entry: Entry, made: dt.datetime) -> Iterator[str]:
    yield from (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Policies//Rights requests//EN",
        "CALSCALE:GREGORIAN",
    )
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(ENTRY, entry.identity)}"
    yield f"DTSTAMP:{made.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    yield f"SEQUENCE:{entry.changes}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(entry.title)}"
    yield f"DESCRIPTION:{_text(entry.words)}"
    yield f"URL:{CONTROLS.sub('', entry.url).replace(chr(10), '')}"
    yield from ("CLASS:PRIVATE", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR")


def _text(text: str) -> str:
    """Return text as a value of TEXT: RFC 5545, 3.3.11."""
    plain = CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def _folded(line: str) -> Iterator[bytes]:
    """Yield the line in pieces that are short enough, none of which ends within a letter."""
    piece = b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > LONGEST_LINE:
            yield piece
            piece = b" "
        piece += octets
    yield piece
