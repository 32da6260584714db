"""Paragraphs, notices and definitions from the tree; lists, tables and languages have rooms of their own."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policies.texts.document import (
    LINE_BREAK,
    Block,
    Definition,
    Definitions,
    KeyFact,
    KeyFacts,
    Notice,
    Paragraph,
    Run,
    Runs,
    block_lines,
    inline,
    on_one_line,
)
from policies.texts.markup.cleaning import HEADINGS, LISTS
from policies.texts.markup.languages import in_language_of
from policies.texts.markup.lists import list_blocks
from policies.texts.markup.runs import runs_of, without_overall_bold
from policies.texts.markup.tables import table_block
from policies.texts.markup.tree import Node, Part, parse

_LEAVES = HEADINGS | {"summary", "legend"}


def blocks_from_html(html: str) -> tuple[Block, ...]:
    """Return a rich text as blocks, in order. Headings become bold paragraphs; an `ol` is numbered by its order."""
    return tuple(blocks_of(parse(html).children))


def blocks_of(parts: Iterable[Part]) -> Iterator[Block]:
    """Yield the blocks of some parts; loose words between blocks are paragraphs too."""
    line: list[Part] = []
    for part in _opened(parts):
        if isinstance(part, Node) and part.is_block:
            yield from _paragraphs(line)
            line = []
            yield from in_language_of(part, _block(part))
        else:
            line.append(part)
    yield from _paragraphs(line)


def _opened(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts. A link or a bold stretch around several blocks moves into each block."""
    for part in parts:
        if isinstance(part, Node) and not part.is_block and _breaks(part):
            yield from _opened(_wrapped(child, part) for child in part.children)
        else:
            yield part


def _breaks(node: Node) -> bool:
    """Return whether there is a block in a node or it is one."""
    return node.is_block or any(_breaks(child) for child in node.nodes)


def _block(node: Node) -> Iterator[Block]:
    if node.tag in LISTS:
        yield from list_blocks(node, blocks_of)
    elif node.tag == "li":
        yield from list_blocks(Node("ul", children=[node]), blocks_of)
    elif node.tag == "table":
        yield from table_block(node, blocks_of)
    elif node.tag == "dl":
        yield from _key_facts(node) if "key-facts" in node.attrs.get("class", "").split() else _definitions(node)
    elif node.tag == "blockquote":
        yield from _notice(node)
    elif node.tag == "pre":
        yield from _paragraphs(_with_typed_breaks(node.children))
    elif node.tag in _LEAVES:
        yield from _paragraphs(node.children, strong=node.tag in HEADINGS)
    else:
        yield from blocks_of(node.children)


def _wrapped(child: Part, around: Node) -> Part:
    """Move <b><p>words</p></b> to <p><b>words</b></p>."""
    if isinstance(child, Node) and _breaks(child):
        return replace(child, children=[_wrapped(part, around) for part in child.children])
    return child if _is_break(child) else replace(around, children=[child])


def _paragraphs(parts: Iterable[Part], *, strong: bool = False) -> Iterator[Block]:
    """Yield a paragraph, or several where two line breaks stand together."""
    for line in _lines(parts):
        if runs := runs_of([Node("b", children=line)] if strong else line):
            paragraph = Paragraph(on_one_line(runs) if strong else runs)
            inner = [part for part in line if isinstance(part, Node) or part.strip()]
            yield from in_language_of(inner[0], [paragraph]) if len(inner) == 1 else [paragraph]


def _with_typed_breaks(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield preformatted parts with a line break for every line feed."""
    for part in parts:
        if isinstance(part, Node):
            yield replace(part, children=[*_with_typed_breaks(part.children)])
            continue
        for number, text in enumerate(part.split("\n")):
            yield from (Node("br"), text) if number else (text,)


def _lines(parts: Iterable[Part]) -> Iterator[list[Part]]:
    line: list[Part] = []
    for part in parts:
        if _is_break(part) and line and _is_break(line[-1]):
            yield line
            line = []
        elif not (isinstance(part, str) and not part.strip() and line and _is_break(line[-1])):
            line.append(part)
    yield line


def _is_break(part: Part) -> bool:
    return isinstance(part, Node) and part.tag == "br"


def _notice(node: Node) -> Iterator[Notice]:
    first, *rest = [*_lines_of(blocks_of(node.children))] or [()]
    if rest and first and all(run.strong for run in first):
        yield Notice(without_overall_bold(first), tuple(rest))
    elif first:
        yield Notice((), (first, *rest))


def _lines_of(blocks: Iterable[Block]) -> Iterator[Runs]:
    """Yield the words of any blocks as lines."""
    return (line.runs for line in block_lines(blocks) if line.runs)


def _definitions(node: Node) -> Iterator[Block]:
    found, left = _paired(node)
    if found:
        yield Definitions(tuple(Definition(*pair) for pair in found))
    yield from map(Paragraph, left)


def _key_facts(node: Node) -> Iterator[Block]:
    found, left = _paired(node)
    if found:
        yield KeyFacts(tuple(KeyFact(*pair) for pair in found))
    yield from map(Paragraph, left)


def _paired(node: Node) -> tuple[list[tuple[Runs, Runs]], list[Runs]]:
    """Return the pairs of a list of terms, and what belongs to none."""
    found: list[tuple[Runs, Runs]] = []
    terms: list[Runs] = []
    meanings: list[Runs] = []
    for tag, runs in [*_pairs(node), ("dt", ())]:
        if tag == "dt" and meanings and terms:
            found.append((_joined(terms, ", "), _joined(meanings, LINE_BREAK)))
            terms, meanings = [], []
        (terms if tag == "dt" else meanings).append(runs)
    return found, [runs for runs in (*terms, *meanings) if runs]


def _pairs(node: Node) -> Iterator[tuple[str, Runs]]:
    """Yield dt and dd in order, through the divs that may stand around a pair."""
    for part in node.children:
        if isinstance(part, Node) and part.tag in ("dt", "dd"):
            yield part.tag, runs_of(part.children)
        elif isinstance(part, Node):
            yield from _pairs(part)
        elif part.strip():
            yield "dd", runs_of([part])


def _joined(lines: list[Runs], between: str) -> Runs:
    pieces: list[Run | str] = []
    for line in lines:
        pieces += [between, *line]
    return inline(*pieces[1:])
