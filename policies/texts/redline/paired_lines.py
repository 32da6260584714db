"""The lines of a section aligned: first those that say the same, then similar ones word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from policies.texts.document import Runs
from policies.texts.redline.items import Item, LineItem, TableItem
from policies.texts.redline.matching import Step, steps
from policies.texts.redline.model import AnyChange, Joint, LineChange, Piece, Pieces, has_changes
from policies.texts.redline.pairing import Group, is_alike, pairs, with_parts
from policies.texts.redline.pieces import compare_words, pieces_of, whole
from policies.texts.redline.tables import compare_tables, table_keys, whole_table
from policies.texts.redline.words import Words

# Tables with so little in common are still one table: a column or many rows may have been added.
_LEAST_COMMON_OF_TABLES = 0.2


def compare_lines(old: Sequence[Item], new: Sequence[Item]) -> Iterator[AnyChange]:
    """Yield both texts' lines in reading order, deleted ones before what is in their place."""
    for same, old_from, old_to, new_from, new_to in steps([*map(_identity, old)], [*map(_identity, new)]):
        before, now = old[old_from:old_to], new[new_from:new_to]
        if same:
            yield from map(_paired, before, now)
        else:
            yield from _replaced(before, now)


def _identity(item: Item) -> str:
    """Return the same for lines that say the same and are of one kind; the label is left out, since it only counts."""
    if isinstance(item, TableItem):
        return item.text
    return f"{item.place.kind}{item.place.depth} {item.text}"


def _replaced(old: Sequence[Item], new: Sequence[Item]) -> Iterator[AnyChange]:
    """Yield lines none of which is of the same kind as before: the same words may be in lines of another kind."""
    if not (old and new):
        yield from _gone_and_new(old, new)
        return
    for same, old_from, old_to, new_from, new_to in steps([i.text for i in old], [i.text for i in new]):
        before, now = old[old_from:old_to], new[new_from:new_to]
        if same:
            yield from map(_paired, before, now)
        else:
            yield from _rewritten(before, now)


def _rewritten(old: Sequence[Item], new: Sequence[Item]) -> Iterator[AnyChange]:
    at_old = at_new = 0
    for group in _groups(old, new) if old and new else ():
        yield from _gone_and_new(old[at_old : group.old[0]], new[at_new : group.new[0]])
        at_old, at_new = group.old[-1] + 1, group.new[-1] + 1
        yield from _changed(old[group.old[0] : at_old], new[group.new[0] : at_new])
    yield from _gone_and_new(old[at_old:], new[at_new:])


def _groups(old: Sequence[Item], new: Sequence[Item]) -> list[Group]:
    old_keys, new_keys = [*map(_keys, old)], [*map(_keys, new)]

    def fits(old_at: int, new_at: int, shared: int) -> bool:
        both = {type(old[old_at]), type(new[new_at])}
        size = len(old_keys[old_at]), len(new_keys[new_at])
        if both == {TableItem}:
            return 2 * shared >= _LEAST_COMMON_OF_TABLES * sum(size)
        return both == {LineItem} and is_alike(shared, *size)

    def may_split(old_at: int, new_at: int) -> bool:
        return isinstance(old[old_at], LineItem) and isinstance(new[new_at], LineItem)

    found, shared = pairs(old_keys, new_keys, fits)
    return with_parts(found, shared, old_keys, new_keys, may_split)


def _keys(item: Item) -> list[str]:
    return table_keys(item.table) if isinstance(item, TableItem) else Words(item.runs).keys


def _gone_and_new(old: Sequence[Item], new: Sequence[Item]) -> Iterator[AnyChange]:
    for item in old:
        if isinstance(item, TableItem):
            yield whole_table("deleted", item.table, item.lang)
        else:
            yield LineChange("deleted", whole("deleted", item.runs), item.place, None)
    for item in new:
        if isinstance(item, TableItem):
            yield whole_table("inserted", item.table, item.lang)
        else:
            yield LineChange("inserted", whole("inserted", item.runs), None, item.place)


def _paired(old: Item, new: Item) -> AnyChange:
    if isinstance(old, TableItem) and isinstance(new, TableItem):
        return compare_tables(old.table, new.table, old.lang, new.lang)
    assert isinstance(old, LineItem) and isinstance(new, LineItem)  # noqa: S101  (what is equal is of one kind)
    return _line(old, new, compare_words(old.runs, new.runs))


def _line(old: LineItem, new: LineItem, pieces: Pieces) -> LineChange:
    is_same = not has_changes(pieces) and old.place.is_like(new.place)
    return LineChange("same" if is_same else "changed", pieces, old.place, new.place)


def _changed(old: Sequence[Item], new: Sequence[Item]) -> Iterator[AnyChange]:
    if len(old) == len(new) == 1:
        yield _paired(old[0], new[0])
        return
    before, now = ([item for item in side if isinstance(item, LineItem)] for side in (old, new))
    if len(now) > 1:
        yield from _split(before[0], now, "split")
    else:
        yield from (_turned(line) for line in _split(now[0], before, "joined"))


def _split(one: LineItem, parts: Sequence[LineItem], joint: Joint) -> Iterator[LineChange]:
    """Yield a line for each part of one that was split, as if that one were the old line."""
    words, part_words = Words(one.runs), [Words(part.runs) for part in parts]
    bounds = _bounds(words, part_words)
    for number, ((start, end), part) in enumerate(zip(pairwise(bounds), parts, strict=True)):
        glue = words.separators[start] if 0 < start < end else ""
        pieces = pieces_of(Words(_without(glue, words.cut(start, end))), part_words[number])
        if number:
            yield LineChange("changed", pieces, None, part.place, joint, glue)
        else:
            yield LineChange("changed", pieces, one.place, part.place)


def _bounds(words: Words, parts: Sequence[Words]) -> list[int]:
    """Return where in the words of one line each part of it begins, and the end."""
    way = steps(words.keys, [key for part in parts for key in part.keys])
    sizes = accumulate(len(part) for part in parts[:-1])
    return [0, *(_old_start(way, at) for at in sizes), len(words)]


def _old_start(way: Sequence[Step], at: int) -> int:
    """Return where in the old words that begins which begins at `at` in the new ones."""
    for step in way:
        if step.new_from <= at < step.new_to:
            return step.old_from + at - step.new_from if step.same else step.old_to
    return way[-1].old_to


def _without(glue: str, runs: Runs) -> Runs:
    if not glue:
        return runs
    first, *rest = runs
    return (replace(first, text=first.text.removeprefix(glue)), *rest)


def _turned(line: LineChange) -> LineChange:
    return LineChange(line.op, tuple(map(_turned_piece, line.pieces)), line.new, line.old, line.joint, line.glue)


def _turned_piece(piece: Piece) -> Piece:
    match piece.op:
        case "inserted":
            return replace(piece, op="deleted")
        case "deleted":
            return replace(piece, op="inserted")
        case "restyled":
            return Piece("restyled", piece.before, piece.runs)
    return piece
