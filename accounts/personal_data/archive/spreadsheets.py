"""The CSV of a kind, made to be opened in a spreadsheet without harm.

UTF-8 with a byte order mark, or Excel guesses the letters; lines end with CR LF (RFC 4180). Every cell is quoted. A
text that a spreadsheet would take for a formula has an apostrophe in front, and so has a part of it where one that
divides at semicolons or line ends would begin a cell.
"""

from collections.abc import Iterator
from typing import Final

from accounts.personal_data.archive.gathering import Held
from accounts.personal_data.archive.showing import Show, for_a_table, shows
from accounts.values.spreadsheets import harmless

MARK: Final = "\ufeff"


def table(held: Held) -> Iterator[str]:
    """Return a line with the columns in words, and one for each row."""
    cells = [_cell_of(show) for show in shows(held.kind, for_a_table)]
    yield MARK + _line([str(column.words) for column in held.kind.exported])
    for row in held.rows:
        yield _line([cell(value) for cell, value in zip(cells, row, strict=True)])


def _cell_of(show: Show) -> Show:
    def cell(value: object) -> str:
        """A number stays one: -5 is no formula."""
        return show(value) if isinstance(value, int | float) else harmless(show(value))

    return cell


def _line(cells: list[str]) -> str:
    """As `csv` writes it with QUOTE_ALL; that would be made anew for each line."""
    quoted = '","'.join([cell.replace('"', '""') for cell in cells])
    return f'"{quoted}"\r\n'
