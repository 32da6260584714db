"""The way from one line's words to the other's, put so that a person stumbles less. Both ends stay what they are."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from policies.texts.redline.matching import Step

_SENTENCE_ENDS = (
    ".",
    ";",
    ":",
    "!",
    "?",
    "\u3002",
    "\uff1b",
    "\uff1a",
    "\uff01",
    "\uff1f",
    "\u061f",
    "\u061b",
    "\u0964",
)


def readable(way: Sequence[Step], old: Sequence[str], new: Sequence[str]) -> list[Step]:
    """Return the same way with what was only added, or only removed, slid to the start of its sentence.

    “We {delete C. We} share” reads badly where “{We delete C.} We share” says the same.
    """
    return list(_at_sentences(way, old, new))


def _at_sentences(way: Sequence[Step], old: Sequence[str], new: Sequence[str]) -> Iterator[Step]:
    back = 0
    for step, after in zip_longest(way, way[1:]):
        if step.same:
            ahead = _way_back(step, after, old, new) if after else 0
            yield step.shifted(-back, -ahead)
            back = ahead
        else:
            yield step.shifted(-back, -back)
            if back and not after:
                yield Step(True, step.old_to - back, step.old_to, step.new_to - back, step.new_to)


def _way_back(same: Step, change: Step, old: Sequence[str], new: Sequence[str]) -> int:
    """Return by how many words the change can start earlier, to follow a sentence's end or begin the line."""
    added, removed = change.new_to > change.new_from, change.old_to > change.old_from
    if added and removed:
        return 0
    words, start, end = (new, change.new_from, change.new_to) if added else (old, change.old_from, change.old_to)
    for back in range(same.size):
        if words[start - back - 1].endswith(_SENTENCE_ENDS):
            return back
        if words[start - back - 1] != words[end - back - 1]:
            return 0
    return 0
