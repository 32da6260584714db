"""The sections of two documents aligned: by key, by heading, by what they say. Names the moved ones."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from policies.texts.document import Section, block_lines
from policies.texts.redline.matching import longest_rising

# Unrelated sections share hardly a tenth of their word pairs; a section rewritten by half still shares this much.
_LEAST_ALIKE = 0.3
# Word pairs found in more sections than this tell none from another, and would make the search quadratic.
_MOST_SECTIONS = 16

Pairs = dict[int, int]
WordPairs = set[tuple[str, str]]


class Place(NamedTuple):
    """Where a section stands in each document, counted from 0; None where it does not."""

    old: int | None
    new: int | None
    moved: bool = False


def align(old: Sequence[Section], new: Sequence[Section]) -> Iterator[Place]:
    """Yield the new sections in order, and each removed one after the section that it followed.

    The fewest sections are called moved; one that only counts differently is not.
    """
    pairs = _pairs(old, new)
    path = [pairs[number] for number in sorted(pairs)]
    stayed = {path[position] for position in longest_rising(path)}
    removed = _removed_after(len(old), pairs, stayed)
    yield from removed[None]
    for number in range(len(new)):
        before = pairs.get(number)
        yield Place(before, number, before is not None and before not in stayed)
        if before in stayed:
            yield from removed[before]


def _removed_after(count: int, pairs: Pairs, stayed: set[int]) -> dict[int | None, list[Place]]:
    found: dict[int | None, list[Place]] = defaultdict(list)
    kept = set(pairs.values())
    last = None
    for number in range(count):
        if number in stayed:
            last = number
        elif number not in kept:
            found[last].append(Place(number, None))
    return found


def _pairs(old: Sequence[Section], new: Sequence[Section]) -> Pairs:
    """Return the old section of each new one. Equal headings that occur more than once are told apart by the text."""
    pairs: Pairs = {}
    _pair_by(lambda section: section.key, old, new, pairs, most=1)
    _pair_by(_heading, old, new, pairs, most=1)
    _pair_by_text(old, new, pairs)
    _pair_by(_heading, old, new, pairs, most=max(len(old), len(new)))
    return pairs


def _pair_by(
    name: Callable[[Section], Hashable], old: Sequence[Section], new: Sequence[Section], pairs: Pairs, *, most: int
) -> None:
    by_name_old, by_name_new = _unpaired(name, old, pairs.values()), _unpaired(name, new, pairs)
    for value, numbers in by_name_new.items():
        before = by_name_old.get(value, [])
        if len(numbers) <= most and len(before) <= most:
            pairs.update(zip(numbers, before, strict=False))


def _unpaired(
    name: Callable[[Section], Hashable], sections: Sequence[Section], paired: Iterable[int]
) -> dict[Hashable, list[int]]:
    taken = set(paired)
    found: dict[Hashable, list[int]] = defaultdict(list)
    for number, section in enumerate(sections):
        if number not in taken and (value := name(section)):
            found[value].append(number)
    return found


def _heading(section: Section) -> str:
    return "".join(run.text for run in section.heading).casefold()


def _pair_by_text(old: Sequence[Section], new: Sequence[Section], pairs: Pairs) -> None:
    """Pair what is left, most alike first, the nearest of equals."""
    taken = set(pairs.values())
    left_old = {number: _word_pairs(section) for number, section in enumerate(old) if number not in taken}
    left_new = {number: _word_pairs(section) for number, section in enumerate(new) if number not in pairs}
    alike = sorted(_alike(left_old, left_new), key=lambda found: (-found[0], abs(found[1] - found[2])))
    for likeness, before, number in alike:
        if likeness >= _LEAST_ALIKE and before not in taken and number not in pairs:
            pairs[number] = before
            taken.add(before)


def _alike(old: dict[int, WordPairs], new: dict[int, WordPairs]) -> Iterator[tuple[float, int, int]]:
    """Yield how alike two sections are (0 to 1), for those that share anything."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, words in new.items() if old else ():
        for pair in words:
            holders[pair].append(number)
    for before, words in old.items():
        shared = Counter[int]()
        for pair in words:
            if len(holders.get(pair, ())) <= _MOST_SECTIONS:
                shared.update(holders.get(pair, ()))
        for number, count in shared.items():
            yield 2 * count / (len(words) + len(new[number])), before, number


def _word_pairs(section: Section) -> WordPairs:
    words = [_heading(section)]
    for line in block_lines(section.blocks):
        words += "".join(run.text for run in line.runs).split()
    return set(pairwise(["", *words]))
