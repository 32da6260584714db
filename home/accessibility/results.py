"""What the browser tests found on the pages, as `make accessibility` wrote it down."""

import datetime as dt
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

PATH: Final = Path(__file__).with_name("results.json")


@dataclass(frozen=True, slots=True)
class Results:
    """One run of the tests.

    Args:
        tested_on: the day.
        commit: which state of the software it was.
        tool: what looked for barriers, with its version.
        pages: the addresses that were looked at.
        widths: of the window, in pixels.
        schemes: of colours.
        problems: what was found, a line each.
    """

    tested_on: dt.date
    commit: str
    tool: str
    pages: tuple[str, ...]
    widths: tuple[int, ...]
    schemes: tuple[str, ...]
    problems: tuple[str, ...]


@cache
def results() -> Results | None:
    """Return what the tests of this release found; None where none were run."""
    if not PATH.exists():
        return None
    known = json.loads(PATH.read_text(encoding="utf-8"))
    return Results(
        tested_on=dt.date.fromisoformat(known["tested_on"]),
        commit=known["commit"],
        tool=known["tool"],
        pages=tuple(known["pages"]),
        widths=tuple(known["widths"]),
        schemes=tuple(known["schemes"]),
        problems=tuple(known["problems"]),
    )
