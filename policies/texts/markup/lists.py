"""Reads lists: ul as bullets, ol as numbered clauses, nested as in the file."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from policies.texts.document import Block, Bullet, Bullets, Clause, Clauses, Item, Runs
from policies.texts.markup.cleaning import LISTS
from policies.texts.markup.runs import runs_of
from policies.texts.markup.tree import Node, Part

# As many as the CMS has: of bullets alone in its rich text, of numbers and of mixed kinds in its blocks.
MAX_BULLET_LEVELS = 6
MAX_CLAUSE_LEVELS = 4
_WORDS_OF_AN_ITEM = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article"})


@dataclass(slots=True)
class _Entry:
    """An item of a list and the items below it."""

    runs: Runs
    is_numbered: bool
    below: list["_Entry"] = field(default_factory=list)


def list_blocks(node: Node, blocks_of: Callable[[Iterable[Part]], Iterator[Block]]) -> Iterator[Block]:
    """Yield the blocks of a list: one as a rule, more where an item holds something that is no list.

    Numbering goes on over the clauses of a section, so a list may be cut in two without changing a number.
    """
    entries: list[_Entry] = []
    for item in _items(node):
        own, rest = _own_and_rest(item)
        entries += _item_entries(own, node.tag == "ol")
        if rest and (others := [*blocks_of(rest)]):
            yield from _list(entries)
            yield from others
            entries = []
    yield from _list(entries)


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


def _own_and_rest(parts: list[Part]) -> tuple[list[Part], list[Part]]:
    """Cut an item before the first thing that cannot be part of a list: a table, or words after a list in it."""
    below = False
    for number, part in enumerate(parts):
        if _is_list(part):
            below = True
        elif not _is_words(part) or (below and runs_of([part])):
            return parts[:number], parts[number:]
    return parts, []


def _item_entries(parts: list[Part], is_numbered: bool) -> list[_Entry]:
    """Return one entry for an item; words after a list in it become an entry below, to stay in their place."""
    line: list[Part] = []
    entry = _Entry((), is_numbered)
    for part in [*parts, Node("ul")]:
        if isinstance(part, str) or not _is_list(part):
            line.append(part)
            continue
        if runs := runs_of(line):
            entry = _with_words(entry, runs)
        line = []
        entry.below += [below for item in _items(part) for below in _item_entries(item, part.tag == "ol")]
    return [entry] if entry.runs else entry.below


def _with_words(entry: _Entry, runs: Runs) -> _Entry:
    if not entry.runs and not entry.below:
        return _Entry(runs, entry.is_numbered)
    entry.below.append(_Entry(runs, is_numbered=False))
    return entry


def _is_list(part: Part) -> bool:
    return isinstance(part, Node) and part.tag in LISTS


def _is_block(part: Part) -> bool:
    return isinstance(part, Node) and part.is_block


def _is_words(part: Part) -> bool:
    return not _is_block(part) or (isinstance(part, Node) and part.tag in _WORDS_OF_AN_ITEM)


def _list(entries: list[_Entry]) -> Iterator[Block]:
    """Yield the blocks of entries, one for each stretch of the same kind."""
    for is_numbered, group in groupby(entries, key=lambda entry: entry.is_numbered):
        kind = [*group]
        levels = MAX_CLAUSE_LEVELS if any(map(_holds_numbers, kind)) else MAX_BULLET_LEVELS
        items = [*map(_item, _levelled(kind, levels))]
        if is_numbered:
            yield Clauses(tuple(item for item in items if isinstance(item, Clause)))
        else:
            yield Bullets(tuple(item for item in items if isinstance(item, Bullet)))


def _holds_numbers(entry: _Entry) -> bool:
    return entry.is_numbered or any(map(_holds_numbers, entry.below))


def _levelled(entries: list[_Entry], levels: int) -> list[_Entry]:
    """Return the entries. Those that are too deep move up beside their parents."""
    found = []
    for entry in entries:
        below = _levelled(entry.below, max(levels - 1, 1))
        if levels > 1:
            found.append(_Entry(entry.runs, entry.is_numbered, below))
        else:
            found += [_Entry(entry.runs, entry.is_numbered), *below]
    return found


def _item(entry: _Entry) -> Item:
    below = tuple(map(_item, entry.below))
    return Clause(entry.runs, below) if entry.is_numbered else Bullet(entry.runs, below)
