"""Arranges parsed parts into title, preamble and numbered sections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from policies.texts.document import Block, Definitions, Section, block_lines, on_one_line
from policies.texts.importing.contacts import contact_box, with_hidden_addresses
from policies.texts.importing.draft import Draft
from policies.texts.importing.headings import level_of, typed_headings, without_numbers
from policies.texts.importing.outline import items_of, renumbered
from policies.texts.importing.renumbering import place_of, tell_number_shown, tell_renumbered
from policies.texts.markup import Node, Part, blocks_of, runs_of, text_of, without_overall_bold
from policies.texts.saying import gettext


@dataclass(frozen=True, slots=True)
class Plan:
    """The place of the title, or None, and the heading level that opens a section."""

    title: int | None
    level: int


def arrange(draft: Draft, parts: Iterable[Part], plan: Plan | None = None) -> None:
    """Fill the draft from parsed parts. Without a heading that opens a section, everything is preamble.

    Args:
        plan: given by readers that know the title and sections. Without it, both are detected, and typed numbers
            are removed.
    """
    flow = [*_flow(parts)]
    is_planned = plan is not None
    if plan is None:
        flow = flow if _headings(flow)[1:] else typed_headings(flow, draft)
        plan = _plan(flow)
    if plan.title is not None:
        draft.title = _words(flow.pop(plan.title))
    before, *chunks = _chunks(flow, plan.level)
    headings = [without_overall_bold(on_one_line(runs_of([node]))) for node, *_ in chunks]
    headings = headings if is_planned else without_numbers(draft, headings)
    for number, (heading, (node, *_)) in enumerate(zip(headings, chunks, strict=True), 1):
        tell_number_shown(draft, node, heading, number)
    typed = {found.where: found.old_path for found in draft.renumbered}
    draft.preamble = _body(before, draft, None, place_of(None), ())
    for number, (heading, (_, *body)) in enumerate(zip(headings, chunks, strict=True), 1):
        where = place_of(number, heading)
        blocks = _body(body, draft, number, where, typed.get(where, (str(number),)))
        draft.sections.append(Section(heading, tuple(blocks)))
    _tell_what_changed(draft, [before, *chunks], plan.level)
    tell_renumbered(draft)


def _flow(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield the parts, with boxes that contain headings opened; a rule separates their words from the rest."""
    for part in parts:
        if isinstance(part, Node) and not level_of(part) and _holds_heading(part):
            around = [Node("hr")] if part.is_block else []
            yield from (*around, *_flow(_in_its_language(part)), *around)
        else:
            yield part


def _in_its_language(box: Node) -> Iterator[Part]:
    """Yield the contents of an opened box; they inherit its language."""
    said = {name: box.attrs[name] for name in ("lang", "dir") if name in box.attrs}
    for part in box.children:
        yield replace(part, attrs=said | part.attrs) if said and isinstance(part, Node) else part


def _holds_heading(node: Node) -> bool:
    return any(level_of(child) or _holds_heading(child) for child in node.nodes)


def _words(part: Part) -> str:
    return text_of(runs_of([part]))


def _headings(flow: list[Part]) -> list[tuple[int, int]]:
    """Return the place and level of each non-empty heading."""
    return [(place, level_of(part)) for place, part in enumerate(flow) if level_of(part) and _words(part)]


def _plan(flow: list[Part]) -> Plan:
    """Choose a single top heading as the title, and the highest level used twice for sections."""
    headings = _headings(flow)
    top = min((level for _, level in headings), default=2)
    tops = [place for place, level in headings if level == top]
    has_title = len(tops) == 1 and (len(headings) > 1 or top == 1)
    title = tops[0] if has_title else None
    levels = [level for place, level in headings if place != title]
    repeated = [level for level in levels if levels.count(level) > 1]
    return Plan(title, min(repeated or levels, default=2))


def _chunks(flow: list[Part], level: int) -> list[list[Part]]:
    """Cut the flow before each heading of this level or above. The first chunk precedes all headings."""
    cuts = [place for place, found in _headings(flow) if found <= level]
    return [flow[start:end] for start, end in pairwise([0, *cuts, len(flow)])]


def _blocks(parts: Iterable[Part], draft: Draft, where: str) -> list[Block]:
    found: list[Block] = []
    for block in with_hidden_addresses(_plain_blocks(parts, draft, where), draft, where):
        before = found[-1] if found else None
        if isinstance(block, Definitions) and isinstance(before, Definitions) and before.lang == block.lang:
            found[-1] = Definitions(before.items + block.items, before.lang)
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


def _body(parts: list[Part], draft: Draft, number: int | None, where: str, typed: tuple[str, ...]) -> list[Block]:
    """Return the blocks of a section, and record list numbers that differ from the file.

    Args:
        parts: of the section, without its heading.
        draft: keeps the record.
        number: of the section; None for the preamble.
        where: names the section.
        typed: the number that the section has in the file.
    """
    items = [*items_of(parts, typed)]
    blocks = _blocks(parts, draft, where)
    draft.renumbered += renumbered(items, [*block_lines(blocks, number)], where)
    return blocks


def _tell_what_changed(draft: Draft, chunks: list[list[Part]], level: int) -> None:
    flow = [part for chunk in chunks for part in chunk]
    if deeper := sum(found > level for _, found in _headings(flow)):
        draft.remarks.append(
            gettext("Headings below section headings became bold paragraphs: %(deeper)s.") % {"deeper": deeper}
        )
