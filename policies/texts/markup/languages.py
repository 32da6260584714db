"""The language that markup says a passage is in."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policies.texts.document import Block, direction_of, language_tag, unnamed_language
from policies.texts.markup.runs import runs_of, text_of
from policies.texts.markup.tree import Part


def language_of(part: Part) -> str:
    """Return the language tag of a node; of one that is only said to run from the right, its script's."""
    if isinstance(part, str):
        return ""
    tag = language_tag(part.attrs.get("lang", ""))
    if part.attrs.get("dir", "").lower() == "rtl" and direction_of(tag) != "rtl":
        return unnamed_language(text_of(runs_of(part.children))) or tag
    return tag


def in_language_of(part: Part, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of a node in its language, but for those that say their own."""
    lang = language_of(part)
    return (replace(block, lang=block.lang or lang) if lang else block for block in blocks)


def within(lang: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of a document in a language: its own is not said again."""
    return (replace(block, lang="") if block.lang == lang else block for block in blocks)
