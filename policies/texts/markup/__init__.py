"""Reads HTML into the document's blocks. Everything passes nh3 first; no word is lost. Pure."""

from policies.texts.markup.blocks import blocks_from_html, blocks_of
from policies.texts.markup.cleaning import (
    BLOCKS,
    LISTS,
    STRUCK,
    WITHOUT_CONTENT,
    allowed_href,
    cleaned,
    nesting,
    sanitise,
)
from policies.texts.markup.languages import language_of, within
from policies.texts.markup.runs import cut, looks_of, runs_from_html, runs_of, text_of, without_overall_bold
from policies.texts.markup.strokes import STROKES, STRUCK_LETTERS, is_struck, struck_words
from policies.texts.markup.tree import Node, Part, parse

__all__ = [
    "BLOCKS", "LISTS", "STROKES", "STRUCK", "STRUCK_LETTERS", "WITHOUT_CONTENT", "Node", "Part", "allowed_href",
    "blocks_from_html", "blocks_of", "cleaned", "cut", "is_struck", "language_of", "looks_of", "nesting", "parse",
    "runs_from_html", "runs_of", "sanitise", "struck_words", "text_of", "within", "without_overall_bold",
]  # fmt: skip
