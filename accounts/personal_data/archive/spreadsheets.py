"""The CSV of a kind, made to be opened in a spreadsheet without harm.

UTF-8 with a byte order mark, or Excel guesses the letters; lines end with CR LF (RFC 4180). Every cell is quoted. A
text that a spreadsheet would take for a formula has an apostrophe in front, and so has a part of it where one that
divides at semicolons or line ends would begin a cell.
"""

import csv
import io
from collections.abc import Iterator
from typing import Final

from accounts.personal_data.archive.gathering import Held
from accounts.personal_data.archive.showing import for_a_table, shows
from accounts.values.spreadsheets import harmless

MARK: Final = "\ufeff"


def table(held: Held) -> Iterator[str]:
    """Return a line with the columns in words, and one for each row."""
    columns = shows(held.kind, for_a_table)
    yield MARK + _line([str(column.words) for column in held.kind.exported])
    for row in held.rows:
        yield _line([_cell(show(value), value) for show, value in zip(columns, row, strict=True)])


def _cell(words: str, value: object) -> str:
    """A number stays one: -5 is no formula."""
    return words if isinstance(value, int | float) else harmless(words)


def _line(cells: list[str]) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, quoting=csv.QUOTE_ALL).writerow(cells)
    return target.getvalue()
