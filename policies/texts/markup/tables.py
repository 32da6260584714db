"""Tables: every row as wide as the widest, merged cells filled with nothing."""

from collections.abc import Callable, Iterable, Iterator

from policies.texts.document import Block, Runs, Table
from policies.texts.markup.runs import runs_of
from policies.texts.markup.tree import Node, Part

_MAX_SPAN = 50
_ROW_BOXES = frozenset({"thead", "tbody", "tfoot"})


def table_block(node: Node, blocks_of: Callable[[Iterable[Part]], Iterator[Block]]) -> Iterator[Block]:
    """Yield a table, with its first row as header. A table of one cell is only a frame: yield what it holds."""
    caption: list[Part] = []
    rows: list[Node] = []
    _sort_parts(node, caption, rows)
    cells = [cell for row in rows for cell in row.nodes]
    if len(cells) > 1 and (grid := _grid(rows)):
        yield Table(grid[0], tuple(grid[1:]), runs_of(caption))
    else:
        yield from blocks_of([*caption, *(part for cell in cells for part in cell.children)])


def _sort_parts(node: Node, caption: list[Part], rows: list[Node]) -> None:
    for part in node.children:
        if isinstance(part, Node) and part.tag == "tr":
            rows.append(part)
        elif isinstance(part, Node) and part.tag in _ROW_BOXES:
            _sort_parts(part, caption, rows)
        else:
            caption.append(part)


def _grid(rows: list[Node]) -> list[tuple[Runs, ...]]:
    """Return rows of equal width in which every cell stands in its own column."""
    grid: list[list[Runs]] = []
    taken: dict[int, int] = {}
    for row in rows:
        line, taken = _line(row, taken)
        grid.append(line)
    width = max(map(len, grid), default=0)
    return [(*line, *[()] * (width - len(line))) for line in grid if any(line)]


def _line(row: Node, taken: dict[int, int]) -> tuple[list[Runs], dict[int, int]]:
    """Return one row's cells, and for how many more rows each column is taken by a cell from above."""
    line: list[Runs] = []
    taken_below = {column: rows - 1 for column, rows in taken.items() if rows > 1}
    for cell in row.nodes:
        while len(line) in taken:
            line.append(())
        start, width = len(line), _span(cell, "colspan")
        line += [runs_of(cell.children), *[()] * (width - 1)]
        if (height := _span(cell, "rowspan")) > 1:
            taken_below |= dict.fromkeys(range(start, start + width), height - 1)
    return line, taken_below


def _span(cell: Node, name: str) -> int:
    value = cell.attrs.get(name, "")
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 4 else 1
