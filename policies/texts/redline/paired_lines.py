"""The lines of a section aligned: whole ones first, then similar ones word by word."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from policies.texts.document import Line
from policies.texts.redline.matching import matches, steps
from policies.texts.redline.model import LineChange, Piece
from policies.texts.redline.readable import Token
from policies.texts.redline.words import common_pieces, tokens, whole

Pairs = list[tuple[int, int, tuple[Piece, ...]]]


def compare_lines(old: Sequence[Line], new: Sequence[Line]) -> Iterator[LineChange]:
    """Yield both texts' lines in reading order, deleted ones before what came in their place."""
    for same, old_from, old_to, new_from, new_to in steps([*map(_mark, old)], [*map(_mark, new)]):
        before, now = old[old_from:old_to], new[new_from:new_to]
        if same:
            yield from map(_kept, before, now)
        else:
            yield from _replaced(before, now)


def _inserted(line: Line) -> LineChange:
    return LineChange(line.kind, line.label, "", line.depth, "inserted", whole("inserted", line.runs))


def _deleted(line: Line) -> LineChange:
    return LineChange(line.kind, line.label, line.label, line.depth, "deleted", whole("deleted", line.runs))


def _mark(line: Line) -> int:
    """Return the same number for lines that say the same; the label is left out, since it only counts."""
    return hash((line.kind, line.depth, line.runs, line.cells))


def _kept(old: Line, new: Line) -> LineChange:
    return LineChange(new.kind, new.label, old.label, new.depth, "same", whole("same", new.runs))


def _replaced(old: Sequence[Line], new: Sequence[Line]) -> Iterator[LineChange]:
    at_old = at_new = 0
    for old_at, new_at, pieces in _similar(old, new) if old and new else ():
        yield from map(_deleted, old[at_old:old_at])
        yield from map(_inserted, new[at_new:new_at])
        line = new[new_at]
        yield LineChange(line.kind, line.label, old[old_at].label, line.depth, "changed", pieces)
        at_old, at_new = old_at + 1, new_at + 1
    yield from map(_deleted, old[at_old:])
    yield from map(_inserted, new[at_new:])


def _similar(old: Sequence[Line], new: Sequence[Line]) -> Pairs:
    """Return which old line became which new one, in order, with the pieces of both."""
    old_words, new_words = [tokens(line.runs) for line in old], [tokens(line.runs) for line in new]
    found: Pairs = []
    taken_old, taken_new = set[int](), set[int]()
    for (old_at, new_at), _ in _shared_words(old_words, new_words).most_common():
        if old_at in taken_old or new_at in taken_new or _shape(old[old_at]) != _shape(new[new_at]):
            continue
        if old_words[old_at] == new_words[new_at]:
            continue  # a table row with the bars elsewhere
        if pieces := common_pieces(old_words[old_at], new_words[new_at]):
            found.append((old_at, new_at, pieces))
            taken_old.add(old_at)
            taken_new.add(new_at)
    return sorted(found, key=lambda pair: pair[:2])


def _shape(line: Line) -> tuple[str, int, int]:
    return line.kind, line.depth, len(line.cells)


def _shared_words(old: list[list[Token]], new: list[list[Token]]) -> Counter[tuple[int, int]]:
    """Count the words that each old line shares with each new one.

    All lines are matched at once as one text: it costs one comparison instead of one for every pair, and since the
    matches are in order, so are the pairs.
    """
    old_owner = [number for number, line in enumerate(old) for _ in line]
    new_owner = [number for number, line in enumerate(new) for _ in line]
    shared = Counter[tuple[int, int]]()
    for start_old, start_new, size in matches([*chain(*old)], [*chain(*new)]):
        shared.update(
            zip(old_owner[start_old : start_old + size], new_owner[start_new : start_new + size], strict=True)
        )
    return shared
