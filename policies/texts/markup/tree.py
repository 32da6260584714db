"""Clean HTML as a shallow tree of nodes and words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Union

from policies.texts.markup.cleaning import BLOCKS, INLINE, cleaned
from policies.texts.shy_addresses import written_plainly

# Beyond this depth tags are overlooked: nothing that reads the tree may run out of stack.
MAX_DEPTH = 60
_VOID = frozenset({"br", "hr"})


@dataclass(slots=True)
class Node:
    """An element, its attributes and what is in it, in order."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Part"] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        return self.tag in BLOCKS

    def walk(self) -> Iterator["Node"]:
        """Yield every node inside this one, in the order in which they are read."""
        for node in self.nodes:
            yield node
            yield from node.walk()

    @property
    def nodes(self) -> list["Node"]:
        return [child for child in self.children if isinstance(child, Node)]


Part = Union[Node, str]  # noqa: UP007  (Node | str fails inside Node's own annotation at run time)


def parse(html: str) -> Node:
    """Return the root of any HTML, cleaned by nh3 first. Addresses that our pages keep from robots are there."""
    builder = _Builder(convert_charrefs=True)
    builder.feed(cleaned(written_plainly(html)))
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    """Builds the tree from nh3's output, in which every tag is closed."""

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.root = Node("root")
        self._path = [self.root]
        self._overlooked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; one that lies too deep is passed over."""
        if len(self._path) > MAX_DEPTH and tag not in _VOID:
            self._overlooked.append(tag)
            self._part(tag)
            return
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._path[-1].children.append(node)
        if tag not in _VOID:
            self._path.append(node)

    def handle_endtag(self, tag: str) -> None:
        if self._overlooked:
            self._part(self._overlooked.pop())
        elif len(self._path) > 1 and tag not in _VOID:
            self._path.pop()

    def handle_data(self, data: str) -> None:
        self._path[-1].children.append(data)

    def _part(self, tag: str) -> None:
        """Keep the words of two overlooked blocks apart."""
        if tag not in INLINE and tag != "span":
            self._path[-1].children.append(" ")
