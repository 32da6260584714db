"""Two lines compared word by word: what stayed, what was added or removed, what looks otherwise."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from policies.texts.document import Runs
from policies.texts.redline.matching import Step, steps
from policies.texts.redline.model import Piece, Pieces, WordOp
from policies.texts.redline.readable import readable
from policies.texts.redline.words import Words


def compare_words(old: Runs, new: Runs) -> Pieces:
    """Return the pieces of both lines in order. Leaving out one side's gives the other line."""
    if old == new:
        return whole("same", new)
    return pieces_of(Words(old), Words(new))


def pieces_of(old: Words, new: Words) -> Pieces:
    return tuple(_pieces(readable(steps(old.keys, new.keys), old.keys, new.keys), old, new))


def whole(op: WordOp, runs: Runs) -> Pieces:
    return (Piece(op, runs),) if runs else ()


def _pieces(way: Iterable[Step], old: Words, new: Words) -> Iterator[Piece]:
    for step in way:
        if step.same:
            yield from _stayed(step, old, new)
            continue
        if step.old_to > step.old_from:
            yield Piece("deleted", old.cut(step.old_from, step.old_to))
        if step.new_to > step.new_from:
            yield Piece("inserted", new.cut(step.new_from, step.new_to))


def _stayed(step: Step, old: Words, new: Words) -> Iterator[Piece]:
    """Yield words that stayed, apart where what they look like, or what separates them, did not."""
    _, old_from, old_to, new_from, new_to = step
    differs = _differences(step, old, new)
    if not any(differs):
        # A line's first word has no space before it; where it is the first in one text only, the other one's has.
        from_old = new_from == 0 < old_from
        yield Piece("same", old.cut(old_from, old_to) if from_old else new.cut(new_from, new_to))
        return
    at = 0
    for difference, group in groupby(differs):
        size = len([*group])
        before = old.cut(old_from + at, old_from + at + size)
        now = new.cut(new_from + at, new_from + at + size)
        if difference:
            yield Piece("restyled", now, before)
        else:
            yield Piece("same", before if new_from + at == 0 < old_from else now)
        at += size


def _differences(step: Step, old: Words, new: Words) -> list[object]:
    """Return for each word what became of its look and its separator; None where that stayed."""
    _, old_from, old_to, new_from, new_to = step
    separators = old.separators[old_from:old_to], new.separators[new_from:new_to]
    found: list[object] = [None] * len(separators[0])
    if separators[0] != separators[1]:
        found = [None if one == other else (one, other) for one, other in zip(*separators, strict=True)]
        if old_from == 0 or new_from == 0:
            found[0] = None
    if not (old.is_plain and new.is_plain):
        looks = old.looks[old_from:old_to], new.looks[new_from:new_to]
        for at, (before, now) in enumerate(zip(*looks, strict=True)):
            if before != now:
                found[at] = (found[at], before, now)
    return found
