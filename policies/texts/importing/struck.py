"""Keeps struck-through words from coming in as words in force without anybody saying so.

A reader makes a tree in which such words are in `del`, `s` or `strike`, say so in CSS, or have Unicode's stroke through
each letter (U+0336), and calls `settle_struck`.
"""

import re
from collections.abc import Iterator
from typing import Literal

from policies.texts.importing.draft import Draft
from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.word_counts import count_words
from policies.texts.markup import STROKES, STRUCK, STRUCK_LETTERS, Node, Part, is_struck, runs_of, text_of

Choice = Literal["drop", "keep"]
_AROUND = 40
_SHOWN = 20
# Finding the words around each takes time that grows with the square of their number.
_MOST = 1_000


class StruckWords(UnreadablePolicy):
    """The file has struck-through words, and nobody said what they mean. `places` shows them in context."""

    def __init__(self, places: list[str]) -> None:
        self.places = tuple(places)
        more = [f"and {len(places) - _SHOWN} more"] if len(places) > _SHOWN else []
        super().__init__(
            "It holds words that are struck through. Say what is meant: --struck drop leaves them out, --struck keep "
            "makes them words in force, like any other.\n"
            + "\n".join(f"- {place}" for place in [*places[:_SHOWN], *more])
        )

    def in_file(self, name: str) -> "StruckWords":
        """Return the same with the file's name in front of its sentence."""
        named = StruckWords([*self.places])
        named.args = (f"{name} cannot be imported as it is. {self}",)
        return named


def settle_struck(root: Node, draft: Draft, choice: Choice | None) -> None:
    """Drop a tree's struck-through words, or keep them as ordinary words. Record each place.

    Args:
        choice: what to do with them, as the person who imports decided.

    Raises:
        StruckWords: there are such words, and `choice` is not given.
    """
    _mark_struck_letters(root)
    found = [*_struck(root, root)]
    if len(found) > _MOST:
        raise UnreadablePolicy(f"It strikes out words in {len(found):,} places. Remove them from the file first.")
    places = [_place(block, node) for block, node in found]
    if found and choice is None:
        raise StruckWords(places)
    for (block, node), place in zip(found, places, strict=True):
        if choice == "drop":
            _drop(block, node, draft, place)
        else:
            draft.remarks.append(f"Struck-through words are words in force now: {place}.")
        node.tag = "span"
        _unstrike(node)


def _drop(block: Node, node: Node, draft: Draft, place: str) -> None:
    """Take struck words out. What they were typed on to counts as a word of its own: "never" and "always" are two."""
    whole, words = count_words(text_of(runs_of([block]))), text_of(runs_of([node]))
    node.children = []
    draft.words.subtract(whole)
    draft.words.update(count_words(text_of(runs_of([block]))) + count_words(words))
    draft.drop("struck-through words", f"in {place}", words)


def _struck(parent: Node, block: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the outermost struck nodes that have words, each with the block around it."""
    for node in parent.nodes:
        around = node if node.is_block else block
        if is_struck(node):
            if text_of(runs_of([node])).strip():
                yield around, node
        else:
            yield from _struck(node, around)


def _unstrike(node: Node) -> None:
    for inner in node.walk():
        if inner.tag in STRUCK:
            inner.tag = "span"
    for inner in (node, *node.walk()):
        inner.children = [STROKES.sub("", part) if isinstance(part, str) else part for part in inner.children]


def _place(block: Node, node: Node) -> str:
    """Return the words around a struck node, itself in square brackets."""
    before, after = _texts_around(block, node) if block is not node else ("", "")
    words = STROKES.sub("", " ".join(text_of(runs_of([node])).split()))
    start = f"\u2026{before[-_AROUND:]}" if len(before) > _AROUND else before
    end = f"{after[:_AROUND]}\u2026" if len(after) > _AROUND else after
    return f'"{start}[{words}]{end}"'


def _texts_around(block: Node, node: Node) -> tuple[str, str]:
    texts = ["", ""]
    at = 0

    def walk(part: Part) -> None:
        nonlocal at
        if part is node:
            at = 1
        elif isinstance(part, str):
            texts[at] += part
        else:
            texts[at] += " " * (part.is_block or part.tag == "br")
            for child in part.children:
                walk(child)

    walk(block)
    before, after = (re.sub(r"\s+", " ", text) for text in texts)
    return before.lstrip(), after.rstrip()


def _mark_struck_letters(root: Node) -> None:
    """Put letters with a stroke through each into a node of their own."""
    for node in [root, *root.walk()]:
        if any(isinstance(part, str) and STROKES.search(part) for part in node.children):
            node.children = [piece for part in node.children for piece in _with_struck_letters(part)]


def _with_struck_letters(part: Part) -> Iterator[Part]:
    if isinstance(part, Node):
        yield part
        return
    end = 0
    for match in STRUCK_LETTERS.finditer(part):
        yield part[end : match.start()]
        yield Node("s", children=[match[0]])
        end = match.end()
    yield part[end:]
