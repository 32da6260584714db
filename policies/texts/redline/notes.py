"""What a redline says in words: of lines that are something else now, of words that look otherwise, of tables."""

from collections.abc import Iterator
from itertools import groupby

from policies.texts.document import LINE_BREAK, Runs
from policies.texts.redline.model import AnyChange, LineChange, OneSided, Piece, Place, TableChange, TablePart

_KINDS = {
    "paragraph": "a paragraph",
    "bullet": "a bullet",
    "clause": "a numbered clause",
    "term": "a defined term",
    "meaning": "the meaning of a term",
    "question": "a question among the key facts",
    "answer": "an answer among the key facts",
    "notice": "a paragraph in a box",
    "notice-heading": "the heading of a box",
    "contact": "a line of contact details",
}


_ONE_SIDED: tuple[tuple[OneSided, str], ...] = (("inserted", "added"), ("deleted", "removed"))
_PARTS: tuple[TablePart, ...] = ("column", "row")


def notes_on(change: AnyChange) -> list[str]:
    """Return what happened to a line or a table beside its words: each a few words that begin in lower case."""
    if change.op != "changed":
        return []
    return [*(_table_notes(change) if isinstance(change, TableChange) else _line_notes(change))]


def _line_notes(line: LineChange) -> Iterator[str]:
    if line.joint == "split":
        yield f"is {_KINDS[line.kind]} of its own now, was part of the text above"
    elif line.joint == "joined":
        yield "is part of the text above now"
    elif line.old and line.new:
        yield from _place_notes(line.old, line.new)


def _place_notes(old: Place, new: Place) -> Iterator[str]:
    if old.kind != new.kind:
        yield f"is {_KINDS[new.kind]} now, was {_named(old)}"
    elif old.depth != new.depth:
        levels = abs(new.depth - old.depth)
        number = f", was {old.label}" if old.label != new.label else ""
        yield f"is {_levels(levels)} further {'in' if new.depth > old.depth else 'out'} now{number}"
    yield from language_notes(old.lang, new.lang)


def _named(place: Place) -> str:
    return place.label if place.kind == "clause" and place.label else _KINDS[place.kind]


def _levels(number: int) -> str:
    return "one level" if number == 1 else f"{number} levels"


def language_notes(old: str, new: str) -> Iterator[str]:
    """Yield that a text is marked as in another language; empty is the language around it."""
    if old != new:
        yield f"language marked as {new or 'that of the text around it'}, was {old or 'that of the text around it'}"


def _table_notes(table: TableChange) -> Iterator[str]:
    for op, word in _ONE_SIDED:
        for what in _PARTS:
            if count := table.count(what, op):
                yield f"{count} {what}{'s' if count > 1 else ''} {word}"
    yield from language_notes(table.old_lang, table.lang)


def looks_of(piece: Piece) -> list[str]:
    """Return what is different about words that stayed: their link, their emphasis, what is before them."""
    old, new = piece.before, piece.runs
    found = [*_separator_notes(old, new), *_link_notes(_links(old), _links(new))]
    found += _switched("bold", any(run.strong for run in old), any(run.strong for run in new))
    found += _switched("italic", any(run.emphasis for run in old), any(run.emphasis for run in new))
    return found or ["emphasis inside the word changed"]


def _separator_notes(old: Runs, new: Runs) -> Iterator[str]:
    before, now = _separator(old), _separator(new)
    if before == now:
        return
    if LINE_BREAK in (before, now):
        yield "starts a new line now" if now == LINE_BREAK else "no longer starts a new line"
    else:
        yield "space before it added" if now else "space before it removed"


def _separator(runs: Runs) -> str:
    first = runs[0].text[:1] if runs else ""
    return first if first in (" ", LINE_BREAK) else ""


def _links(runs: Runs) -> list[str]:
    """Return where the words lead, one after the other; nothing for words that lead nowhere."""
    words = (run.href for run in runs if run.text.strip())
    return [href for href, _ in groupby(words)]


def _link_notes(old: list[str], new: list[str]) -> Iterator[str]:
    if old == new:
        return
    before, now = " and ".join(filter(None, old)), " and ".join(filter(None, new))
    if before and now:
        yield f"link changed from {before} to {now}" if before != now else f"other words of it link to {now}"
    else:
        yield f"link added to {now}" if now else f"link removed, it led to {before}"


def _switched(name: str, old: bool, new: bool) -> list[str]:
    return [] if old == new else [f"{name} now" if new else f"no longer {name}"]
