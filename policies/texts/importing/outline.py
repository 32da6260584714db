"""Compares the numbers, letters and nesting of lists in the file with those in the document."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policies.texts.document import Line, letters, roman
from policies.texts.markup import LISTS, Node, Part, runs_of, text_of

_ENOUGH = 40
# An item is searched for within this many lines.
_REACH = 300
_SHAPES = {"a": letters, "A": lambda n: letters(n).upper(), "i": roman, "I": lambda n: roman(n).upper()}
_NAMES = {
    "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I", "decimal": "1",
}  # fmt: skip
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)
_CORE = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Item:
    """A list item in the file. `label` is as shown there, empty for a bullet; `path` includes the labels above."""

    label: str
    path: tuple[str, ...]
    depth: int
    words: str


@dataclass(frozen=True, slots=True)
class Renumbered:
    """An item or heading whose number, letter or level changed. `new` is empty if it has no number now.

    `old_path` holds the parts of the old number as a reference names them: 3, 1, b for 3.1(b). Levels count from 1;
    `new_level` is 0 if the words are no longer in a list.
    """

    where: str
    old: str
    new: str
    text: str
    old_path: tuple[str, ...] = ()
    old_level: int = 0
    new_level: int = 0


def items_of(parts: Iterable[Part], section: tuple[str, ...]) -> Iterator[Item]:
    """Yield the items of all lists in a section, in reading order."""
    for part in parts:
        if isinstance(part, Node) and part.tag in LISTS:
            yield from _items(part, 0, section)
        elif isinstance(part, Node):
            yield from items_of(part.children, section)


def _items(node: Node, depth: int, above: tuple[str, ...]) -> Iterator[Item]:
    step = -1 if "reversed" in node.attrs else 1
    number = _whole(node.attrs.get("start", ""), 1 if step > 0 else sum(item.tag == "li" for item in node.nodes))
    path = above
    for item in node.nodes:
        if item.tag in LISTS:
            yield from _items(item, depth + 1, path)
            continue
        number = _whole(item.attrs.get("value", ""), number)
        label = item.attrs.get("typed", _label(node, number) if node.tag == "ol" else "")
        label = "" if _is_bullet(label) else label
        path = _path(label, above)
        words = " ".join(text_of(runs_of(_own(item))).split())
        if words:
            yield Item(label, path, depth, words)
        number += step
        for below in _lists_in(item):
            yield from _items(below, depth + 1, path)


def parts_of_number(label: str) -> tuple[str, ...]:
    """Return the parts of a number without brackets and full stops: 1(b) gives 1, b."""
    return tuple(core.casefold() for core in _CORE.findall(label))


def _path(label: str, above: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of a number, with those above unless it includes them itself, as 1.2 does."""
    own = parts_of_number(label)
    return own if len(own) > 1 else (*above, *own)


def _is_bullet(label: str) -> bool:
    return not _CORE.search(label)


def _label(node: Node, number: int) -> str:
    style = _STYLE.search(node.attrs.get("style", ""))
    kind = _NAMES.get(style[1].lower(), "1") if style else node.attrs.get("type", "1")
    shape = _SHAPES.get(kind, str) if number > 0 else str
    return f"{shape(number)}."


def _own(item: Node) -> Iterator[Part]:
    """Yield the parts of an item before its first nested list."""
    for part in item.children:
        if isinstance(part, Node) and (part.tag in LISTS or any(node.tag in LISTS for node in part.walk())):
            return
        yield part


def _lists_in(item: Node) -> Iterator[Node]:
    for node in item.nodes:
        if node.tag in LISTS:
            yield node
        else:
            yield from _lists_in(node)


def _whole(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text.strip()) else default


def renumbered(items: Sequence[Item], lines: Sequence[Line], where: str) -> Iterator[Renumbered]:
    """Yield the items of a section whose number, kind or level differs from the file.

    Args:
        items: as the file has them.
        lines: those of the section in the document.
        where: names the section.
    """
    shown = [line for line in lines if line.kind in ("clause", "bullet")]
    at = 0
    for item in items:
        found = _place(item, shown, at)
        at = at if found is None else found + 1
        line = shown[found] if found is not None else None
        if line is None and item.label:
            yield Renumbered(where, item.label, "", item.words, item.path, item.depth + 1, 0)
        elif line and (not _is_same(item, line) or line.depth != item.depth):
            new = "" if line.kind == "bullet" else line.reference or line.label
            yield Renumbered(where, item.label, new, item.words, item.path, item.depth + 1, line.depth + 1)


def _place(item: Item, lines: Sequence[Line], start: int) -> int | None:
    for place in range(start, min(len(lines), start + _REACH)):
        words = " ".join(text_of(lines[place].runs).split())
        if words and (words.startswith(item.words[:_ENOUGH]) or item.words.startswith(words[:_ENOUGH])):
            return place
    return None


def _is_same(item: Item, line: Line) -> bool:
    """Return whether number or letter are the same, whatever the brackets and full stops."""
    return parts_of_number(item.label) == parts_of_number(line.label if line.kind == "clause" else "")
