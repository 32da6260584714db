"""The document as JSON and back: the form in which a version's structure is frozen and served.

Schema 2 added languages, raised and lowered words, line breaks (a line feed in a text) and lists of mixed kinds;
schema 3 key facts. It reads what the earlier ones wrote.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from policies.texts.document.model import (
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
    Section,
    Table,
)
from policies.texts.document.runs import LINE_BREAK, Run, Runs

SCHEMA = 3
_KNOWN = (1, 2, SCHEMA)
_SCRIPTS = ("", "super", "sub")
Json = dict[str, Any]


class DocumentError(ValueError):
    """The JSON is not a document of a schema known here."""


def to_json(document: Document) -> Json:
    """Return the document as JSON values; `from_json` gives an equal document back."""
    return {
        "schema": SCHEMA,
        "title": document.title,
        **_lang_json(document.lang),
        "preamble": [_block_json(block) for block in document.preamble],
        "sections": [_section_json(section) for section in document.sections],
    }


def from_json(data: Json) -> Document:
    """Return the document that `to_json` wrote.

    Raises:
        DocumentError: another schema, an unknown kind of block or a missing field.
    """
    try:
        if data["schema"] not in _KNOWN:
            raise DocumentError(f"This text has schema {data['schema']!r}; schemas up to {SCHEMA} are known here.")
        return Document(
            title=data["title"],
            preamble=_blocks(data["preamble"]),
            sections=tuple(
                Section(_runs(s["heading"]), _blocks(s["blocks"]), s.get("key", ""), s.get("anchor", ""))
                for s in data["sections"]
            ),
            lang=data.get("lang", ""),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise DocumentError(f"This text is not a whole document: {error!r}") from error


def document_of_json(text: str) -> Document | None:
    """Return the document in the JSON that this site serves of a version, or in a document's own; None in any other."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return None
    try:
        data = json.loads(text.lstrip("\ufeff"))
        return from_json(data.get("document", data))
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None


def _section_json(section: Section) -> Json:
    return {
        "key": section.key,
        "anchor": section.anchor,
        "heading": _runs_json(section.heading),
        "blocks": [_block_json(block) for block in section.blocks],
    }


def _lang_json(lang: str) -> Json:
    return {"lang": lang} if lang else {}


def _runs_json(runs: Runs) -> list[Json]:
    return [
        {"text": run.text.replace(LINE_BREAK, "\n")}
        | ({"strong": True} if run.strong else {})
        | ({"emphasis": True} if run.emphasis else {})
        | ({"href": run.href} if run.href else {})
        | ({"script": run.script} if run.script else {})
        for run in runs
    ]


def _runs(data: list[Json]) -> Runs:
    return tuple(map(_run, data))


def _run(data: Json) -> Run:
    text, script = data["text"].replace("\n", LINE_BREAK), data.get("script", "")
    if script not in _SCRIPTS:
        raise DocumentError(f"Words are raised (super) or lowered (sub), not {script!r}.")
    return Run(text, data.get("strong", False), data.get("emphasis", False), data.get("href", ""), script)


def _blocks(data: list[Json]) -> tuple[Block, ...]:
    return tuple(_block(block) for block in data)


def _block(data: Json) -> Block:
    block = _READ[data["kind"]](data)
    return replace(block, lang=data["lang"]) if "lang" in data else block


def _block_json(block: Block) -> Json:
    return _bare_block_json(block) | _lang_json(block.lang)


def _bare_block_json(block: Block) -> Json:
    match block:
        case Paragraph(runs):
            return {"kind": "paragraph", "runs": _runs_json(runs)}
        case Bullets(items):
            return {"kind": "bullets", "items": [_item_json(item) for item in items]}
        case Clauses(items):
            return {"kind": "clauses", "items": [_item_json(item) for item in items]}
        case Definitions(items):
            pairs = [{"term": _runs_json(item.term), "meaning": _runs_json(item.meaning)} for item in items]
            return {"kind": "definitions", "items": pairs}
        case KeyFacts(items):
            facts = [{"question": _runs_json(item.question), "answer": _runs_json(item.answer)} for item in items]
            return {"kind": "key-facts", "items": facts}
        case Table(header, rows, caption):
            return {"kind": "table", "caption": _runs_json(caption)} | {
                "header": [_runs_json(cell) for cell in header],
                "rows": [[_runs_json(cell) for cell in row] for row in rows],
            }
        case Notice(heading, paragraphs):
            return {"kind": "notice", "heading": _runs_json(heading)} | {
                "paragraphs": [_runs_json(runs) for runs in paragraphs]
            }
        case Contact(name, address, email, phone):
            return {"kind": "contact", "name": name, "address": list(address), "email": email, "phone": phone}


def _item_json(item: Item) -> Json:
    """A bullet keeps what is below it in `items`, a clause in `clauses`: so the two are told apart."""
    if isinstance(item, Bullet):
        return {"runs": _runs_json(item.runs), "items": [_item_json(below) for below in item.items]}
    return {"runs": _runs_json(item.runs), "clauses": [_item_json(below) for below in item.clauses]}


def _bullet(data: Json) -> Bullet:
    return Bullet(_runs(data["runs"]), tuple(map(_item, data["items"])))


def _clause(data: Json) -> Clause:
    return Clause(_runs(data["runs"]), tuple(map(_item, data["clauses"])))


def _item(data: Json) -> Item:
    return _bullet(data) if "items" in data else _clause(data)


def _cells(data: list[list[Json]]) -> tuple[Runs, ...]:
    return tuple(map(_runs, data))


_READ: dict[str, Callable[[Json], Block]] = {
    "paragraph": lambda data: Paragraph(_runs(data["runs"])),
    "bullets": lambda data: Bullets(tuple(map(_bullet, data["items"]))),
    "clauses": lambda data: Clauses(tuple(map(_clause, data["items"]))),
    "definitions": lambda data: Definitions(
        tuple(Definition(_runs(item["term"]), _runs(item["meaning"])) for item in data["items"])
    ),
    "key-facts": lambda data: KeyFacts(
        tuple(KeyFact(_runs(item["question"]), _runs(item["answer"])) for item in data["items"])
    ),
    "table": lambda data: Table(_cells(data["header"]), tuple(map(_cells, data["rows"])), _runs(data["caption"])),
    "notice": lambda data: Notice(_runs(data["heading"]), _cells(data["paragraphs"])),
    "contact": lambda data: Contact(data["name"], tuple(data["address"]), data["email"], data["phone"]),
}
