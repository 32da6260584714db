"""Tells plain text wrapped at a column from text with one paragraph on a line."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

NARROWEST = 50
WIDEST = 100
_FEWEST_PAIRS = 3


class Line(Protocol):
    """What is asked of a line: its length with indent, its words, and whether an empty line is above it."""

    width: int
    text: str
    is_apart: bool


def wrapped_at(lines: Sequence[Line]) -> int | None:
    """Return the column at which lines were wrapped, or None where every line end ends a paragraph.

    Evidence: nearly all lines are at most 100 wide, and wherever a line follows another directly, its first word had
    no room above in most cases.
    """
    widths = sorted(line.width for line in lines)
    column = widths[int(0.97 * (len(widths) - 1))] if widths else 0
    if not NARROWEST <= column <= WIDEST:
        return None
    pairs = [(above, below) for above, below in pairwise(lines) if not below.is_apart]
    full = sum(had_no_room(above, below, column) for above, below in pairs)
    return column if full >= _FEWEST_PAIRS and full > 0.6 * len(pairs) else None


def had_no_room(above: Line, below: Line, column: int) -> bool:
    """Return whether the first word of a line would have stuck out of the line above."""
    return above.width + 1 + len(below.text.split(" ", 1)[0]) > column
