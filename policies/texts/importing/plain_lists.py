"""Builds nested lists from marked lines of plain text."""

from collections.abc import Callable
from dataclasses import dataclass, field

from policies.texts.importing.marks import Mark
from policies.texts.markup import Node

_DEEPEST = 8


@dataclass(slots=True)
class Level:
    """An open list: its indent, the style and value of its last mark, its node and last item."""

    indent: int
    style: str
    value: int
    node: Node
    item: Node


@dataclass(slots=True)
class OpenLists:
    """The open lists that the next line may continue, outermost first."""

    levels: list[Level] = field(default_factory=list)
    # The last value of each style at the outermost level of this section: a list may continue after a paragraph.
    reached: dict[str, int] = field(default_factory=dict)

    def close(self) -> None:
        self.levels.clear()

    def forget(self) -> None:
        """Close all lists at the end of a section."""
        self.close()
        self.reached.clear()

    def take(
        self, marks: list[Mark], indent: int, section: int, goes_on: Callable[[Mark], bool]
    ) -> tuple[Mark, Node, Node | None] | None:
        """Return the chosen mark, the new item, and the new outermost list, if there is one.

        Returns None if the line is not an item because its number does not continue or begin a list.

        Args:
            goes_on: tells whether the next item follows later in the text. Only then may a doubtful mark
                ("A. Smith signs", "1.5 hours") begin a list.
        """
        for mark in marks:
            if level := self._level_with_next(mark, indent, tolerance=1):
                return mark, self._add(level, mark), None
        for mark in marks:
            if self._may_start(mark, section) and (mark.is_sure or goes_on(mark)):
                return self._start(mark, indent)
        for mark in marks:
            if level := self._level_with_next(mark, indent, tolerance=None):
                return mark, self._add(level, mark), None
        return None

    def item_at(self, indent: int) -> Node | None:
        """Return the item that an unmarked line belongs to, by its indent."""
        return next((level.item for level in reversed(self.levels) if indent >= level.indent + 2), None)

    def _level_with_next(self, mark: Mark, indent: int, tolerance: int | None) -> Level | None:
        for level in reversed(self.levels):
            is_near = tolerance is None or abs(indent - level.indent) <= tolerance
            if level.style == mark.style and is_near and mark.value in (0, level.value + 1):
                return level
        return None

    def _add(self, level: Level, mark: Mark) -> Node:
        del self.levels[self.levels.index(level) + 1 :]
        level.item, level.value = Node("li", {"typed": mark.label}), mark.value
        level.node.children.append(level.item)
        self._reach(mark)
        return level.item

    def _may_start(self, mark: Mark, section: int) -> bool:
        if mark.above and (mark.above[0] != section or len(mark.above) > len(self.levels) + 1):
            return False
        return mark.value in (0, 1) or mark.value == self.reached.get(mark.style, 0) + 1

    def _start(self, mark: Mark, indent: int) -> tuple[Mark, Node, Node | None] | None:
        while self.levels and not self._is_below(mark, indent):
            self.levels.pop()
        if len(self.levels) >= _DEEPEST:
            return None
        item = Node("li", {"typed": mark.label})
        node = Node("ul" if mark.style == "bullet" else "ol", children=[item])
        outermost = not self.levels
        if not outermost:
            self.levels[-1].item.children.append(node)
        self.levels.append(Level(indent, mark.style, mark.value, node, item))
        self._reach(mark)
        return mark, item, node if outermost else None

    def _is_below(self, mark: Mark, indent: int) -> bool:
        """Return whether a new list is inside the innermost item: indented more, or equally with another mark."""
        top = self.levels[-1]
        other_mark = mark.style not in {level.style for level in self.levels}
        return indent > top.indent + 1 or (indent >= top.indent - 1 and other_mark)

    def _reach(self, mark: Mark) -> None:
        if len(self.levels) == 1 and mark.value:
            self.reached[mark.style] = mark.value
