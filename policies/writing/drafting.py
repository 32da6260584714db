"""Converts a document into the blocks that editors work on, for the importer and the demo."""

import uuid
from collections.abc import Iterable
from html import escape
from itertools import groupby

from policies.texts.document import (
    LINE_BREAK,
    Block,
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Contact,
    Definitions,
    Document,
    Item,
    KeyFacts,
    Notice,
    Paragraph,
    Run,
    Runs,
    Table,
    on_one_line,
    plain_text,
)

Json = dict[str, object]
_LEVELS_BELOW = 3


def preamble_data(document: Document) -> list[Json]:
    """Return the preamble as raw data of `TextBlocks`."""
    return _stream(document.preamble)


def sections_data(document: Document) -> list[Json]:
    """Return the sections as raw data of `SectionsBlock`, each with its key, or a new one, as block id."""
    return [
        {
            "type": "section",
            "id": section.key or str(uuid.uuid4()),
            "value": {"heading": _plain(section.heading), "body": _stream(section.blocks)},
        }
        for section in document.sections
    ]


def _stream(blocks: Iterable[Block]) -> list[Json]:
    data, said = [], ""
    for lang, group in groupby(blocks, key=lambda block: block.lang):
        if lang != said:
            data.append(_child("language", {"code": lang}))
            said = lang
        data += [_child(*_value(block)) for block in _with_texts_joined(group)]
    return data


def _with_texts_joined(blocks: Iterable[Block]) -> list[Block | list[Block]]:
    """Join adjacent paragraphs and bullets into one text block."""
    joined: list[Block | list[Block]] = []
    for block in blocks:
        if not _is_rich_text(block):
            joined.append(block)
        elif joined and isinstance(joined[-1], list):
            joined[-1].append(block)
        else:
            joined.append([block])
    return joined


def _is_rich_text(block: Block) -> bool:
    """Return whether a block can be rich text, which loses numbers below bullets."""
    return isinstance(block, Paragraph) or (isinstance(block, Bullets) and not any(map(_holds_numbers, block.items)))


def _holds_numbers(item: Item) -> bool:
    return isinstance(item, Clause) or any(map(_holds_numbers, item.items))


def _child(kind: str, value: object) -> Json:
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def _value(block: Block | list[Block]) -> tuple[str, object]:
    match block:
        case Clauses(items) | Bullets(items):
            return "clauses", [_item(_clause(item, _LEVELS_BELOW)) for item in items]
        case Definitions(items):
            pairs: list[Json] = [{"term": _paragraph(item.term), "meaning": _paragraph(item.meaning)} for item in items]
            return "definitions", [_item(pair) for pair in pairs]
        case KeyFacts(items):
            facts: list[Json] = [{"question": _plain(it.question), "answer": _paragraph(it.answer)} for it in items]
            return "key_facts", [_item(fact) for fact in facts]
        case Table():
            return "table", _table(block)
        case Notice(heading, paragraphs):
            return "notice", {"heading": _plain(heading), "text": "".join(map(_paragraph, paragraphs))}
        case Contact(name, address, email, phone):
            return "contact", {"name": name, "address": "\n".join(address), "email": email, "phone": phone}
        case list():
            return "text", "".join(map(_html, block))
    raise TypeError(f"{block!r} stands on its own in no block")


def _item(value: Json) -> Json:
    return {"type": "item", "id": str(uuid.uuid4()), "value": value}


def _clause(item: Item, levels: int) -> Json:
    data: Json = {"text": _paragraph(item.runs), "bullet": isinstance(item, Bullet)}
    if levels:
        below = item.items if isinstance(item, Bullet) else item.clauses
        data["clauses"] = [_item(_clause(each, levels - 1)) for each in below]
    return data


def _table(table: Table) -> Json:
    return {
        "columns": [{"type": "words", "heading": _plain(cell)} for cell in table.header],
        "rows": [{"values": [_paragraph(cell) for cell in row]} for row in table.rows],
        "caption": _plain(table.caption),
    }


def _html(block: Block) -> str:
    if isinstance(block, Bullets):
        return _bullets(block.items)
    return _paragraph(block.runs) if isinstance(block, Paragraph) else ""


def _bullets(items: Iterable[Item]) -> str:
    """Return bullets without numbered items as rich text."""
    inner = "".join(
        f"<li>{_runs(item.runs)}{_bullets(item.items) if item.items else ''}</li>"
        for item in items
        if isinstance(item, Bullet)
    )
    return f"<ul>{inner}</ul>"


def _paragraph(runs: Runs) -> str:
    return f"<p>{_runs(runs)}</p>"


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    html = escape(run.text, quote=False).replace(LINE_BREAK, "<br/>")
    for tag, wanted in ((run.script[:3], run.script), ("i", run.emphasis), ("b", run.strong)):
        if wanted:
            html = f"<{tag}>{html}</{tag}>"
    return f'<a href="{escape(run.href)}">{html}</a>' if run.href else html


def _plain(runs: Runs) -> str:
    """Return text for a plain field, with super- and subscripts as Unicode characters."""
    return plain_text(on_one_line(runs))
