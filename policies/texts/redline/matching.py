"""What two sequences have in common, in bounded time and memory."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from itertools import pairwise
from operator import ne
from typing import NamedTuple

from rapidfuzz.distance import Indel

# rapidfuzz takes one bit for each pair of items: 2 MB and some 5 ms for the largest part that is given to it.
_MOST_PAIRS = 16_000_000
# Each round looks for what is unique in a smaller part. Natural text needs two; more only meets rubbish.
_ROUNDS = 6

Match = tuple[int, int, int]
Items = Sequence[Hashable]


class Step(NamedTuple):
    """A stretch of both sequences that is the same, or what was there (old) and what is there now (new)."""

    same: bool
    old_from: int
    old_to: int
    new_from: int
    new_to: int

    @property
    def size(self) -> int:
        return max(self.old_to - self.old_from, self.new_to - self.new_from)

    def shifted(self, start: int, end: int) -> "Step":
        return Step(self.same, self.old_from + start, self.old_to + end, self.new_from + start, self.new_to + end)

    def turned(self) -> "Step":
        return Step(self.same, self.new_from, self.new_to, self.old_from, self.old_to)


def steps(old: list[str], new: list[str]) -> list[Step]:
    """Return the way from old to new, same and different stretches taking turns.

    The way back is the same one turned round: of several ways of one length, the same is taken whichever text is old.
    """
    return [step.turned() for step in _steps(new, old)] if old > new else _steps(old, new)


def _steps(old: Items, new: Items) -> list[Step]:
    found: list[Step] = []
    at_old = at_new = 0
    for start_old, start_new, size in [*matches(old, new), (len(old), len(new), 0)]:
        if start_old > at_old or start_new > at_new:
            found.append(Step(False, at_old, start_old, at_new, start_new))
        at_old, at_new = start_old + size, start_new + size
        if size:
            found.append(Step(True, start_old, at_old, start_new, at_new))
    return found


def matches(old: Items, new: Items) -> list[Match]:
    """Return common stretches in order, as (start in old, start in new, length), none touching the next.

    The longest common subsequence where both are small enough; otherwise split at what each holds once.
    """
    joined: list[Match] = []
    for match in _matches(old, new, 0, 0, _ROUNDS):
        start_old, start_new, size = joined[-1] if joined else (0, 0, 0)
        if joined and (start_old + size, start_new + size) == match[:2]:
            joined[-1] = start_old, start_new, size + match[2]
        else:
            joined.append(match)
    return joined


def longest_rising(values: Sequence[int]) -> list[int]:
    """Return the positions of a longest strictly rising subsequence."""
    tops: list[int] = []
    ends: list[int] = []
    before = [-1] * len(values)
    for position, value in enumerate(values):
        pile = bisect_left(tops, value)
        tops[pile : pile + 1] = [value]
        ends[pile : pile + 1] = [position]
        before[position] = ends[pile - 1] if pile else -1
    return _walked_back(before, ends[-1] if ends else -1)


def _walked_back(before: list[int], position: int) -> list[int]:
    path: list[int] = []
    while position >= 0:
        path.append(position)
        position = before[position]
    return path[::-1]


def _matches(old: Items, new: Items, at_old: int, at_new: int, rounds: int) -> Iterator[Match]:
    if not old or not new:
        return
    if old == new:
        yield at_old, at_new, len(old)
    elif len(old) * len(new) <= _MOST_PAIRS:
        for block in Indel.opcodes(old, new).as_matching_blocks():
            if block.size:
                yield at_old + block.a, at_new + block.b, block.size
    elif rounds:
        yield from _matches_of_large(old, new, at_old, at_new, rounds)


def _matches_of_large(old: Items, new: Items, at_old: int, at_new: int, rounds: int) -> Iterator[Match]:
    head = _common_start(old, new)
    tail = _common_start(old[: head - len(old) - 1 : -1], new[: head - len(new) - 1 : -1])
    old_end, new_end = len(old) - tail, len(new) - tail
    if head:
        yield at_old, at_new, head
    middle_old, middle_new = old[head:old_end], new[head:new_end]
    if len(middle_old) * len(middle_new) <= _MOST_PAIRS:
        yield from _matches(middle_old, middle_new, at_old + head, at_new + head, rounds)
    else:
        yield from _matches_between_anchors(middle_old, middle_new, at_old + head, at_new + head, rounds)
    if tail:
        yield at_old + old_end, at_new + new_end, tail


def _matches_between_anchors(old: Items, new: Items, at_old: int, at_new: int, rounds: int) -> Iterator[Match]:
    anchors = _anchors(old, new)
    if not anchors:
        return
    for (left_old, left_new), (right_old, right_new) in pairwise([(-1, -1), *anchors, (len(old), len(new))]):
        if left_old >= 0:
            yield at_old + left_old, at_new + left_new, 1
        start_old, start_new = left_old + 1, left_new + 1
        if start_old < right_old and start_new < right_new:
            gap_old, gap_new = old[start_old:right_old], new[start_new:right_new]
            yield from _matches(gap_old, gap_new, at_old + start_old, at_new + start_new, rounds - 1)


def _anchors(old: Items, new: Items) -> list[tuple[int, int]]:
    """Return where both hold the same three items that neither has elsewhere, or else the same one."""
    return _unique_in_order(_triples(old), _triples(new)) or _unique_in_order(old, new)


def _triples(items: Items) -> Items:
    return list(zip(items, items[1:], items[2:], strict=False))


def _unique_in_order(old: Items, new: Items) -> list[tuple[int, int]]:
    once = _once(old) & _once(new)
    place = {item: position for position, item in enumerate(new) if item in once}
    pairs = [(position, place[item]) for position, item in enumerate(old) if item in once]
    return [pairs[position] for position in longest_rising([new_position for _, new_position in pairs])]


def _once(items: Items) -> set[Hashable]:
    return {item for item, count in Counter(items).items() if count == 1}


def _common_start(old: Items, new: Items) -> int:
    for position, differs in enumerate(map(ne, old, new)):
        if differs:
            return position
    return min(len(old), len(new))
