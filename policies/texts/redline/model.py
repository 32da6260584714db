"""What a redline is made of, in the order in which a template reads it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from typing import Literal, NamedTuple

from policies.texts.document import Runs
from policies.texts.redline.words import count_words

WordOp = Literal["same", "inserted", "deleted", "restyled"]
LineOp = Literal["same", "inserted", "deleted", "changed"]
OneSided = Literal["inserted", "deleted"]
ColumnOp = Literal["same", "inserted", "deleted"]
Joint = Literal["", "split", "joined"]
TablePart = Literal["column", "row"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, were added or removed together, or stayed and look otherwise ("restyled").

    What separates two words stands at the start of the later piece. `before` is how restyled words looked.
    """

    op: WordOp
    runs: Runs
    before: Runs = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def words(self) -> int:
        """Count words; a lone comma counts as one, since it can change what a sentence means."""
        return count_words(self.text)

    def side(self, *, old: bool) -> Runs:
        """Return what the old or the new text has here."""
        if self.op == ("inserted" if old else "deleted"):
            return ()
        return self.before if old and self.op == "restyled" else self.runs


Pieces = tuple[Piece, ...]


class Place(NamedTuple):
    """What a line is in one of the texts: its kind, the number or mark in front, its depth, its language."""

    kind: str
    label: str = ""
    depth: int = 0
    lang: str = ""

    def is_like(self, other: "Place") -> bool:
        """Whether all is the same but the number, which only counts."""
        return self.kind == other.kind and self.depth == other.depth and self.lang == other.lang


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line of one text or of both.

    `old` and `new` say what the line is in each text; None where no line of that text begins here. `joint` says how
    the line belongs to the one above it: "split" when it was part of that one in the old text, "joined" when it is
    part of it in the new one; `glue` is what separates the two there.
    """

    op: LineOp
    pieces: Pieces
    old: Place | None
    new: Place | None
    joint: Joint = ""
    glue: str = ""

    @property
    def place(self) -> Place:
        place = self.new or self.old
        assert place is not None  # noqa: S101  (a line stands in one text at least)
        return place

    @property
    def kind(self) -> str:
        return self.place.kind

    @property
    def depth(self) -> int:
        return self.place.depth

    @property
    def lang(self) -> str:
        return self.place.lang

    @property
    def label(self) -> str:
        return self.place.label

    @property
    def old_label(self) -> str:
        return self.old.label if self.old else ""

    @property
    def is_reshaped(self) -> bool:
        """The line is of another kind, depth or language than before, or was split or joined."""
        if self.joint:
            return True
        return self.old is not None and self.new is not None and not self.old.is_like(self.new)

    @property
    def is_relabelled(self) -> bool:
        """The line has another number than before. That alone is no change of its words."""
        return self.old is not None and self.new is not None and self.old.label != self.new.label

    @property
    def words(self) -> Pieces:
        return self.pieces


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of one table or of both; "none" where a removed row meets an added column, or the other way round."""

    op: Literal["same", "inserted", "deleted", "changed", "none"]
    pieces: Pieces = ()


@dataclass(frozen=True, slots=True)
class RowChange:
    op: LineOp
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table of one text or of both: all columns and rows of either, the removed ones where they stood."""

    op: LineOp
    caption: Pieces
    columns: tuple[ColumnOp, ...]
    header: RowChange
    rows: tuple[RowChange, ...]
    old_lang: str = ""
    lang: str = ""
    kind: str = "table"
    depth: int = 0

    @property
    def words(self) -> Pieces:
        cells = (cell.pieces for row in (self.header, *self.rows) for cell in row.cells)
        return (*self.caption, *chain.from_iterable(cells))

    @property
    def is_reshaped(self) -> bool:
        return self.op == "changed" and self.old_lang != self.lang

    def count(self, what: TablePart, op: OneSided) -> int:
        """Return how many columns, or rows, were inserted or deleted in a table that stayed."""
        if self.op != "changed":
            return 0
        return sum(found == op for found in (self.columns if what == "column" else [row.op for row in self.rows]))


AnyChange = LineChange | TableChange


@dataclass(frozen=True, slots=True)
class Fold:
    """Unchanged lines that a reader may want to skip."""

    lines: tuple[AnyChange, ...]
    op: str = "folded"
    kind: str = "fold"

    @property
    def count(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section of one text or of both; the preamble has no numbers. One can be moved and changed at once."""

    heading: Pieces
    lines: tuple[AnyChange, ...]
    old_number: int | None = None
    new_number: int | None = None
    anchor: str = ""
    moved: bool = False

    @property
    def added(self) -> bool:
        return self.old_number is None and self.new_number is not None

    @property
    def removed(self) -> bool:
        return self.old_number is not None and self.new_number is None

    @property
    def changed(self) -> bool:
        """Something in it changed while it stood in both texts."""
        return not (self.added or self.removed) and (
            has_changes(self.heading) or any(line.op != "same" for line in self.lines)
        )

    @property
    def unchanged(self) -> bool:
        """Neither its words nor its place changed; its number may have."""
        return not (self.added or self.removed or self.moved or self.changed)

    @property
    def renumbered(self) -> bool:
        return not (self.added or self.removed) and self.old_number != self.new_number

    @property
    def folded(self) -> tuple[AnyChange | Fold, ...]:
        """The lines with long unchanged stretches folded away, each change with one line around it."""
        return tuple(fold(self.lines))

    @property
    def words(self) -> Iterator[Piece]:
        """The words of all that changed."""
        yield from self.heading
        for line in self.lines:
            if line.op != "same":
                yield from line.words


@dataclass(frozen=True, slots=True)
class Redline:
    """Two documents side by side: sections in new order, removed ones where they stood.

    `inserted` and `deleted` count words, `restyled` the places where words look otherwise.
    """

    title: Pieces
    preamble: SectionChange
    sections: tuple[SectionChange, ...]
    inserted: int
    deleted: int
    restyled: int = 0
    old_lang: str = ""
    lang: str = ""

    @property
    def changed_sections(self) -> int:
        return sum(section.changed for section in self.sections)

    @property
    def added_sections(self) -> int:
        return sum(section.added for section in self.sections)

    @property
    def removed_sections(self) -> int:
        return sum(section.removed for section in self.sections)

    @property
    def moved_sections(self) -> int:
        return sum(section.moved for section in self.sections)

    @property
    def title_changed(self) -> bool:
        return has_changes(self.title)

    @property
    def is_empty(self) -> bool:
        """Nothing differs that a reader sees. How lines are grouped into lists and boxes is not looked at."""
        unchanged = not (self.title_changed or self.preamble.changed) and all(s.unchanged for s in self.sections)
        return unchanged and self.old_lang == self.lang


def has_changes(pieces: Iterable[Piece]) -> bool:
    return any(piece.op != "same" for piece in pieces)


def fold(lines: Sequence[AnyChange], context: int = 1) -> Iterator[AnyChange | Fold]:
    """Yield the lines, but for stretches of two or more that are further than `context` lines from any change."""
    near = set[int]()
    for number, line in enumerate(lines):
        if line.op != "same":
            near.update(range(number - context, number + context + 1))
    for is_near, stretch in groupby(enumerate(lines), key=lambda item: item[0] in near):
        group = tuple(line for _, line in stretch)
        if is_near or len(group) == 1:
            yield from group
        else:
            yield Fold(group)
