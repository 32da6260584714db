"""Two plain texts compared word by word: a pasted one against a version's."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from policies.texts.document import Run
from policies.texts.redline.matching import steps
from policies.texts.redline.model import Piece, WordOp
from policies.texts.redline.readable import readable

_SPACE = re.compile(r"(\s+)")


def compare_texts(old_text: str, new_text: str) -> tuple[Piece, ...]:
    """Return the words of both texts in order; line ends and indents stay in the pieces but are not compared.

    Time and size grow with the length of the texts, whatever they hold: a text of 2 MB takes well under a second.
    """
    old, new = _SPACE.split(old_text.strip()), _SPACE.split(new_text.strip())
    old_words, new_words = old[::2], new[::2]
    return tuple(_apart(_pieces(old, new, old_words, new_words)))


def _pieces(old: list[str], new: list[str], old_words: list[str], new_words: list[str]) -> Iterator[Piece]:
    for same, old_from, old_to, new_from, new_to in readable(steps(old_words, new_words), old_words, new_words):
        if not same:
            yield from _piece("deleted", old, old_from, old_to)
        yield from _piece("same" if same else "inserted", new, new_from, new_to)


def _piece(op: WordOp, parts: Sequence[str], start: int, end: int) -> Iterator[Piece]:
    """Yield the words from `start` to `end` with the space before each: every other part is space."""
    if text := "".join(parts[max(2 * start - 1, 0) : 2 * end - 1] if end > start else ()):
        yield Piece(op, (Run(text),))


def _apart(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Keep the first word of a text apart from what the other has before it."""
    yield from islice(pieces, 1)
    for piece in pieces:
        yield piece if piece.text[0].isspace() else Piece(piece.op, (Run(f" {piece.text}"),))
