"""The way from one line's words to the other's, put so that a person stumbles less. Both ends stay what they are."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from policies.texts.redline.matching import Step

Style = tuple[bool, bool, str]
# A word with the space before it; a plain one is only its text, which is what most words are and costs least.
Token = str | tuple[str, Style]

_SENTENCE_ENDS = (".", ";", ":", "!", "?")
# So few words between two changes, each at least so many times as long, only make the reader stumble.
_ISLAND = 2
_SHORE = 2


def text_of(token: Token) -> str:
    return token if isinstance(token, str) else token[0]


def readable(way: Sequence[Step], old: Sequence[Token], new: Sequence[Token]) -> list[Step]:
    """Return the same way with sentences coming and going whole, and no lone “of” or “and the” between changes."""
    return _without_islands(list(_at_sentences(way, old, new)), old)


def _at_sentences(way: Sequence[Step], old: Sequence[Token], new: Sequence[Token]) -> Iterator[Step]:
    """Slide what only came or only went to the start of its sentence: “We {delete C. We} share” reads badly."""
    back = 0
    for step, after in zip_longest(way, way[1:]):
        if step.same:
            ahead = _way_back(step, after, old, new) if after else 0
            yield step.shifted(-back, -ahead)
            back = ahead
        else:
            yield step.shifted(-back, -back)


def _way_back(same: Step, change: Step, old: Sequence[Token], new: Sequence[Token]) -> int:
    """Return by how many words the change can start earlier, to follow a sentence's end."""
    came, went = change.new_to > change.new_from, change.old_to > change.old_from
    if came and went:
        return 0
    words, start, end = (new, change.new_from, change.new_to) if came else (old, change.old_from, change.old_to)
    for back in range(same.size):
        if text_of(words[start - back - 1]).endswith(_SENTENCE_ENDS):
            return back
        if words[start - back - 1] != words[end - back - 1]:
            return 0
    return 0


def _without_islands(way: list[Step], old: Sequence[Token]) -> list[Step]:
    kept: list[Step] = []
    for step, after in zip_longest(way, way[1:]):
        if step.same and not (kept and after and _is_island(step, kept[-1], after, old)):
            kept.append(step)
        elif kept and not kept[-1].same:
            kept[-1] = kept[-1].up_to(step)
        else:
            kept.append(step)
    return kept


def _is_island(step: Step, before: Step, after: Step, old: Sequence[Token]) -> bool:
    if step.size > 2 * _ISLAND:
        return False
    size = sum(any(map(str.isalnum, text_of(token))) for token in old[step.old_from : step.old_to])
    shore = min(before.size, after.size)
    return size <= _ISLAND and shore >= _SHORE * max(size, 1) and _is_replaced(before, after)


def _is_replaced(*changes: Step) -> bool:
    """Words both came and went: where they only came, or only went, the words between are no hindrance."""
    return any(s.old_to > s.old_from for s in changes) and any(s.new_to > s.new_from for s in changes)
