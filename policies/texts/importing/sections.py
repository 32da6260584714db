"""Arranges the parts of a page into title, preamble and numbered sections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from policies.texts.document import Block, Definitions, Section
from policies.texts.importing.contacts import contact_box, with_hidden_addresses
from policies.texts.importing.draft import Draft
from policies.texts.importing.errors import UnreadablePolicy
from policies.texts.importing.headings import level_of, typed_headings, without_numbers
from policies.texts.markup import Node, Part, blocks_of, runs_of, text_of, without_overall_bold

_WITHOUT_SECTIONS = (
    "No section was found in it. Plum looks for headings: in plain text lines such as \u201c1. What we collect\u201d, "
    "numbered from 1; in Markdown \u201c## What we collect\u201d; in HTML h2; in Word the style Heading."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which of the parts is the title (None: none of them), and from which level on a heading opens a section."""

    title: int | None
    level: int


def arrange(draft: Draft, parts: Iterable[Part], plan: Plan | None = None) -> None:
    """Fill the draft with the parts of a page.

    Args:
        plan: for readers that know what is title and section; without it both are found, and typed numbers go.

    Raises:
        UnreadablePolicy: there is no heading that could open a section.
    """
    flow = [*_flow(parts)]
    is_planned = plan is not None
    if plan is None:
        flow = flow if _headings(flow)[1:] else typed_headings(flow)
        plan = _plan(flow)
    if plan.title is not None:
        draft.title = _words(flow.pop(plan.title))
    before, *chunks = _chunks(flow, plan.level)
    if not chunks:
        raise UnreadablePolicy(_WITHOUT_SECTIONS)
    headings = [without_overall_bold(runs_of([node])) for node, *_ in chunks]
    headings = headings if is_planned else without_numbers(draft, headings)
    draft.preamble = [*_blocks(before, draft, "before section 1")]
    for number, (heading, (_, *body)) in enumerate(zip(headings, chunks, strict=True), 1):
        where = f"section {number} ({text_of(heading)})"
        draft.sections.append(Section(heading, tuple(_blocks(body, draft, where))))
    _tell_what_changed(draft, [before, *chunks], plan.level)


def _flow(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts with every box opened that has a heading inside; a rule keeps its words from those outside."""
    for part in parts:
        if isinstance(part, Node) and not level_of(part) and _holds_heading(part):
            around = [Node("hr")] if part.is_block else []
            yield from (*around, *_flow(part.children), *around)
        else:
            yield part


def _holds_heading(node: Node) -> bool:
    return any(level_of(child) or _holds_heading(child) for child in node.nodes)


def _words(part: Part) -> str:
    return text_of(runs_of([part]))


def _headings(flow: list[Part]) -> list[tuple[int, int]]:
    """Return place and level of each heading that has words."""
    return [(place, level_of(part)) for place, part in enumerate(flow) if level_of(part) and _words(part)]


def _plan(flow: list[Part]) -> Plan:
    """Take the one heading above all others for the title, and the highest level used twice for sections."""
    headings = _headings(flow)
    top = min((level for _, level in headings), default=2)
    tops = [place for place, level in headings if level == top]
    has_title = len(tops) == 1 and (len(headings) > 1 or top == 1)
    title = tops[0] if has_title else None
    levels = [level for place, level in headings if place != title]
    repeated = [level for level in levels if levels.count(level) > 1]
    return Plan(title, min(repeated or levels, default=2))


def _chunks(flow: list[Part], level: int) -> list[list[Part]]:
    """Cut the flow before each heading of this level or above; the first chunk is what comes before them."""
    cuts = [place for place, found in _headings(flow) if found <= level]
    return [flow[start:end] for start, end in pairwise([0, *cuts, len(flow)])]


def _blocks(parts: Iterable[Part], draft: Draft, where: str) -> list[Block]:
    found: list[Block] = []
    for block in with_hidden_addresses(_plain_blocks(parts, draft, where), draft, where):
        before = found[-1] if found else None
        if isinstance(block, Definitions) and isinstance(before, Definitions):
            found[-1] = Definitions(before.items + block.items)
        else:
            found.append(block)
    return found


def _plain_blocks(parts: Iterable[Part], draft: Draft, where: str) -> Iterator[Block]:
    line: list[Part] = []
    for part in parts:
        box = contact_box(part, draft, where) if isinstance(part, Node) and part.tag == "blockquote" else None
        if box:
            yield from blocks_of(line)
            yield box
            line = []
        else:
            line.append(part)
    yield from blocks_of(line)


def _tell_what_changed(draft: Draft, chunks: list[list[Part]], level: int) -> None:
    flow = [part for chunk in chunks for part in chunk]
    if deeper := sum(found > level for _, found in _headings(flow)):
        draft.remarks.append(f"Headings below section headings became bold paragraphs: {deeper}.")
    several = [
        str(number)
        for number, chunk in enumerate(chunks)
        if number and sum(isinstance(part, Node) and part.tag == "ol" for part in chunk) > 1
    ]
    if several:
        draft.remarks.append(f"Several numbered lists in one section count on as one: section {', '.join(several)}.")
