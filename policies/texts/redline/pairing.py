"""Which lines, or rows, of one text became which of the other, by the words they share."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from policies.texts.redline.matching import steps

Keys = Sequence[str]
Fits = Callable[[int, int, int], bool]
IsPart = Callable[[int, int, int], bool]

# Two lines with less in common than this (both counted) are easier to read one after the other.
_LEAST_COMMON = 0.4
# What holds nearly all of the other's words is what became of it, however much was added or removed.
_MOST_OF_ONE = 0.8
_FEW = 4
# Of a part that was split off, so much must have stood there.
_LEAST_OF_PART = 0.6


@dataclass(slots=True)
class Group:
    """Neighbouring lines of both texts that belong together: one of each, or one that was split, or several joined."""

    old: list[int]
    new: list[int]


def is_alike(shared: int, old: int, new: int) -> bool:
    """Return whether lines of `old` and `new` words, so many of them shared, are one line that changed."""
    if 2 * shared >= _LEAST_COMMON * (old + new):
        return shared > 0
    return shared >= _FEW and shared >= _MOST_OF_ONE * min(old, new)


def pairs(old: Sequence[Keys], new: Sequence[Keys], fits: Fits) -> tuple[list[Group], Counter[tuple[int, int]]]:
    """Return pairs in order, most alike first come, and how many words any two lines share in order.

    Args:
        old: the words of each old line.
        new: the words of each new line.
        fits: whether an old and a new line that share so many words may be one.
    """
    shared = _shared_words(old, new)
    found: list[Group] = []
    taken_old, taken_new = set[int](), set[int]()
    for (old_at, new_at), count in shared.most_common():
        if old_at not in taken_old and new_at not in taken_new and fits(old_at, new_at, count):
            found.append(Group([old_at], [new_at]))
            taken_old.add(old_at)
            taken_new.add(new_at)
    return sorted(found, key=lambda group: group.old), shared


def with_parts(
    groups: list[Group],
    shared: Counter[tuple[int, int]],
    old: Sequence[Keys],
    new: Sequence[Keys],
    may_split: Callable[[int, int], bool],
) -> list[Group]:
    """Add to each pair the lines around it that were split off from the one, or joined into the other."""
    free_old = set(range(len(old))).difference(*(group.old for group in groups))
    free_new = set(range(len(new))).difference(*(group.new for group in groups))

    def is_part(old_at: int, new_at: int, size: int) -> bool:
        count = shared[old_at, new_at]
        return count >= min(size, 2) and count >= _LEAST_OF_PART * size and may_split(old_at, new_at)

    for group in groups:
        (old_at,), (new_at,) = group.old, group.new
        _extend(group.new, free_new, partial(_part_of_old, is_part, old_at, new))
        if len(group.new) == 1:
            _extend(group.old, free_old, partial(_part_of_new, is_part, new_at, old))
    return groups


def _part_of_old(is_part: IsPart, old_at: int, new: Sequence[Keys], at: int) -> bool:
    return is_part(old_at, at, len(new[at]))


def _part_of_new(is_part: IsPart, new_at: int, old: Sequence[Keys], at: int) -> bool:
    return is_part(at, new_at, len(old[at]))


def _extend(lines: list[int], free: set[int], belongs: Callable[[int], bool]) -> None:
    while (at := lines[0] - 1) in free and belongs(at):
        lines.insert(0, at)
        free.remove(at)
    while (at := lines[-1] + 1) in free and belongs(at):
        lines.append(at)
        free.remove(at)


def _shared_words(old: Sequence[Keys], new: Sequence[Keys]) -> Counter[tuple[int, int]]:
    """Count the words that each old line shares with each new one.

    All lines are matched at once as one text: it costs one comparison instead of one for every pair, and since the
    matches are in order, so are the pairs.
    """
    old_owner = [number for number, line in enumerate(old) for _ in line]
    new_owner = [number for number, line in enumerate(new) for _ in line]
    shared = Counter[tuple[int, int]]()
    for same, old_from, old_to, new_from, new_to in steps([*chain(*old)], [*chain(*new)]):
        if same:
            shared.update(zip(old_owner[old_from:old_to], new_owner[new_from:new_to], strict=True))
    return shared
