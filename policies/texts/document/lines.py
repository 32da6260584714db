"""Gives a document line by line, with its numbers, for redlines and plain text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policies.texts.document.model import (
    Block,
    Bullet,
    Bullets,
    Clauses,
    Contact,
    Definition,
    Definitions,
    Document,
    Item,
    KeyFacts,
    Notice,
    Paragraph,
    Table,
)
from policies.texts.document.runs import Run, Runs, inline

BULLET = "•"


@dataclass(frozen=True, slots=True)
class Line:
    """One readable line of a block: what a redline compares and a plain text prints.

    `label` is the number or mark in front (4.1, (a), •), `depth` 0 for the outermost. A table row keeps its cells in
    `cells`; its `runs` are the same words with a bar between them.
    """

    kind: str
    runs: Runs
    label: str = ""
    depth: int = 0
    reference: str = ""
    cells: tuple[Runs, ...] = ()


def document_lines(document: Document) -> Iterator[Line]:
    """Yield every line: the title, the preamble, then each section's heading and blocks."""
    yield Line("title", inline(document.title))
    yield from block_lines(document.preamble)
    for number, section in enumerate(document.sections, 1):
        yield Line("heading", section.heading, label=f"{number}.", reference=str(number))
        yield from block_lines(section.blocks, number)


def block_lines(blocks: Iterable[Block], section: int | None = None) -> Iterator[Line]:
    """Yield the lines of blocks, as `numbered_blocks` numbers them."""
    for _, lines in numbered_blocks(blocks, section):
        yield from lines


def numbered_blocks(blocks: Iterable[Block], section: int | None = None) -> Iterator[tuple[Block, list[Line]]]:
    """Yield each block with its lines; numbered clauses go on counting over all lists of one section.

    Args:
        blocks: the blocks of one section, or of the preamble.
        section: the section's number; None in the preamble, where clauses are 1, 2, 3.
    """
    counted = 0
    for block in blocks:
        if isinstance(block, Clauses):
            yield block, list(item_lines(block.items, section, counted))
            counted += len(block.items)
        else:
            yield block, list(_plain_lines(block))


def item_lines(
    items: Iterable[Item], section: int | None, start: int = 0, depth: int = 0, above: str | None = ""
) -> Iterator[Line]:
    """Yield the lines of a list. Numbers count on over the bullets between them.

    Args:
        start: the number that was reached before.
        above: the reference of the clause above; None below a bullet, where a number names nothing by itself.
    """
    number = start
    for item in items:
        if isinstance(item, Bullet):
            yield Line("bullet", item.runs, BULLET, depth)
            yield from item_lines(item.items, section, 0, depth + 1, None)
            continue
        number += 1
        label = clause_label(number, depth, section)
        reference = None if above is None else above + label
        yield Line("clause", item.runs, label, depth, reference or "")
        yield from item_lines(item.clauses, section, 0, depth + 1, reference)


def clause_label(number: int, depth: int, section: int | None) -> str:
    """Return the number in front of a clause, as drafting of laws has it: 4.1, then (a), (i), (A), (I)."""
    if depth == 0:
        return f"{section}.{number}" if section else f"{number}."
    label = letters(number) if depth % 2 else roman(number)
    return f"({label.upper() if depth > 2 else label})"


def letters(number: int) -> str:
    """Return 1 → a, 26 → z, 27 → aa."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def roman(number: int) -> str:
    """Return a lower-case Roman numeral for a number from 1."""
    text = ""
    for value, mark in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
                        (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        text += mark * (number // value)
        number %= value
    return text


def _plain_lines(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph(runs):
            yield Line("paragraph", runs)
        case Bullets(items):
            yield from item_lines(items, None)
        case Definitions() | KeyFacts():
            yield from _paired_lines(block)
        case Table():
            yield from _table_lines(block)
        case Notice():
            yield from _notice_lines(block)
        case Contact():
            for text in contact_lines(block):
                yield Line("contact", inline(text))


def _paired_lines(block: Definitions | KeyFacts) -> Iterator[Line]:
    for item in block.items:
        if isinstance(item, Definition):
            yield from (Line("term", item.term), Line("meaning", item.meaning))
        else:
            yield from (Line("question", item.question), Line("answer", item.answer))


def _notice_lines(notice: Notice) -> Iterator[Line]:
    if notice.heading:
        yield Line("notice-heading", notice.heading)
    yield from (Line("notice", runs) for runs in notice.paragraphs)


def _table_lines(table: Table) -> Iterator[Line]:
    if table.caption:
        yield Line("caption", table.caption)
    yield Line("table-header", joined_cells(table.header), cells=table.header)
    for row in table.rows:
        yield Line("row", joined_cells(row), cells=row)


def joined_cells(cells: tuple[Runs, ...]) -> Runs:
    """Return the words of a row's cells with a bar between them."""
    pieces: list[Run | str] = []
    for number, cell in enumerate(cells):
        pieces += [*([" | "] if number else []), *cell]
    return inline(*pieces)


def contact_lines(contact: Contact) -> Iterator[str]:
    yield from filter(None, [contact.name, *contact.address])
    if contact.email:
        yield f"E-mail: {contact.email}"
    if contact.phone:
        yield f"Telephone: {contact.phone}"
