"""A version's text as a value: its parts, its lines, its canonical text and digest, its JSON. Pure."""

from policies.texts.document.canonical import canonical_text, digest, digest_of
from policies.texts.document.codec import DocumentError, from_json, to_json
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
    Notice,
    Paragraph,
    Run,
    Runs,
    Section,
    Table,
    clean_text,
    inline,
)

__all__ = [
    "Block", "Bullet", "Bullets", "Clause", "Clauses", "Contact", "Definition", "Definitions", "Document",
    "DocumentError", "Line", "Notice", "Paragraph", "Run", "Runs", "Section", "Table", "block_lines",
    "canonical_text", "clean_text", "digest", "digest_of", "document_lines", "from_json", "inline", "letters",
    "numbered_blocks", "roman", "to_json",
]  # fmt: skip
