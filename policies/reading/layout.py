"""A document laid out for a template: every section and clause with its number and its address on the page. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from policies.texts.document import (
    Block,
    Bullet,
    Bullets,
    Clauses,
    Document,
    Item,
    KeyFacts,
    Line,
    Runs,
    direction_of,
    numbered_blocks,
)

# Addresses that the page around the document has already. Anchors are made of a-z, 0-9 and -, so “_” frees them.
TAKEN = frozenset({"content", "contents", "footer-contact"})


# Of blocks whose template is not called by their own name in small letters.
TEMPLATES: dict[type, str] = {KeyFacts: "key_facts"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a list with its mark. A clause has an address on the page; a bullet and what is below it has none."""

    label: str
    address: str
    runs: Runs
    below: tuple["List", ...]


@dataclass(frozen=True, slots=True)
class List:
    """Items of one kind that follow each other: bullets, or clauses whose numbers stand in their labels."""

    is_bulleted: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A block with the name of the template that shows it, and "rtl" or "ltr" where its language is known.

    `lists` only for bullets and clauses.
    """

    template: str
    block: Block
    direction: str
    lists: tuple[List, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberedSection:
    number: int
    address: str
    heading: Runs
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    preamble: tuple[Part, ...]
    sections: tuple[NumberedSection, ...]
    direction: str = ""


def lay_out(document: Document) -> Layout:
    lang = document.lang
    sections = []
    for number, section in enumerate(document.sections, 1):
        address = section_address(number, section.anchor)
        sections.append(NumberedSection(number, address, section.heading, _parts(section.blocks, number, lang)))
    return Layout(_parts(document.preamble, None, lang), tuple(sections), direction_of(lang))


def section_address(number: int, anchor: str) -> str:
    """Return the id of a section on its page: its anchor, which later versions keep."""
    if not anchor:
        return f"section_{number}"
    return f"{anchor}_" if anchor in TAKEN else anchor


def clause_address(reference: str) -> str:
    """Return the id of a clause on its page: 4.1(a) → clause_4.1-a."""
    return "clause_" + "-".join(re.findall(r"[a-zA-Z0-9]+(?:\.[0-9]+)?", reference))


def _parts(blocks: Iterable[Block], number: int | None, lang: str) -> tuple[Part, ...]:
    numbered = numbered_blocks(blocks, number)
    return tuple(_part(block, lines, direction_of(block.lang or lang)) for block, lines in numbered)


def _part(block: Block, lines: list[Line], direction: str) -> Part:
    if isinstance(block, Bullets | Clauses):
        return Part("policies/blocks/list.html", block, direction, _lists(block.items, iter(lines)))
    return Part(f"policies/blocks/{TEMPLATES.get(type(block), type(block).__name__.lower())}.html", block, direction)


def _lists(items: Iterable[Item], lines: Iterator[Line]) -> tuple[List, ...]:
    """Return the items as lists of one kind each."""
    return tuple(
        List(is_bulleted, tuple(_entry(item, lines) for item in group))
        for is_bulleted, group in groupby(items, key=lambda item: isinstance(item, Bullet))
    )


def _entry(item: Item, lines: Iterator[Line]) -> Entry:
    """Take the mark from the lines, which come in reading order: an item, then what is below it."""
    line = next(lines)
    below = item.items if isinstance(item, Bullet) else item.clauses
    address = clause_address(line.reference) if line.reference else ""
    return Entry(line.label, address, item.runs, _lists(below, lines))
