"""Recognises addresses and unnumbered titles in plain text by their shape."""

from collections.abc import Sequence

from policies.texts.importing.marks import marks_of
from policies.texts.importing.wrapping import TextLine

_LONGEST_LINE = 60
_LONGEST_TITLE = 80
_FEWEST_LINES = 3
_FEWEST_TITLES = 2
_SENTENCE_ENDS = ".;:?!"


def address_lines(lines: Sequence[TextLine]) -> frozenset[int]:
    """Return the places of lines that continue the line above, as in a postal address.

    An address has at least three short lines directly below each other, equally indented, none ending a sentence.
    """
    found: set[int] = set()
    block: list[int] = []
    for place, line in enumerate(lines):
        above = lines[block[-1]] if block else None
        is_short = len(line.text) <= _LONGEST_LINE and not marks_of(line.text)
        if not (is_short and above and not line.is_apart and line.indent == above.indent and _is_open(above)):
            found.update(block[1:] if len(block) >= _FEWEST_LINES else [])
            block = []
        if is_short:
            block.append(place)
    found.update(block[1:] if len(block) >= _FEWEST_LINES else [])
    return frozenset(found)


def _is_open(line: TextLine) -> bool:
    return line.text[-1] not in _SENTENCE_ENDS


def title_lines(lines: Sequence[TextLine]) -> frozenset[int]:
    """Return the places of lines that look like section titles: alone, short, with a paragraph below.

    The first line is the title of the document. A single candidate does not count.
    """
    found = {place for place in range(1, len(lines) - 1) if _is_title(lines, place) and not _is_title(lines, place + 1)}
    return frozenset(found) if len(found) >= _FEWEST_TITLES else frozenset()


def _is_title(lines: Sequence[TextLine], place: int) -> bool:
    """Return whether a line stands alone, is short and does not end a sentence."""
    line = lines[place]
    is_alone = line.is_apart and (place + 1 == len(lines) or lines[place + 1].is_apart)
    begins = line.text[0].isupper() or (line.text[0].isalpha() and not line.text[0].islower())
    is_short = len(line.text) <= _LONGEST_TITLE and line.text[-1] not in ".;:,!"
    return is_alone and not line.indent and begins and is_short and not marks_of(line.text)
