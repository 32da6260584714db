"""Finds the language that markup gives a passage."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policies.texts.document import Block, direction_of, language_tag, unnamed_language
from policies.texts.markup.runs import runs_of, text_of
from policies.texts.markup.tree import Part


def language_of(part: Part) -> str:
    """Return a node's language tag. If it only says that it runs from the right, return a tag for its script."""
    if isinstance(part, str):
        return ""
    tag = language_tag(part.attrs.get("lang", ""))
    if part.attrs.get("dir", "").lower() == "rtl" and direction_of(tag) != "rtl":
        return unnamed_language(text_of(runs_of(part.children))) or tag
    return tag


def in_language_of(part: Part, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of a node. Those without a language take the node's."""
    lang = language_of(part)
    return (replace(block, lang=block.lang or lang) if lang else block for block in blocks)


def within(lang: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of a document. Blocks in the document's own language do not repeat it."""
    return (replace(block, lang="") if block.lang == lang else block for block in blocks)
