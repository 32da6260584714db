"""Detects whether plain text is wrapped at a column or has one paragraph per line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from policies.texts.importing.marks import marks_of

NARROWEST = 50
WIDEST = 100
_FEWEST_PAIRS = 3


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line with words. `is_apart` means that an empty line, a rule or nothing precedes it."""

    text: str
    indent: int
    is_apart: bool

    @property
    def width(self) -> int:
        return self.indent + len(self.text)


def wrapped_at(lines: Sequence[TextLine]) -> int | None:
    """Return the column at which lines are wrapped, or None if every line end ends a paragraph.

    Text counts as wrapped if nearly all lines are at most 100 wide, and most lines directly above another line (list
    items aside) neither end a sentence nor had room for its first word.
    """
    widths = sorted(line.width for line in lines)
    column = widths[int(0.97 * (len(widths) - 1))] if widths else 0
    if not NARROWEST <= column <= WIDEST:
        return None
    pairs = [(above, below) for above, below in pairwise(lines) if not (below.is_apart or marks_of(below.text))]
    wrapped = sum(_is_cut(above, below, column) for above, below in pairs)
    return column if wrapped >= _FEWEST_PAIRS and wrapped > 0.5 * len(pairs) else None


def _is_cut(above: TextLine, below: TextLine, column: int) -> bool:
    return above.text[-1] not in ".;:?!" and had_no_room(above, below, column)


def had_no_room(above: TextLine, below: TextLine, column: int) -> bool:
    """Return whether the first word of a line would not have fitted on the line above."""
    return above.width + 1 + len(below.text.split(" ", 1)[0]) > column
