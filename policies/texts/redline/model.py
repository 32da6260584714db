"""What a redline is made of, in the order in which a template reads it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from policies.texts.document import Runs

WordOp = Literal["same", "inserted", "deleted"]
LineOp = Literal["same", "inserted", "deleted", "changed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stayed, came or went together. Spaces between words stand at the start of the later piece."""

    op: WordOp
    runs: Runs

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def words(self) -> int:
        """Count words; a lone comma counts as one, since it can change what a sentence means."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line of one version or of both. `label` is the new number, or the old one of a deleted line."""

    kind: str
    label: str
    old_label: str
    depth: int
    op: LineOp
    pieces: tuple[Piece, ...]

    @property
    def is_relabelled(self) -> bool:
        """The line has another number than before. That alone is no change of its words."""
        return self.op in ("same", "changed") and self.label != self.old_label


@dataclass(frozen=True, slots=True)
class Fold:
    """Unchanged lines that a reader may want to skip."""

    lines: tuple[LineChange, ...]
    op: str = "folded"

    @property
    def count(self) -> int:
        return len(self.lines)


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section of one version or of both; the preamble has no numbers. One can be moved and changed at once."""

    heading: tuple[Piece, ...]
    lines: tuple[LineChange, ...]
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
        """Its words changed while it stood in both versions."""
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
    def folded(self) -> tuple[LineChange | Fold, ...]:
        """The lines with long unchanged stretches folded away, each change with one line around it."""
        return tuple(fold(self.lines))


@dataclass(frozen=True, slots=True)
class Redline:
    """Two documents side by side: sections in new order, removed ones where they stood; counts in words."""

    title: tuple[Piece, ...]
    preamble: SectionChange
    sections: tuple[SectionChange, ...]
    inserted: int
    deleted: int

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
        """No word, style, line or section differs. How lines are grouped into lists and boxes is not looked at."""
        return not (self.title_changed or self.preamble.changed) and all(s.unchanged for s in self.sections)


def has_changes(pieces: Iterable[Piece]) -> bool:
    return any(piece.op != "same" for piece in pieces)


def fold(lines: Sequence[LineChange], context: int = 1) -> Iterator[LineChange | Fold]:
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
