"""From a document to the blocks an editor goes on with: what the importer and the demo put into a draft."""

import uuid
from collections.abc import Iterable
from html import escape
from typing import Any

from policies.texts.document import (
    Block,
    Bullet,
    Bullets,
    Clause,
    Clauses,
    Contact,
    Definitions,
    Document,
    Notice,
    Paragraph,
    Run,
    Runs,
    Table,
)

Json = dict[str, Any]


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
    return [_child(block) for block in _with_texts_joined(blocks)]


def _with_texts_joined(blocks: Iterable[Block]) -> list[Block | list[Block]]:
    """Put paragraphs and bullets that follow each other into one text block."""
    joined: list[Block | list[Block]] = []
    for block in blocks:
        if not isinstance(block, Paragraph | Bullets):
            joined.append(block)
        elif joined and isinstance(joined[-1], list):
            joined[-1].append(block)
        else:
            joined.append([block])
    return joined


def _child(block: Block | list[Block]) -> Json:
    kind, value = _value(block)
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def _value(block: Block | list[Block]) -> tuple[str, Any]:
    match block:
        case Clauses(items):
            return "clauses", [_item(_clause(item, 2)) for item in items]
        case Definitions(items):
            pairs = [{"term": _paragraph(item.term), "meaning": _paragraph(item.meaning)} for item in items]
            return "definitions", [_item(pair) for pair in pairs]
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


def _clause(clause: Clause, levels: int) -> Json:
    data: Json = {"text": _paragraph(clause.runs)}
    if levels:
        data["clauses"] = [_item(_clause(below, levels - 1)) for below in clause.clauses]
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


def _bullets(items: Iterable[Bullet]) -> str:
    inner = "".join(f"<li>{_runs(item.runs)}{_bullets(item.items) if item.items else ''}</li>" for item in items)
    return f"<ul>{inner}</ul>"


def _paragraph(runs: Runs) -> str:
    return f"<p>{_runs(runs)}</p>"


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    html = escape(run.text, quote=False)
    for tag, wanted in (("i", run.emphasis), ("b", run.strong)):
        if wanted:
            html = f"<{tag}>{html}</{tag}>"
    return f'<a href="{escape(run.href)}">{html}</a>' if run.href else html


def _plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)
