"""Two lines compared word by word, with their styles and the spaces between."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from policies.texts.document import Run, Runs
from policies.texts.redline.matching import Step, steps
from policies.texts.redline.model import Piece, WordOp
from policies.texts.redline.readable import Style, Token, readable, text_of

_PLAIN: Style = (False, False, "")
# A word keeps the stops inside it (4.3, plum.example, e.g) and lets go of those after it.
_TOKEN = re.compile(r" ?[^ .,;:!?)]+(?:[.,;:!?)]+[^ .,;:!?)]+)*| ?[.,;:!?)]+")
# Two lines with less in common than this (both counted) are easier to read one after the other.
_LEAST_COMMON = 0.4


def tokens(runs: Runs) -> list[Token]:
    """Return the words, each with its style. The first has a space before it like any other."""
    found: list[Token] = []
    space = " "
    for run in runs:
        text = space + run.text
        space = " " if text.endswith(" ") else ""
        words = _TOKEN.findall(text)
        style = run.style
        found += words if style == _PLAIN else [(word, style) for word in words]
    return found


def compare_words(old: Runs, new: Runs) -> tuple[Piece, ...]:
    """Return the pieces of a line that is shown once, however much of it changed."""
    if old == new:
        return whole("same", new)
    old_tokens, new_tokens = tokens(old), tokens(new)
    return common_pieces(old_tokens, new_tokens) or whole("deleted", old) + whole("inserted", new)


def common_pieces(old: Sequence[Token], new: Sequence[Token]) -> tuple[Piece, ...]:
    """Return the pieces of two lines, or none when they have too little in common to be shown as one."""
    way = readable(steps(old, new), old, new)
    common = sum(step.size for step in way if step.same)
    if 2 * common < _LEAST_COMMON * (len(old) + len(new)):
        return ()
    return _pieces(way, old, new)


def whole(op: WordOp, runs: Runs) -> tuple[Piece, ...]:
    return (Piece(op, runs),) if runs else ()


def _pieces(way: Iterable[Step], old: Sequence[Token], new: Sequence[Token]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for same, old_from, old_to, new_from, new_to in way:
        if same:
            pieces.append(Piece("same", _runs(new[new_from:new_to])))
            continue
        if old_to > old_from:
            pieces.append(Piece("deleted", _runs(old[old_from:old_to])))
        if new_to > new_from:
            pieces.append(Piece("inserted", _runs(new[new_from:new_to])))
    return _without_first_space(pieces)


def _runs(words: Sequence[Token]) -> Runs:
    """Return words of one piece as runs again; a space before a styled word is plain."""
    try:
        return (Run("".join(words)),)  # type: ignore[arg-type]
    except TypeError:
        runs: list[Run] = []
    plain = ""
    for style, group in groupby(words, key=_style):
        text = "".join(map(text_of, group))
        if style == _PLAIN:
            plain = text
            continue
        if text.startswith(" "):
            plain, text = plain + " ", text[1:]
        runs += [Run(plain), Run(text, *style)] if plain else [Run(text, *style)]
        plain = ""
    return (*runs, Run(plain)) if plain else tuple(runs)


def _style(token: Token) -> Style:
    return _PLAIN if isinstance(token, str) else token[1]


def _without_first_space(pieces: list[Piece]) -> tuple[Piece, ...]:
    if pieces and pieces[0].runs[0].text.startswith(" "):
        first, *rest = pieces[0].runs
        trimmed = Run(first.text[1:], *first.style)
        pieces[0] = Piece(pieces[0].op, (trimmed, *rest) if trimmed.text else tuple(rest))
    return tuple(pieces)
