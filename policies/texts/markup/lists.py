"""Lists: ul as bullets, ol as numbered clauses up to three levels."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from policies.texts.document import Block, Bullet, Bullets, Clause, Clauses, Runs
from policies.texts.markup.cleaning import LISTS
from policies.texts.markup.runs import runs_of
from policies.texts.markup.tree import Node, Part

MAX_BULLET_LEVELS = 6
MAX_CLAUSE_LEVELS = 3
_WORDS_OF_AN_ITEM = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"})


@dataclass(slots=True)
class _Entry:
    """An item of a list and the items below it."""

    runs: Runs
    below: list["_Entry"] = field(default_factory=list)


def list_blocks(node: Node, blocks_of: Callable[[Iterable[Part]], Iterator[Block]]) -> Iterator[Block]:
    """Yield the blocks of a list: one as a rule, more where an item holds something that is no list of its kind.

    Numbering goes on over the clauses of a section, so a list may be cut in two without changing a number.
    """
    entries: list[_Entry] = []
    for item in _items(node):
        own, rest = _own_and_rest(item, node.tag)
        entries += _item_entries(own)
        if rest and (others := [*blocks_of(rest)]):
            yield from _list(node.tag, entries)
            yield from others
            entries = []
    yield from _list(node.tag, entries)


def _items(node: Node) -> list[list[Part]]:
    """Return the parts of each item. A list between two items belongs to the one before; loose words are an item."""
    items: list[list[Part]] = []
    is_loose = False
    for part in node.children:
        if items and (_is_list(part) or (is_loose and not _is_block(part))):
            items[-1].append(part)
        elif isinstance(part, Node) or part.strip():
            inside = part.children if isinstance(part, Node) and part.tag == "li" else [part]
            items.append([*_opened(inside)])
            is_loose = not _is_block(part)
    return items


def _opened(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts with the boxes around lists taken away."""
    for part in parts:
        if isinstance(part, Node) and part.tag in _WORDS_OF_AN_ITEM and any(map(_is_list, part.nodes)):
            yield from (" ", *_opened(part.children), " ")
        else:
            yield part


def _own_and_rest(parts: list[Part], tag: str) -> tuple[list[Part], list[Part]]:
    """Cut an item before the first thing that cannot be part of a list of this kind."""
    below = False
    for number, part in enumerate(parts):
        if _is_list(part):
            fits = isinstance(part, Node) and (part.tag == "ol") == (tag == "ol")
            below = True
        else:
            fits = _is_words(part) and (not below or not runs_of([part]))
        if not fits:
            return parts[:number], parts[number:]
    return parts, []


def _item_entries(parts: list[Part]) -> list[_Entry]:
    """Return one entry for an item; words after a list in it become an entry below, to stay in their place."""
    line: list[Part] = []
    entry = _Entry(())
    for part in [*parts, Node("ul")]:
        if isinstance(part, str) or not _is_list(part):
            line.append(part)
            continue
        if runs := runs_of(line):
            entry = _with_words(entry, runs)
        line = []
        entry.below += [below for item in _items(part) for below in _item_entries(item)]
    return [entry] if entry.runs else entry.below


def _with_words(entry: _Entry, runs: Runs) -> _Entry:
    if not entry.runs and not entry.below:
        return _Entry(runs)
    entry.below.append(_Entry(runs))
    return entry


def _is_list(part: Part) -> bool:
    return isinstance(part, Node) and part.tag in LISTS


def _is_block(part: Part) -> bool:
    return isinstance(part, Node) and part.is_block


def _is_words(part: Part) -> bool:
    return not _is_block(part) or (isinstance(part, Node) and part.tag in _WORDS_OF_AN_ITEM)


def _list(tag: str, entries: list[_Entry]) -> Iterator[Block]:
    if entries and tag == "ol":
        yield Clauses(tuple(map(_clause, _levelled(entries, MAX_CLAUSE_LEVELS))))
    elif entries:
        yield Bullets(tuple(map(_bullet, _levelled(entries, MAX_BULLET_LEVELS))))


def _levelled(entries: list[_Entry], levels: int) -> list[_Entry]:
    """Return the entries with what is too deep moved up beside the item it was below."""
    found = []
    for entry in entries:
        below = _levelled(entry.below, max(levels - 1, 1))
        found += [_Entry(entry.runs, below)] if levels > 1 else [_Entry(entry.runs), *below]
    return found


def _bullet(entry: _Entry) -> Bullet:
    return Bullet(entry.runs, tuple(map(_bullet, entry.below)))


def _clause(entry: _Entry) -> Clause:
    return Clause(entry.runs, tuple(map(_clause, entry.below)))
