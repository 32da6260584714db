"""A document laid out for a template: every section and clause with its number and its address on the page. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from policies.texts.document import Block, Clause, Clauses, Document, Line, Runs, numbered_blocks

# Addresses that the page around the document has already. Anchors are made of a-z, 0-9 and -, so “_” frees them.
TAKEN = frozenset({"content", "contents", "footer-contact"})


@dataclass(frozen=True, slots=True)
class NumberedClause:
    label: str
    address: str
    runs: Runs
    clauses: tuple["NumberedClause", ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A block with the name of the template that shows it; `clauses` only for numbered clauses."""

    template: str
    block: Block
    clauses: tuple[NumberedClause, ...] = ()


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


def lay_out(document: Document) -> Layout:
    sections = (
        NumberedSection(
            number, section_address(number, section.anchor), section.heading, _parts(section.blocks, number)
        )
        for number, section in enumerate(document.sections, 1)
    )
    return Layout(_parts(document.preamble, None), tuple(sections))


def section_address(number: int, anchor: str) -> str:
    """Return the id of a section on its page: its anchor, which later versions keep."""
    if not anchor:
        return f"section_{number}"
    return f"{anchor}_" if anchor in TAKEN else anchor


def clause_address(reference: str) -> str:
    """Return the id of a clause on its page: 4.1(a) → clause_4.1-a."""
    return "clause_" + "-".join(re.findall(r"[a-z0-9]+(?:\.[0-9]+)?", reference))


def _parts(blocks: Iterable[Block], number: int | None) -> tuple[Part, ...]:
    return tuple(_part(block, lines) for block, lines in numbered_blocks(blocks, number))


def _part(block: Block, lines: list[Line]) -> Part:
    template = f"policies/blocks/{type(block).__name__.lower()}.html"
    clauses = _clauses(block.items, iter(lines)) if isinstance(block, Clauses) else ()
    return Part(template, block, clauses)


def _clauses(items: tuple[Clause, ...], lines: Iterator[Any]) -> tuple[NumberedClause, ...]:
    """Take the numbers from the lines, which come in reading order: a clause, then what is below it."""
    numbered = []
    for item in items:
        line = next(lines)
        address = clause_address(line.reference)
        numbered.append(NumberedClause(line.label, address, item.runs, _clauses(item.clauses, lines)))
    return tuple(numbered)
