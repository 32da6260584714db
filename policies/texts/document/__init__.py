"""A version's text as a value: its parts, its lines, its canonical text and digest, its JSON. Pure."""

from policies.texts.document.canonical import canonical_text, digest, digest_of
from policies.texts.document.codec import DocumentError, Json, document_of_json, from_json, to_json
from policies.texts.document.language import direction_of, language_tag, runs_from_the_right, unnamed_language
from policies.texts.document.lines import Line, block_lines, document_lines, letters, numbered_blocks, roman
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
from policies.texts.document.parsing import from_canonical_text
from policies.texts.document.plain import plain_text
from policies.texts.document.runs import LINE_BREAK, Run, Runs, Script, Style, clean_text, inline, on_one_line

__all__ = [
    "LINE_BREAK", "Block", "Bullet", "Bullets", "Clause", "Clauses", "Contact", "Definition", "Definitions",
    "Document", "DocumentError", "Item", "Json", "KeyFact", "KeyFacts", "Line", "Notice", "Paragraph", "Run", "Runs",
    "Script", "Section", "Style", "Table", "block_lines", "canonical_text", "clean_text", "digest", "digest_of",
    "direction_of", "document_lines", "document_of_json", "from_canonical_text", "from_json", "inline",
    "language_tag", "letters", "numbered_blocks", "on_one_line", "plain_text", "roman", "runs_from_the_right",
    "to_json", "unnamed_language",
]  # fmt: skip
