"""Looks ahead in plain text: a doubtful mark counts only if the next of its kind follows."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from policies.texts.importing.headings import LONGEST_HEADING
from policies.texts.importing.marks import Mark, heading_marks, marks_of
from policies.texts.importing.wrapping import TextLine

_ENDS_A_SENTENCE = ".;,:"
# The next item of a list is at most this many lines below.
_REACH = 200


class Outlook:
    """The places of every mark of a text, by its style and value."""

    def __init__(self, lines: Sequence[TextLine]) -> None:
        self._items: dict[tuple[str, tuple[int, ...], int], list[int]] = defaultdict(list)
        self._headings: dict[tuple[str, int], list[int]] = defaultdict(list)
        self._numbered: list[int] = []
        for place, line in enumerate(lines):
            for mark in marks_of(line.text):
                self._items[mark.style, mark.above, mark.value].append(place)
            if looks_like_heading(line):
                marks = heading_marks(line.text)
                for mark in marks:
                    self._headings[mark.style, mark.value].append(place)
                if any(mark.is_sure and mark.style == "number" for mark in marks):
                    self._numbered.append(place)

    def has_next_item(self, place: int, mark: Mark) -> bool:
        """Return whether the next mark begins a line not far below, in the same section."""
        below = self._next(self._items[mark.style, mark.above, mark.value + 1], place)
        heading = self._next(self._numbered, place)
        return below is not None and below <= place + _REACH and (heading is None or below < heading)

    def has_next_heading(self, place: int, mark: Mark) -> bool:
        """Return whether the next mark begins a heading below."""
        return self._next(self._headings[mark.style, mark.value + 1], place) is not None

    def _next(self, places: list[int], place: int) -> int | None:
        later = bisect_right(places, place)
        return places[later] if later < len(places) else None


def looks_like_heading(line: TextLine) -> bool:
    """Return whether a line begins at the first column, stands alone or in capitals, and is not a sentence."""
    stands_out = line.text.isupper() or (line.is_apart and line.text[-1] not in _ENDS_A_SENTENCE)
    return stands_out and not line.indent and len(line.text) <= LONGEST_HEADING
