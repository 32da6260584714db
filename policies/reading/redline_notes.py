"""What a redline says in words: of lines that are something else now, of words that look otherwise, of tables."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.values.wording import Words, counted, joined_by_and
from policies.reading.redline_page import PARTS
from policies.texts.document import LINE_BREAK, Runs
from policies.texts.redline.model import AnyChange, LineChange, Piece, Place, TableChange

_KINDS: dict[str, Words] = {
    "paragraph": _("a paragraph"),
    "bullet": _("a bullet"),
    "clause": _("a numbered clause"),
    "term": _("a defined term"),
    "meaning": _("the meaning of a term"),
    "question": _("a question among the key facts"),
    "answer": _("an answer among the key facts"),
    "notice": _("a paragraph in a box"),
    "notice-heading": _("the heading of a box"),
    "contact": _("a line of contact details"),
}
BOLD: tuple[Words, Words] = (_("bold now"), _("no longer bold"))
ITALIC: tuple[Words, Words] = (_("italic now"), _("no longer italic"))


def notes_on(change: AnyChange) -> list[str]:
    """Return what happened to a line or a table beside its words: each a few words that begin in lower case."""
    if change.op != "changed":
        return []
    return [*(_table_notes(change) if isinstance(change, TableChange) else _line_notes(change))]


def _line_notes(line: LineChange) -> Iterator[str]:
    if line.joint == "split":
        yield gettext("is %(kind)s of its own now, was part of the text above") % {"kind": _KINDS[line.kind]}
    elif line.joint == "joined":
        yield gettext("is part of the text above now")
    elif line.old and line.new:
        yield from _place_notes(line.old, line.new)


def _place_notes(old: Place, new: Place) -> Iterator[str]:
    if old.kind != new.kind:
        yield gettext("is %(kind)s now, was %(before)s") % {"kind": _KINDS[new.kind], "before": _named(old)}
    elif old.depth != new.depth:
        levels = _levels(new.depth - old.depth)
        stayed = old.label == new.label
        yield levels if stayed else gettext("%(levels)s, was %(label)s") % {"levels": levels, "label": old.label}
    yield from language_notes(old.lang, new.lang)


def _named(place: Place) -> str:
    return place.label if place.kind == "clause" and place.label else str(_KINDS[place.kind])


def _levels(further: int) -> str:
    number = abs(further)
    if further > 0:
        words = ngettext("is one level further in now", "is %(number)s levels further in now", number)
    else:
        words = ngettext("is one level further out now", "is %(number)s levels further out now", number)
    return counted(number, words)


def language_notes(old: str, new: str) -> Iterator[str]:
    """Yield that a text is marked as in another language; empty is the language around it."""
    if old != new:
        around = gettext("that of the text around it")
        yield gettext("language marked as %(new)s, was %(old)s") % {"new": new or around, "old": old or around}


def _table_notes(table: TableChange) -> Iterator[str]:
    for op, parts in PARTS.items():
        for what, words in parts.items():
            if count := table.count(what, op):
                yield counted(count, words)
    yield from language_notes(table.old_lang, table.lang)


def looks_of(piece: Piece) -> list[str]:
    """Return what is different about words that stayed: their link, their emphasis, what is before them."""
    old, new = piece.before, piece.runs
    found = [*_separator_notes(old, new), *_link_notes(_links(old), _links(new))]
    found += _switched(BOLD, any(run.strong for run in old), any(run.strong for run in new))
    found += _switched(ITALIC, any(run.emphasis for run in old), any(run.emphasis for run in new))
    return found or [gettext("emphasis inside the word changed")]


def _separator_notes(old: Runs, new: Runs) -> Iterator[str]:
    before, now = _separator(old), _separator(new)
    if before == now:
        return
    if LINE_BREAK in (before, now):
        yield gettext("starts a new line now") if now == LINE_BREAK else gettext("no longer starts a new line")
    else:
        yield gettext("space before it added") if now else gettext("space before it removed")


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
    ends = {"before": joined_by_and([*filter(None, old)]), "now": joined_by_and([*filter(None, new)])}
    if not ends["before"]:
        yield gettext("link added to %(now)s") % ends
    elif not ends["now"]:
        yield gettext("link removed, it led to %(before)s") % ends
    elif ends["before"] != ends["now"]:
        yield gettext("link changed from %(before)s to %(now)s") % ends
    else:
        yield gettext("other words of it link to %(now)s") % ends


def _switched(said: tuple[Words, Words], old: bool, new: bool) -> list[str]:
    return [] if old == new else [str(said[0] if new else said[1])]
