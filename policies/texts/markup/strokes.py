"""Words that are struck through: by a tag, by CSS, or by Unicode's stroke through each letter."""

import re
from collections.abc import Iterator
from typing import Final

from policies.texts.markup.cleaning import STRUCK
from policies.texts.markup.runs import looks_of, runs_of, text_of
from policies.texts.markup.tree import Node, parse

STRUCK_LETTERS: Final = re.compile("\\S[\u0335\u0336]+(?:[ \u00a0]*[\u0335\u0336]*\\S[\u0335\u0336]+)*")
STROKES: Final = re.compile("[\u0335\u0336]")


def is_struck(node: Node) -> bool:
    """Return whether an element strikes its words through; its CSS beats its tag."""
    looks = looks_of(node)
    decoration = looks.get("text-decoration", "") + looks.get("text-decoration-line", "")
    return "line-through" in decoration or (node.tag in STRUCK and "none" not in decoration)


def struck_words(html: str) -> list[str]:
    """Return each passage that is struck through in some HTML."""
    return [" ".join(STROKES.sub("", words).split()) for words in _passages(parse(html))]


def _passages(parent: Node) -> Iterator[str]:
    for part in parent.children:
        if isinstance(part, str):
            yield from STRUCK_LETTERS.findall(part)
        elif is_struck(part):
            if (words := text_of(runs_of([part]))).strip():
                yield words
        else:
            yield from _passages(part)
