"""Two tables compared cell by cell: which columns and rows were added or removed, and what changed in the others."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from policies.texts.document import Runs, Table
from policies.texts.redline.items import text_of
from policies.texts.redline.matching import steps
from policies.texts.redline.model import CellChange, ColumnOp, OneSided, RowChange, TableChange, has_changes
from policies.texts.redline.pairing import is_alike, pairs
from policies.texts.redline.pieces import compare_words, whole
from policies.texts.redline.words import Words

Row = tuple[Runs, ...]
# A column is the same one if so much of its heading and its cells is.
_LEAST_ALIKE = 0.3
_BETWEEN_CELLS = "\x1f"


class Column(NamedTuple):
    """Where a column stands in each table, counted from 0; None where it does not."""

    old: int | None
    new: int | None

    @property
    def op(self) -> ColumnOp:
        return "inserted" if self.old is None else "deleted" if self.new is None else "same"


def table_keys(table: Table) -> list[str]:
    """Return all words of a table in reading order."""
    return [*chain.from_iterable(Words(cell).keys for cell in (table.caption, *_cells(table)))]


def _cells(table: Table) -> Iterator[Runs]:
    yield from table.header
    yield from chain.from_iterable(table.rows)


def whole_table(op: OneSided, table: Table, lang: str) -> TableChange:
    """Return a table that stands in one text only."""
    columns = [Column(number, number) for number in range(len(table.header))]
    header, *rows = (_one_sided(op, row, columns) for row in (table.header, *table.rows))
    ops = tuple(column.op for column in columns)
    return TableChange(op, whole(op, table.caption), ops, header, tuple(rows), lang, lang)


def compare_tables(old: Table, new: Table, old_lang: str = "", new_lang: str = "") -> TableChange:
    """Return a table with all columns and rows of both."""
    columns = _columns(old, new)
    caption = compare_words(old.caption, new.caption)
    header = _both(old.header, new.header, columns)
    rows = tuple(_rows(old.rows, new.rows, columns))
    is_same = (
        old_lang == new_lang
        and not has_changes(caption)
        and all(column.op == "same" for column in columns)
        and all(row.op == "same" for row in (header, *rows))
    )
    ops = tuple(column.op for column in columns)
    return TableChange("same" if is_same else "changed", caption, ops, header, rows, old_lang, new_lang)


def _rows(old: Sequence[Row], new: Sequence[Row], columns: Sequence[Column]) -> Iterator[RowChange]:
    old_stayed, new_stayed = _stayed(columns)
    old_texts = [_BETWEEN_CELLS.join(text_of(row[at]) for at in old_stayed) for row in old]
    new_texts = [_BETWEEN_CELLS.join(text_of(row[at]) for at in new_stayed) for row in new]
    for same, old_from, old_to, new_from, new_to in steps(old_texts, new_texts):
        before, now = old[old_from:old_to], new[new_from:new_to]
        if same:
            yield from (_both(one, other, columns) for one, other in zip(before, now, strict=True))
        else:
            yield from _rewritten(before, now, columns)


def _rewritten(old: Sequence[Row], new: Sequence[Row], columns: Sequence[Column]) -> Iterator[RowChange]:
    at_old = at_new = 0
    for old_at, new_at in _row_pairs(old, new, columns) if old and new else ():
        yield from (_one_sided("deleted", row, columns) for row in old[at_old:old_at])
        yield from (_one_sided("inserted", row, columns) for row in new[at_new:new_at])
        yield _both(old[old_at], new[new_at], columns)
        at_old, at_new = old_at + 1, new_at + 1
    yield from (_one_sided("deleted", row, columns) for row in old[at_old:])
    yield from (_one_sided("inserted", row, columns) for row in new[at_new:])


def _row_pairs(old: Sequence[Row], new: Sequence[Row], columns: Sequence[Column]) -> list[tuple[int, int]]:
    """Return which old row became which new one: those that share words, or are about the same by their first cell."""
    old_stayed, new_stayed = _stayed(columns)
    old_keys = [[key for at in old_stayed for key in Words(row[at]).keys] for row in old]
    new_keys = [[key for at in new_stayed for key in Words(row[at]).keys] for row in new]

    def fits(old_at: int, new_at: int, shared: int) -> bool:
        if is_alike(shared, len(old_keys[old_at]), len(new_keys[new_at])):
            return True
        if not old_stayed:
            return False
        return text_of(old[old_at][old_stayed[0]]) == text_of(new[new_at][new_stayed[0]])

    found, _ = pairs(old_keys, new_keys, fits)
    return [(group.old[0], group.new[0]) for group in found]


def _stayed(columns: Sequence[Column]) -> tuple[list[int], list[int]]:
    """Return where the columns that both tables have stand in the old one and in the new one."""
    places = [(column.old, column.new) for column in columns if column.old is not None and column.new is not None]
    return [old for old, _ in places], [new for _, new in places]


def _both(old: Row, new: Row, columns: Sequence[Column]) -> RowChange:
    cells = tuple(_cell(old, new, column) for column in columns)
    changed = any(cell.op != "same" for cell, column in zip(cells, columns, strict=True) if column.op == "same")
    return RowChange("changed" if changed else "same", cells)


def _cell(old: Row, new: Row, column: Column) -> CellChange:
    if column.old is None:
        return CellChange("inserted", whole("inserted", new[column.new or 0]))
    if column.new is None:
        return CellChange("deleted", whole("deleted", old[column.old]))
    pieces = compare_words(old[column.old], new[column.new])
    return CellChange("changed" if has_changes(pieces) else "same", pieces)


def _one_sided(op: OneSided, row: Row, columns: Sequence[Column]) -> RowChange:
    places = [column.old if op == "deleted" else column.new for column in columns]
    cells = (CellChange("none") if place is None else CellChange(op, whole(op, row[place])) for place in places)
    return RowChange(op, tuple(cells))


def _columns(old: Table, new: Table) -> list[Column]:
    """Return all columns of both in order, the most alike ones paired."""
    old_names, new_names = ([text_of(cell) for cell in table.header] for table in (old, new))
    if old_names == new_names:
        return [Column(number, number) for number in range(len(old_names))]
    likeness = _likeness(old, new)

    @cache
    def best(at_old: int, at_new: int) -> tuple[float, tuple[Column, ...]]:
        """Return how much the columns from here on have in common at best, and their pairs."""
        if at_old == len(old_names) or at_new == len(new_names):
            removed = (Column(number, None) for number in range(at_old, len(old_names)))
            added = (Column(None, number) for number in range(at_new, len(new_names)))
            return 0.0, (*removed, *added)
        ways = []
        if (alike := likeness[at_old][at_new]) >= _LEAST_ALIKE:
            score, rest = best(at_old + 1, at_new + 1)
            ways.append((alike + score, (Column(at_old, at_new), *rest)))
        score, rest = best(at_old + 1, at_new)
        ways.append((score, (Column(at_old, None), *rest)))
        score, rest = best(at_old, at_new + 1)
        ways.append((score, (Column(None, at_new), *rest)))
        return max(ways, key=lambda way: way[0])

    return list(best(0, 0)[1])


def _likeness(old: Table, new: Table) -> list[list[float]]:
    """Return how alike every old column and every new one are: 0 to 1, heading and cells counting the same."""
    old_bags, new_bags = ([_bags(table, number) for number in range(len(table.header))] for table in (old, new))
    return [[(_share(a, c) + _share(b, d)) / 2 for c, d in new_bags] for a, b in old_bags]


def _bags(table: Table, column: int) -> tuple[Counter[str], Counter[str]]:
    cells = chain.from_iterable(Words(row[column]).keys for row in table.rows)
    return Counter(Words(table.header[column]).keys), Counter(cells)


def _share(one: Counter[str], other: Counter[str]) -> float:
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 1.0
