"""Removes typed numbers from headings, and finds paragraphs that serve as headings."""

from itertools import pairwise

from policies.texts.document import Runs
from policies.texts.importing.draft import Draft
from policies.texts.importing.marks import Mark, heading_marks, looks_numbered
from policies.texts.importing.renumbering import tell_heading
from policies.texts.importing.word_counts import count_words
from policies.texts.markup import Node, Part, cut, runs_of, text_of
from policies.texts.saying import gettext

LONGEST_HEADING = 150
_FEWEST_TITLES = 2
_LEVELS = {f"h{level}": level for level in range(1, 7)}


def level_of(part: Part) -> int:
    """Return 1 to 6 for a heading, 0 for anything else."""
    return _LEVELS.get(part.tag, 0) if isinstance(part, Node) else 0


def without_numbers(draft: Draft, headings: list[Runs]) -> list[Runs]:
    """Return the headings without typed numbers; add a remark where the site's number differs.

    A number without a full stop belongs to the heading ("7 days to cancel"), unless all headings are numbered in order
    from 1. A letter or Roman numeral counts if it fits the sequence; "V. good" and "D. Smith" stay as typed.
    """
    marks = _chosen_marks([heading_marks(text_of(heading)) for heading in headings])
    left = [heading for heading, mark in zip(headings, marks, strict=True) if not mark and _is_doubtful(heading)]
    for heading in left:
        draft.remarks.append(
            gettext('Left as typed, for it may be no number of a section: "%(words)s".') % {"words": text_of(heading)}
        )
    return [
        _without_number(draft, heading, number, mark) if mark else heading
        for number, (heading, mark) in enumerate(zip(headings, marks, strict=True), 1)
    ]


def _is_doubtful(heading: Runs) -> bool:
    return looks_numbered(text_of(heading))


def _chosen_marks(readings: list[list[Mark]]) -> list[Mark | None]:
    """Return the number of each heading, or None if it has no number."""
    in_order = len(readings) > 1 and all(
        any(mark.value == number for mark in marks) for number, marks in enumerate(readings, 1)
    )
    all_marked = len(readings) > 1 and all(readings)
    chosen: list[Mark | None] = []
    for number, marks in enumerate(readings, 1):
        above, below = chosen[-1] if chosen else None, readings[number] if number < len(readings) else []
        fitting = [mark for mark in marks if _fits(mark, number, above, below)]
        sure = [mark for mark in marks if mark.is_sure or in_order or (all_marked and mark.is_letter)]
        chosen.append(next(iter([mark for mark in fitting if mark in sure or not mark.label.isdigit()] or sure), None))
    return chosen


def _fits(mark: Mark, number: int, above: Mark | None, below: list[Mark]) -> bool:
    """Return whether a mark follows the heading above, precedes the one below, or matches its position."""
    if above and above.style == mark.style:
        return mark.value == above.value + 1
    return mark.value == number or (mark.value, True) == (
        1, any((found.style, found.value) == (mark.style, 2) for found in below)
    )  # fmt: skip


def _without_number(draft: Draft, heading: Runs, number: int, mark: Mark) -> Runs:
    draft.numbering += count_words(text_of(heading)[: mark.length])
    heading = cut(heading, mark.length)
    if mark.is_letter or mark.value != number:
        tell_heading(draft, mark.label, heading, number)
    return heading


def typed_headings(flow: list[Part], draft: Draft) -> list[Part]:
    """Return the parts, with paragraphs that serve as headings turned into headings.

    Bold or capital paragraphs count if they are numbered in order from 1. Failing that, entirely bold paragraphs count,
    and a remark lists them.
    """
    numbered = _numbered_headings(flow)
    if any(map(level_of, numbered)):
        return numbered
    words_at = [place for place, part in enumerate(flow) if isinstance(part, Node) or part.strip()]
    titles = [
        place
        for place, below in pairwise([*words_at, None])
        if place is not None and _is_title(flow[place]) and below is not None and not _is_title(flow[below])
    ]
    words = [text_of(runs_of([flow[place]])) for place in titles]
    if len(titles) < _FEWEST_TITLES:
        return flow
    draft.remarks.append(gettext("Bold paragraphs were taken for headings: %(words)s.") % {"words": "; ".join(words)})
    return [
        Node("h2", children=part.children) if place in titles and isinstance(part, Node) else part
        for place, part in enumerate(flow)
    ]


def _is_title(part: Part) -> bool:
    if not isinstance(part, Node) or part.tag != "p":
        return False
    runs = runs_of(part.children)
    return bool(runs) and all(run.strong for run in runs if run.text.strip()) and len(text_of(runs)) <= LONGEST_HEADING


def _numbered_headings(flow: list[Part]) -> list[Part]:
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
    fits = any(mark.value == expected for mark in heading_marks(text))
    stands_out = text.isupper() or all(run.strong for run in runs if run.text.strip())
    return fits and stands_out and len(text) <= LONGEST_HEADING
