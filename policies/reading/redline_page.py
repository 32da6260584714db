"""A redline laid out for a page: the places to stop at, numbered, and the list of what changed that leads to them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, groupby

from django.utils.translation import gettext, ngettext, ngettext_lazy

from accounts.values.wording import Words, counted
from policies.texts.redline import AnyChange, Fold, Piece, Redline, SectionChange, TableChange
from policies.texts.redline.model import OneSided, TablePart

_WORDS: dict[OneSided, Words] = {
    "inserted": ngettext_lazy("%(number)s word added", "%(number)s words added", "how_many"),
    "deleted": ngettext_lazy("%(number)s word removed", "%(number)s words removed", "how_many"),
}
_TABLES: dict[OneSided, Words] = {
    "inserted": ngettext_lazy("%(number)s table added", "%(number)s tables added", "how_many"),
    "deleted": ngettext_lazy("%(number)s table removed", "%(number)s tables removed", "how_many"),
}
PARTS: dict[OneSided, dict[TablePart, Words]] = {
    "inserted": {
        "column": ngettext_lazy("%(number)s column added", "%(number)s columns added", "how_many"),
        "row": ngettext_lazy("%(number)s row added", "%(number)s rows added", "how_many"),
    },
    "deleted": {
        "column": ngettext_lazy("%(number)s column removed", "%(number)s columns removed", "how_many"),
        "row": ngettext_lazy("%(number)s row removed", "%(number)s rows removed", "how_many"),
    },
}


@dataclass(frozen=True, slots=True)
class Row:
    """A line, a table or a fold of the redline. `stop` is the number of the change that begins here, if one does."""

    change: AnyChange | Fold
    stop: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The title, what stands before section 1, or a section."""

    section: SectionChange
    address: str
    stop: int | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Sections that follow each other and all changed, or all did not."""

    unchanged: bool
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of what changed: what it leads to, what that is called, and what happened to it."""

    address: str
    label: str
    name: str
    what: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RedlinePage:
    title: Part | None
    preamble: Part | None
    groups: tuple[Group, ...]
    entries: tuple[Entry, ...]
    stops: int


def lay_out_redline(redline: Redline) -> RedlinePage:
    """Group the sections of a redline for its page, number its stops, and list what changed."""
    numbers = count(1)
    title = (
        Part(SectionChange(redline.title, ()), "redline_title_part", next(numbers), ())
        if redline.title_changed
        else None
    )
    preamble = _part(redline.preamble, "redline_preamble", numbers) if redline.preamble.changed else None
    parts = [_part(section, _address(section), numbers) for section in redline.sections]
    groups = groupby(parts, key=lambda part: part.section.unchanged)
    return RedlinePage(
        title,
        preamble,
        tuple(Group(unchanged, tuple(group)) for unchanged, group in groups),
        tuple(_entries(title, preamble, parts)),
        next(numbers) - 1,
    )


def _address(section: SectionChange) -> str:
    return f"redline_removed_{section.old_number}" if section.removed else f"redline_{section.new_number}"


def _part(section: SectionChange, address: str, numbers: Iterator[int]) -> Part:
    """Return a section with its stops: one where it changed as a whole, else one for each stretch that did."""
    if section.added or section.removed:
        return Part(section, address, next(numbers), tuple(map(Row, section.lines)))
    heading_changed = section.moved or any(piece.op != "same" for piece in section.heading)
    stop = next(numbers) if heading_changed else None
    return Part(section, address, stop, tuple(_rows(section.folded, numbers)))


def _rows(changes: Iterable[AnyChange | Fold], numbers: Iterator[int]) -> Iterator[Row]:
    goes_on = False
    for change in changes:
        is_change = change.op not in ("same", "folded")
        yield Row(change, next(numbers) if is_change and not goes_on else None)
        goes_on = is_change


def _entries(title: Part | None, preamble: Part | None, parts: Iterable[Part]) -> Iterator[Entry]:
    if title:
        yield Entry(title.address, "", gettext("Title"), tuple(_word_counts(title.section.words)))
    if preamble:
        yield Entry(preamble.address, "", gettext("Before section 1"), tuple(_what(preamble.section)))
    for part in parts:
        section = part.section
        if not section.unchanged:
            number = section.old_number if section.removed else section.new_number
            name = "".join(piece.text for piece in section.heading if section.removed or piece.op != "deleted")
            yield Entry(part.address, f"{number}.", name.strip(), tuple(_what(section)))


def _what(section: SectionChange) -> Iterator[str]:
    """Yield what happened to a section, in a few words each."""
    if section.added or section.removed:
        words = sum(piece.words for piece in section.words)
        if section.added:
            yield counted(words, ngettext("added, %(number)s word", "added, %(number)s words", words))
        else:
            yield counted(words, ngettext("removed, %(number)s word", "removed, %(number)s words", words))
        return
    if section.moved:
        yield gettext("moved, was section %(number)s") % {"number": section.old_number}
    yield from _word_counts(section.words)
    yield from _table_counts(section)
    reshaped = sum(line.op == "changed" and line.is_reshaped for line in section.lines)
    if reshaped:
        yield counted(reshaped, ngettext("%(number)s line set otherwise", "%(number)s lines set otherwise", reshaped))


def _word_counts(pieces: Iterable[Piece]) -> Iterator[str]:
    found = [*pieces]
    for op, said in _WORDS.items():
        if words := sum(piece.words for piece in found if piece.op == op):
            yield counted(words, said)
    if places := sum(piece.op == "restyled" for piece in found):
        restyled = ngettext("%(number)s link or emphasis changed", "%(number)s links or emphases changed", places)
        yield counted(places, restyled)


def _table_counts(section: SectionChange) -> Iterator[str]:
    tables = [line for line in section.lines if isinstance(line, TableChange)]
    for op, said in _TABLES.items():
        if whole := len([table for table in tables if table.op == op]):
            yield counted(whole, said)
        for what, parts in PARTS[op].items():
            if number := sum(table.count(what, op) for table in tables):
                yield counted(number, parts)
