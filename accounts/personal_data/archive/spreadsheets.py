"""The CSV of a kind, made to be opened in a spreadsheet without harm.

UTF-8 with a byte order mark, or Excel guesses the letters; lines end with CR LF (RFC 4180). Every cell is quoted. A
text that a spreadsheet would take for a formula has an apostrophe in front, and so has a part of it where one that
divides at semicolons or line ends would begin a cell.
"""

import csv
from collections.abc import Iterator
from typing import Final

from accounts.personal_data.archive.gathering import Held
from accounts.personal_data.archive.showing import Show, for_a_table, shows
from accounts.values.spreadsheets import harmless

MARK: Final = "\ufeff"


def table(held: Held) -> Iterator[str]:
    """Return a line with the columns in words, and one for each row."""
    cells = [_cell_of(show) for show in shows(held.kind, for_a_table)]
    line = csv.writer(_Handed(), quoting=csv.QUOTE_ALL).writerow
    yield MARK + str(line([str(column.words) for column in held.kind.exported]))
    for row in held.rows:
        yield str(line([cell(value) for cell, value in zip(cells, row, strict=True)]))


def _cell_of(show: Show) -> Show:
    def cell(value: object) -> str:
        """A number stays one: -5 is no formula."""
        return show(value) if isinstance(value, int | float) else harmless(show(value))

    return cell


class _Handed:
    """A file for `csv` that hands each line on."""

    def write(self, line: str) -> str:
        return line
