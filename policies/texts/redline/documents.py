"""Two documents compared, and either one read back out of the redline."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from policies.texts.document import Block, Document, Line, Run, Runs, Section, inline
from policies.texts.document.lines import joined_cells
from policies.texts.redline.items import items
from policies.texts.redline.model import AnyChange, LineChange, Piece, Redline, RowChange, SectionChange, TableChange
from policies.texts.redline.paired_lines import compare_lines
from policies.texts.redline.pieces import compare_words
from policies.texts.redline.sections import Place, align

_NOWHERE = Section((), ())


def compare(old: Document, new: Document) -> Redline:
    """Return what changed from old to new. Leaving out what was inserted gives old, leaving out the deleted new."""
    title = compare_words(inline(old.title), inline(new.title))
    preamble = SectionChange((), _changes(old.preamble, None, new.preamble, None))
    sections = tuple(_section(old.sections, new.sections, place) for place in align(old.sections, new.sections))
    pieces = [*title, *chain.from_iterable(section.words for section in (preamble, *sections))]
    return Redline(
        title,
        preamble,
        sections,
        inserted=_words(pieces, "inserted"),
        deleted=_words(pieces, "deleted"),
        restyled=sum(piece.op == "restyled" for piece in pieces),
        old_lang=old.lang,
        lang=new.lang,
    )


def old_lines(redline: Redline) -> Iterator[Line]:
    """Yield the old document's lines, rebuilt from the redline, as `document_lines` gives them but for references."""
    return _side(redline, old=True)


def new_lines(redline: Redline) -> Iterator[Line]:
    """Yield the new document's lines, rebuilt from the redline."""
    return _side(redline, old=False)


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
) -> tuple[AnyChange, ...]:
    return tuple(compare_lines([*items(old, old_number)], [*items(new, new_number)]))


def _words(pieces: list[Piece], op: str) -> int:
    return sum(piece.words for piece in pieces if piece.op == op)


def _side(redline: Redline, *, old: bool) -> Iterator[Line]:
    yield Line("title", _runs(redline.title, old=old))
    yield from _section_lines(redline.preamble, old=old)
    numbers = ((section.old_number if old else section.new_number, section) for section in redline.sections)
    standing = [(number, section) for number, section in numbers if number is not None]
    for number, section in sorted(standing, key=lambda item: item[0]):
        yield Line("heading", _runs(section.heading, old=old), f"{number}.")
        yield from _section_lines(section, old=old)


def _section_lines(section: SectionChange, *, old: bool) -> Iterator[Line]:
    left_out = "inserted" if old else "deleted"
    goes_on = "split" if old else "joined"
    pending: list[LineChange] = []
    for line in section.lines:
        if isinstance(line, LineChange) and line.joint == goes_on:
            pending.append(line)
            continue
        yield from _joined(pending, old=old)
        pending = []
        if line.op == left_out:
            continue
        if isinstance(line, LineChange):
            pending = [line]
        else:
            yield from _table_lines(line, old=old)
    yield from _joined(pending, old=old)


def _joined(lines: Sequence[LineChange], *, old: bool) -> Iterator[Line]:
    """Yield the line that several lines of the redline are in one text."""
    if not lines:
        return
    place = lines[0].old if old else lines[0].new
    runs = (run for line in lines for run in (Run(line.glue), *_runs(line.pieces, old=old)))
    if place is not None:
        yield Line(place.kind, inline(*runs), place.label, place.depth)


def _table_lines(table: TableChange, *, old: bool) -> Iterator[Line]:
    left_out = "inserted" if old else "deleted"
    if caption := _runs(table.caption, old=old):
        yield Line("caption", caption)
    yield _row_line("table-header", table.header, table, old=old)
    for row in table.rows:
        if row.op != left_out:
            yield _row_line("row", row, table, old=old)


def _row_line(kind: str, row: RowChange, table: TableChange, *, old: bool) -> Line:
    left_out = "inserted" if old else "deleted"
    standing = (cell for cell, op in zip(row.cells, table.columns, strict=True) if op != left_out)
    cells = tuple(_runs(cell.pieces, old=old) for cell in standing)
    return Line(kind, joined_cells(cells), cells=cells)


def _runs(pieces: Iterable[Piece], *, old: bool) -> Runs:
    return inline(*chain.from_iterable(piece.side(old=old) for piece in pieces))
