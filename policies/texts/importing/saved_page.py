"""Reads the document back from a version's page as a browser saved it.

A page counts as ours only if every word of its article is in the document and every number is the document's.
"""

from collections.abc import Callable, Iterator
from typing import Final

from policies.texts.document import (
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
    Runs,
    Section,
    Table,
    direction_of,
    document_lines,
    language_tag,
)
from policies.texts.markup import Node, Part, parse, runs_of, text_of

ARTICLE: Final = 'class="document"'
_LOOKS = frozenset({"style", "hidden", "aria-hidden"})


class _Foreign(Exception):
    """The page holds something that no page of ours holds."""


def is_page_of_ours(html: str) -> bool:
    """Return whether a text looks like a page of ours."""
    return "<article" in html and ARTICLE in html


def document_on_page(html: str) -> Document | None:
    """Return the document that a page of ours shows, without section keys; None for any other page."""
    nodes = [*parse(html).walk()]
    titles = [node for node in nodes if _is(node, "document-title")]
    articles = [node for node in nodes if node.tag == "article" and _is(node, "document")]
    if not titles or len(articles) != 1:
        return None
    try:
        document = _document(_text(titles[0]), articles[0])
    except (_Foreign, ValueError, IndexError):
        return None
    numbers = [_text(node) for node in articles[0].walk() if _is(node, "number")]
    return document if numbers == [*_numbers(document)] else None


def _numbers(document: Document) -> Iterator[str]:
    return (line.label for line in document_lines(document) if line.kind in ("heading", "clause"))


def _document(title: str, article: Node) -> Document:
    if any(_LOOKS & node.attrs.keys() for node in article.walk()):
        raise _Foreign
    preamble: tuple[Block, ...] = ()
    sections = []
    for node in _only_nodes(article):
        if node.tag == "section":
            sections.append(_section(node))
        elif _is(node, "preamble") and not preamble and not sections:
            preamble = _blocks(_only_nodes(node))
        else:
            raise _Foreign
    return Document(title, preamble, tuple(sections), _language(article))


def _section(node: Node) -> Section:
    heading, *rest = _only_nodes(node) or [Node("p")]
    if heading.tag != "h2":
        raise _Foreign
    return Section(_runs(heading), _blocks(rest), anchor=node.attrs.get("id", ""))


def _blocks(nodes: list[Node]) -> tuple[Block, ...]:
    return tuple(_block(node) for node in nodes)


def _block(node: Node) -> Block:
    read = _READ.get((node.tag, node.attrs.get("class", "")))
    if not read:
        raise _Foreign
    return read(node)


def _list(node: Node) -> Block:
    items = [_item(item, node.tag) for item in _only_nodes(node)]
    if node.tag == "ol":
        return Clauses(tuple(item for item in items if isinstance(item, Clause)), _language(node))
    return Bullets(tuple(item for item in items if isinstance(item, Bullet)), _language(node))


def _item(node: Node, tag: str) -> Item:
    lists = [part for part in node.nodes if part.tag in ("ul", "ol")]
    below = tuple(_item(item, part.tag) for part in lists for item in _only_nodes(part))
    own: list[Part] = [part for part in node.children if part not in lists]
    if node.tag != "li":
        raise _Foreign
    return Clause(_runs(Node("li", children=own)), below) if tag == "ol" else Bullet(runs_of(own), below)


def _definitions(node: Node) -> Definitions:
    return Definitions(tuple(Definition(*pair) for pair in _pairs(node)), _language(node))


def _key_facts(node: Node) -> KeyFacts:
    return KeyFacts(tuple(KeyFact(*pair) for pair in _pairs(node)), _language(node))


def _pairs(node: Node) -> list[tuple[Runs, Runs]]:
    parts = _only_nodes(node)
    terms, meanings = parts[::2], parts[1::2]
    if {part.tag for part in terms} - {"dt"} or {part.tag for part in meanings} - {"dd"}:
        raise _Foreign
    return [(_runs(term), _runs(meaning)) for term, meaning in zip(terms, meanings, strict=True)]


def _table(node: Node) -> Table:
    (table,) = _only_nodes(node)
    parts = {part.tag: part for part in _only_nodes(table)}
    caption = _runs(parts["caption"]) if "caption" in parts else ()
    header, *rows = [row for box in ("thead", "tbody") for row in _only_nodes(parts.get(box, Node(box)))]
    cells = [tuple(_runs(cell) for cell in _only_nodes(row)) for row in (header, *rows)]
    return Table(cells[0], tuple(cells[1:]), caption, _language(table))


def _notice(node: Node) -> Notice:
    lines = _only_nodes(node)
    heading = _runs(lines.pop(0)) if lines and _is(lines[0], "notice-box__heading") else ()
    return Notice(heading, tuple(map(_runs, lines)), _language(node))


def _contact(node: Node) -> Contact:
    """Read the lines of a contact: a bold one is the name, one with a label and a link is a way to reach it."""
    name, address, ways = "", [], {"E-mail:": "", "Telephone:": ""}
    for line in _lines(node):
        words = text_of(runs_of(line))
        marked = next((part for part in line if isinstance(part, Node)), None)
        label = words.partition(" ")[0]
        if marked and marked.tag == "a" and label in ways:
            ways[label] = _text(marked)
        elif marked and marked.tag == "strong":
            name = words
        elif words:
            address.append(words)
    return Contact(name, tuple(address), ways["E-mail:"], ways["Telephone:"], _language(node))


def _lines(node: Node) -> list[list[Part]]:
    lines: list[list[Part]] = [[]]
    for part in node.children:
        if isinstance(part, Node) and part.tag == "br":
            lines.append([])
        else:
            lines[-1].append(part)
    return lines


_READ: dict[tuple[str, str], Callable[[Node], Block]] = {
    ("p", ""): lambda node: Paragraph(_runs(node), _language(node)),
    ("ul", ""): _list,
    ("ol", "clauses"): _list,
    ("dl", "definitions"): _definitions,
    ("dl", "key-facts"): _key_facts,
    ("div", "table-wrap"): _table,
    ("aside", "notice-box"): _notice,
    ("address", "contact"): _contact,
}


def _is(node: Node, name: str) -> bool:
    return node.attrs.get("class", "") == name


def _language(node: Node) -> str:
    """Return the language of a node. A node whose direction does not fit its language is not ours."""
    lang = language_tag(node.attrs.get("lang", ""))
    if node.attrs.get("dir", "auto") not in ("auto", "rtl", direction_of(lang)):
        raise _Foreign
    return lang


def _only_nodes(node: Node) -> list[Node]:
    """Return the nodes in a node between which no words stand."""
    if any(isinstance(part, str) and part.strip() for part in node.children):
        raise _Foreign
    return node.nodes


def _runs(node: Node) -> Runs:
    """Return the words of a node without the number in front of them."""
    return runs_of(part for part in node.children if not (isinstance(part, Node) and _is(part, "number")))


def _text(node: Node) -> str:
    return text_of(runs_of(node.children))
