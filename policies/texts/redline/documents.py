"""Two documents compared, and either one read back out of the redline."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from policies.texts.document import Block, Document, Line, Runs, Section, block_lines, inline
from policies.texts.redline.model import LineChange, Piece, Redline, SectionChange
from policies.texts.redline.paired_lines import compare_lines
from policies.texts.redline.sections import Place, align
from policies.texts.redline.words import compare_words

_NOWHERE = Section((), ())


def compare(old: Document, new: Document) -> Redline:
    """Return what changed from old to new. Leaving out what was inserted gives old, leaving out the deleted new."""
    title = compare_words(inline(old.title), inline(new.title))
    preamble = SectionChange((), _changes(old.preamble, None, new.preamble, None))
    sections = tuple(_section(old.sections, new.sections, place) for place in align(old.sections, new.sections))
    pieces = [*title, *chain.from_iterable(map(_pieces, (preamble, *sections)))]
    return Redline(title, preamble, sections, _words(pieces, "inserted"), _words(pieces, "deleted"))


def old_lines(redline: Redline) -> Iterator[Line]:
    """Yield the old document's lines, rebuilt from the redline, as `document_lines` gives them but for references."""
    return _side(redline, "inserted", lambda part: part.old_number, lambda line: line.old_label)


def new_lines(redline: Redline) -> Iterator[Line]:
    """Yield the new document's lines, rebuilt from the redline."""
    return _side(redline, "deleted", lambda part: part.new_number, lambda line: line.label)


def _section(old: Sequence[Section], new: Sequence[Section], place: Place) -> SectionChange:
    before = _NOWHERE if place.old is None else old[place.old]
    now = _NOWHERE if place.new is None else new[place.new]
    old_number, new_number = _number(place.old), _number(place.new)
    heading = compare_words(before.heading, now.heading)
    lines = _changes(before.blocks, old_number, now.blocks, new_number)
    anchor = before.anchor if place.new is None else now.anchor
    return SectionChange(heading, lines, old_number, new_number, anchor, place.moved)


def _number(position: int | None) -> int | None:
    return None if position is None else position + 1


def _changes(
    old: Sequence[Block], old_number: int | None, new: Sequence[Block], new_number: int | None
) -> tuple[LineChange, ...]:
    return tuple(compare_lines([*block_lines(old, old_number)], [*block_lines(new, new_number)]))


def _pieces(section: SectionChange) -> Iterator[Piece]:
    yield from section.heading
    for line in section.lines:
        if line.op != "same":
            yield from line.pieces


def _words(pieces: list[Piece], op: str) -> int:
    return sum(piece.words for piece in pieces if piece.op == op)


def _side(
    redline: Redline,
    left_out: str,
    number: Callable[[SectionChange], int | None],
    label: Callable[[LineChange], str],
) -> Iterator[Line]:
    yield Line("title", _runs(redline.title, left_out))
    yield from _section_lines(redline.preamble, left_out, label)
    standing = [(n, section) for section in redline.sections if (n := number(section)) is not None]
    for count, section in sorted(standing, key=lambda item: item[0]):
        yield Line("heading", _runs(section.heading, left_out), f"{count}.")
        yield from _section_lines(section, left_out, label)


def _section_lines(section: SectionChange, left_out: str, label: Callable[[LineChange], str]) -> Iterator[Line]:
    for line in section.lines:
        if line.op != left_out:
            yield Line(line.kind, _runs(line.pieces, left_out), label(line), line.depth)


def _runs(pieces: Sequence[Piece], left_out: str) -> Runs:
    return inline(*chain.from_iterable(piece.runs for piece in pieces if piece.op != left_out))
