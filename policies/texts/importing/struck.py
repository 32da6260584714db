"""Keeps struck-through words from coming in as words in force without anybody saying so.

A reader makes a tree in which such words are in `del`, `s` or `strike`, say so in CSS, or have Unicode's stroke through
each letter (U+0336), and calls `settle_struck`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from policies.texts.importing.draft import Draft
from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.word_counts import count_words
from policies.texts.markup import STROKES, STRUCK, STRUCK_LETTERS, Node, Part, is_struck, runs_of, text_of
from policies.texts.saying import gettext

Choice = Literal["drop", "keep"]
_AROUND = 40
_SHOWN = 20


class StruckWords(UnreadablePolicy):
    """The file has struck-through words, and nobody said what they mean. `places` shows them in context."""

    def __init__(self, places: list[str]) -> None:
        self.places = tuple(places)
        more = [gettext("and %(number)s more") % {"number": len(places) - _SHOWN}] if len(places) > _SHOWN else []
        why = gettext(
            "It holds words that are struck through. Say what is meant: --struck drop leaves them out, "
            "--struck keep makes them words in force, like any other."
        )
        super().__init__("\n".join([why, *(f"- {place}" for place in [*places[:_SHOWN], *more])]))

    def in_file(self, name: str) -> "StruckWords":
        """Return the same with the file's name in front of its sentence."""
        named = StruckWords([*self.places])
        named.args = (gettext("%(name)s cannot be imported as it is. %(self)s") % {"name": name, "self": self},)
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
    by_block: dict[int, _Block] = {}
    for block, node in found:
        by_block.setdefault(id(block), _Block(block)).struck.append(node)
    around = {node: text for whole in by_block.values() for node, text in whole.places()}
    places = [around[id(node)] for _, node in found]
    if found and choice is None:
        raise StruckWords(places)
    if choice == "drop":
        for (_, node), place in zip(found, places, strict=True):
            draft.drop(
                gettext("struck-through words"), gettext("in %(place)s") % {"place": place}, text_of(runs_of([node]))
            )
        for whole in by_block.values():
            whole.drop_struck(draft)
    else:
        draft.remarks.extend(
            gettext("Struck-through words are words in force now: %(place)s.") % {"place": place} for place in places
        )
    for _, node in found:
        node.tag = "span"
        _unstrike(node)


@dataclass
class _Block:
    """A block with the struck nodes in it. Its words are looked through once, however many these are."""

    node: Node
    struck: list[Node] = field(default_factory=list)

    def drop_struck(self, draft: Draft) -> None:
        """Take struck words out. What they were typed on to counts as a word of its own: "never", "always" are two."""
        draft.words.subtract(count_words(text_of(runs_of([self.node]))))
        for node in self.struck:
            draft.words.update(count_words(text_of(runs_of([node]))))
            node.children = []
        draft.words.update(count_words(text_of(runs_of([self.node]))))

    def places(self) -> Iterator[tuple[int, str]]:
        """Yield for each struck node the words around it, itself in square brackets."""
        words = _Words({id(node) for node in self.struck})
        words.walk(self.node)
        for node in self.struck:
            before, after = words.around(node) if node is not self.node else ("", "")
            inside = STROKES.sub("", " ".join(text_of(runs_of([node])).split()))
            yield id(node), f'"{before}[{inside}]{after}"'


class _Words:
    """The words of a block with single blanks between them, and where the struck nodes stand in them."""

    def __init__(self, struck: set[int]) -> None:
        self._struck = struck
        self._pieces: list[str] = []
        self._length = 0
        self._ends_blank = True  # nothing begins with a blank
        self._just_ended: int | None = None
        self._stands: dict[int, tuple[int, int]] = {}
        self._blank_follows: set[int] = set()

    def walk(self, part: Part) -> None:
        if isinstance(part, str):
            self._add(part)
            return
        start = self._length
        self._add(" " * (part.is_block or part.tag == "br"))
        for child in part.children:
            self.walk(child)
        if id(part) in self._struck:
            self._stands[id(part)], self._just_ended = (start, self._length), id(part)

    def _add(self, text: str) -> None:
        if not text:
            return
        words = re.sub(r"\s+", " ", text)
        if words[0] == " " and self._just_ended is not None and self._ends_blank:
            self._blank_follows.add(self._just_ended)
        words = words[self._ends_blank and words[0] == " " :]
        self._just_ended = None
        if words:
            self._pieces.append(words)
            self._length += len(words)
            self._ends_blank = words[-1] == " "

    @cached_property
    def _text(self) -> str:
        return "".join(self._pieces).rstrip()

    def around(self, node: Node) -> tuple[str, str]:
        """Return what stands before and after a struck node, some words of each."""
        start, end = self._stands[id(node)]
        before = f"…{self._text[start - _AROUND : start]}" if start > _AROUND else self._text[:start]
        after = (" " if id(node) in self._blank_follows else "") + self._text[end : end + _AROUND + 1]
        return before, f"{after[:_AROUND]}…" if len(after) > _AROUND else after.rstrip()


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
