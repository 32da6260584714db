"""Typed headings: numbers in front of them, and paragraphs that are headings in all but name."""

import re

from policies.texts.document import Runs
from policies.texts.importing.draft import Draft
from policies.texts.importing.words import count_words
from policies.texts.markup import Node, Part, cut, runs_of, text_of

LONGEST_HEADING = 150
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_NUMBER = re.compile(
    r"(?:(?:section|clause|article|part) )?(\d{1,3})([.):]| ?[-\u2013\u2014](?= ))? ?(?=\S)", re.IGNORECASE
)


def level_of(part: Part) -> int:
    """Return 1 to 6 for a heading, 0 for anything else."""
    return _LEVELS.get(part.tag, 0) if isinstance(part, Node) else 0


def without_numbers(draft: Draft, headings: list[Runs]) -> list[Runs]:
    """Return the headings without their typed numbers, and tell where the site's number is another one.

    A number without a point behind it is part of the heading ("7 days to cancel"), unless the headings have them in
    order from 1.
    """
    matches = [_NUMBER.match(text_of(heading)) for heading in headings]
    in_order = all(match and int(match[1]) == number for number, match in enumerate(matches, 1))
    return [
        _without_number(draft, heading, number, match) if match and (match[2] or in_order) else heading
        for number, (heading, match) in enumerate(zip(headings, matches, strict=True), 1)
    ]


def _without_number(draft: Draft, heading: Runs, number: int, match: re.Match[str]) -> Runs:
    draft.numbering += count_words(match[0])
    heading = cut(heading, match.end())
    if int(match[1]) != number:
        draft.remarks.append(
            f'"{text_of(heading)}" had number {match[1]} and is section {number} now: look for references.'
        )
    return heading


def typed_headings(flow: list[Part]) -> list[Part]:
    """Return the parts with paragraphs made headings that are bold or in capitals and numbered in order from 1."""
    found: list[Part] = []
    expected = 1
    for part in flow:
        if isinstance(part, Node) and part.tag == "p" and _is_typed_heading(runs_of(part.children), expected):
            found.append(Node("h2", children=part.children))
            expected += 1
        else:
            found.append(part)
    return found


def _is_typed_heading(runs: Runs, expected: int) -> bool:
    text = text_of(runs)
    match = _NUMBER.match(text)
    stands_out = text.isupper() or all(run.strong for run in runs if run.text.strip())
    return bool(match and int(match[1]) == expected and stands_out and len(text) <= LONGEST_HEADING)
