"""From the blocks an editor writes to a document that can be frozen, and from a document back to blocks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import TypeGuard

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.contrib.typed_table_block.blocks import TypedTable
from wagtail.rich_text import RichText, expand_db_html

from accounts.personal_data.table import Row, table
from policies.texts.document import (
    Block,
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Contact,
    Definition,
    Definitions,
    Document,
    Item,
    KeyFact,
    KeyFacts,
    Notice,
    Paragraph,
    Run,
    Runs,
    Section,
    Table,
    clean_text,
    inline,
    language_tag,
)
from policies.texts.markup import blocks_from_html, runs_from_html, struck_words, within
from policies.versions.kept_on_devices import kept_on_devices

HELD_CAPTION, KEPT_CAPTION = "What we collect, why and for how long", "Cookies that this website uses"
HELD = ("What", "Why", "How long", "Who receives it")
KEPT = ("Name", "What it is for", "When it is set", "How long it lasts", "Who reads it")


def document_from(title: str, preamble: StreamValue, sections: StreamValue, lang: str = "") -> Document:
    """Return the document that these blocks say: sanitised, links to pages resolved, empty blocks left out.

    Args:
        title: the policy's title.
        preamble: blocks of `TextBlocks`.
        sections: blocks of `SectionsBlock`; each keeps its block id as the section's key.
        lang: the language of the text as a BCP 47 tag; empty for the site's own.
    """
    lang = language_tag(lang)
    anchored = _with_anchors(_section(child, lang) for child in sections)
    return Document(clean_text(title).strip(), _blocks(preamble, lang), anchored, lang)


def struck_in(*values: object) -> Iterator[str]:
    """Yield the passages of blocks that are struck through: a document would say them as words in force."""
    for value in values:
        match value:
            case RichText():
                yield from struck_words(value.source)
            case StreamValue():
                yield from struck_in(*(child.value for child in value))
            case StructValue():
                yield from struck_in(*value.values())
            case TypedTable():
                yield from struck_in(*(cell.value for row in value.rows for cell in row))
            case ListValue():
                yield from struck_in(*value)


def _section(child: StreamValue.StreamChild, lang: str) -> Section:
    return Section(inline(child.value["heading"]), _blocks(child.value["body"], lang), key=child.id or "")


def _blocks(stream: StreamValue, lang: str) -> tuple[Block, ...]:
    return tuple(within(lang, _in_languages(stream)))


def _in_languages(stream: StreamValue) -> Iterator[Block]:
    """Yield the blocks, each in the language that the last block of that kind before it says."""
    said = ""
    for child in stream:
        if child.block_type == "language":
            said = language_tag(child.value["code"] or "")
            continue
        for block in _READ[child.block_type](child.value):
            yield replace(block, lang=said) if said else block


def _words(text: RichText) -> Runs:
    return runs_from_html(expand_db_html(text.source))


def _text(text: RichText) -> Iterable[Block]:
    return blocks_from_html(expand_db_html(text.source))


def _clauses(values: Iterable[StructValue]) -> Iterator[Block]:
    for is_bullet, group in groupby(map(_item, values), key=lambda item: isinstance(item, Bullet)):
        items = tuple(group)
        if is_bullet:
            yield Bullets(tuple(item for item in items if isinstance(item, Bullet)))
        else:
            yield Clauses(tuple(item for item in items if isinstance(item, Clause)))


def _item(value: StructValue) -> Item:
    words, below = _words(value["text"]), tuple(map(_item, value.get("clauses", ())))
    return Bullet(words, below) if value.get("bullet") else Clause(words, below)


def _definitions(values: Iterable[StructValue]) -> Iterator[Block]:
    if items := tuple(Definition(_words(value["term"]), _words(value["meaning"])) for value in values):
        yield Definitions(items)


def _key_facts(values: Iterable[StructValue]) -> Iterator[Block]:
    facts = (KeyFact(inline(value["question"]), _words(value["answer"])) for value in values)
    if items := tuple(fact for fact in facts if fact.question or fact.answer):
        yield KeyFacts(items)


def _table(table: TypedTable) -> Iterator[Block]:
    header = tuple(inline(column["heading"]) for column in table.columns)
    rows = tuple(tuple(_words(cell.value) for cell in row) for row in table.rows)
    if any(header) or any(any(row) for row in rows):  # one that was begun and left empty says nothing
        yield Table(header, rows, inline(table.caption or ""))


def _notice(value: StructValue) -> Iterator[Block]:
    blocks = _text(value["text"])
    yield Notice(inline(value["heading"]), tuple(block.runs for block in blocks if isinstance(block, Paragraph)))


def _contact(value: StructValue) -> Iterator[Block]:
    address = tuple(filter(None, (clean_text(line).strip() for line in value["address"].splitlines())))
    yield Contact(
        *(clean_text(value["name"]).strip(), address, value["email"].strip(), clean_text(value["phone"]).strip())
    )


def _personal_data(value: StructValue) -> Iterator[Block]:
    """Yield a table of what the register of personal data says at this moment."""
    yield from _text(value["introduction"])
    rows = tuple(_held(row) for row in table(value["about"]))
    yield Table(tuple(map(inline, HELD)), rows, inline(HELD_CAPTION))


def _held(row: Row) -> tuple[Runs, ...]:
    return (
        inline(Run(row.title, strong=True), f": {row.what}"),
        inline(f"{row.why} {row.basis}."),
        inline(f"{row.kept}. When the account is closed: {row.erased}"),
        inline(row.receivers),
    )


def _cookies(value: StructValue) -> Iterator[Block]:
    """Yield a table of what is kept on devices at this moment."""
    yield from _text(value["introduction"])
    kept = kept_on_devices(of_staff=value["of_staff"])
    rows = tuple(
        (inline(Run(one.name, strong=True)), *map(inline, (one.purpose, one.when, one.lasts, one.whose)))
        for one in kept
    )
    yield Table(tuple(map(inline, KEPT)), rows, inline(KEPT_CAPTION))


_READ = {
    "text": _text,
    "clauses": _clauses,
    "definitions": _definitions,
    "key_facts": _key_facts,
    "table": _table,
    "notice": _notice,
    "contact": _contact,
    "personal_data": _personal_data,
    "cookies": _cookies,
}


def without_what_the_site_writes(document: Document) -> Document:
    """Return a text in which tables that the site writes are only named: what they say changes with the software."""
    sections = tuple(replace(section, blocks=_named(section.blocks)) for section in document.sections)
    return replace(document, preamble=_named(document.preamble), sections=sections)


def _named(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(Paragraph(block.caption) if _the_site_writes(block) else block for block in blocks)


def _the_site_writes(block: Block) -> TypeGuard[Table]:
    """Whether it is such a table, by its caption and header. Whoever words these anew lets the old words stand here."""
    if not isinstance(block, Table):
        return False
    written = {inline(HELD_CAPTION): tuple(map(inline, HELD)), inline(KEPT_CAPTION): tuple(map(inline, KEPT))}
    return written.get(block.caption) == block.header


def _with_anchors(sections: Iterable[Section]) -> tuple[Section, ...]:
    """Give each section an address made of its heading, no two the same."""
    taken: set[str] = set()
    anchored = []
    for section in sections:
        anchored.append(replace(section, anchor=_free(anchor_for(section.heading), taken)))
        taken.add(anchored[-1].anchor)
    return tuple(anchored)


def keep_anchors(document: Document, earlier: Document) -> Document:
    """Return the document with the anchors its sections had in an earlier version: links to them stay right."""
    known = {section.key: section.anchor for section in earlier.sections if section.key and section.anchor}
    taken = {known[section.key] for section in document.sections if section.key in known}
    sections = []
    for section in document.sections:
        anchor = known.pop(section.key, None) or _free(anchor_for(section.heading), taken)
        taken.add(anchor)
        sections.append(replace(section, anchor=anchor))
    return replace(document, sections=tuple(sections))


def anchor_for(heading: Runs) -> str:
    words = re.findall(r"[a-z0-9]+", "".join(run.text for run in heading).lower().replace("’", "").replace("'", ""))
    return "-".join(words[:8]) or "section"


def _free(anchor: str, taken: set[str]) -> str:
    number, free = 1, anchor
    while free in taken:
        number += 1
        free = f"{anchor}-{number}"
    return free
