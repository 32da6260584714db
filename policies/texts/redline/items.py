"""What a redline compares: the lines of a section's blocks, and its tables whole."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from policies.texts.document import Block, Line, Runs, Table, numbered_blocks
from policies.texts.redline.model import Place

_BETWEEN_CELLS = "\x1f"


class LineItem(NamedTuple):
    place: Place
    runs: Runs

    @property
    def text(self) -> str:
        return text_of(self.runs)


class TableItem(NamedTuple):
    table: Table
    lang: str

    @property
    def text(self) -> str:
        """All words of the table, marked so that no line has the same."""
        cells = (self.table.caption, *self.table.header, *(cell for row in self.table.rows for cell in row))
        return f"{_BETWEEN_CELLS}{len(self.table.header)}{_BETWEEN_CELLS}{_BETWEEN_CELLS.join(map(text_of, cells))}"


Item = LineItem | TableItem


def items(blocks: Iterable[Block], section: int | None) -> Iterator[Item]:
    """Yield what stands in the blocks of a section, or of the preamble (None), in order."""
    blocks = tuple(blocks)
    numbered = numbered_blocks((block for block in blocks if not isinstance(block, Table)), section)
    for block in blocks:
        if isinstance(block, Table):
            yield TableItem(block, block.lang)
        else:
            _, lines = next(numbered)
            yield from (LineItem(_place(line, block.lang), line.runs) for line in lines)


def _place(line: Line, lang: str) -> Place:
    return Place(line.kind, line.label, line.depth, lang)


def text_of(runs: Runs) -> str:
    return runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
