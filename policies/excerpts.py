"""Differences between two long texts, cut down to what a person reads: the changes with a few words around them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from policies.document import Run
from policies.redline import Piece

# Words shown of what stayed (at either end) and of what came or went; pieces shown in all.
_AROUND = 12
_MOST_WORDS = 200
_MOST_PIECES = 400


@dataclass(frozen=True, slots=True)
class Excerpts:
    pieces: tuple[Piece, ...]
    inserted: int
    deleted: int
    is_whole: bool


def excerpts(pieces: tuple[Piece, ...]) -> Excerpts:
    shown = tuple(islice(_shortened(pieces), _MOST_PIECES))
    inserted, deleted = (sum(p.words for p in pieces if p.op == op) for op in ("inserted", "deleted"))
    return Excerpts(shown, inserted, deleted, len(pieces) <= _MOST_PIECES)


def _shortened(pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        words = piece.text.split()
        if piece.op == "same" and len(words) > 2 * _AROUND:
            yield _piece(piece, f" {' '.join(words[:_AROUND])} […] {' '.join(words[-_AROUND:])}")
        elif len(words) > _MOST_WORDS:
            yield _piece(piece, f" {' '.join(words[:_MOST_WORDS])} [… {len(words) - _MOST_WORDS:,} more words]")
        else:
            yield piece


def _piece(piece: Piece, text: str) -> Piece:
    return Piece(piece.op, (Run(text),))
