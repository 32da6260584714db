"""Differences between two long texts, cut down to what a person reads: the changes with a few words around them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import ngettext

from accounts.values.wording import counted
from policies.texts.document import Run
from policies.texts.redline import Piece

# Words shown: of what stayed before and after a change, and of what was added or removed. Pieces shown in all.
_AROUND = 12
_MOST_WORDS = 200
_MOST_PIECES = 400

Passage = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Excerpts:
    """The passages with changes, in order; what stayed between two of them is left out."""

    passages: tuple[Passage, ...]
    inserted: int
    deleted: int
    is_whole: bool


def excerpts(pieces: tuple[Piece, ...]) -> Excerpts:
    inserted, deleted = (sum(piece.words for piece in pieces if piece.op == op) for op in ("inserted", "deleted"))
    passages = tuple(filter(_has_changes, _passages(islice(pieces, _MOST_PIECES))))
    return Excerpts(passages, inserted, deleted, len(pieces) <= _MOST_PIECES)


def _has_changes(passage: Passage) -> bool:
    return any(piece.op != "same" for piece in passage)


def _passages(pieces: Iterable[Piece]) -> Iterator[Passage]:
    passage: list[Piece] = []
    for piece in pieces:
        words = piece.text.split()
        if piece.op != "same":
            passage.append(_shortened(piece, words))
        elif len(words) <= 2 * _AROUND:
            passage.append(piece)
        else:
            yield (*passage, _same(f" {' '.join(words[:_AROUND])} …"))
            passage = [_same(f"… {' '.join(words[-_AROUND:])}")]
    yield tuple(passage)


def _shortened(piece: Piece, words: list[str]) -> Piece:
    if len(words) <= _MOST_WORDS:
        return piece
    number = len(words) - _MOST_WORDS
    more = counted(number, ngettext("[and %(number)s more word]", "[and %(number)s more words]", number))
    return Piece(piece.op, (Run(f" {' '.join(words[:_MOST_WORDS])} {more}"),))


def _same(text: str) -> Piece:
    return Piece("same", (Run(text),))
