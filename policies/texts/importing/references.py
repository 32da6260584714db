"""Words in a text that name a number: see 1(b), clause 3.2, paragraph 2, Article IV."""

import re
from collections.abc import Iterable, Iterator, Sequence

from policies.texts.document import Line
from policies.texts.importing.outline import Renumbered
from policies.texts.markup import text_of

_NUMBER = r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z])?(?:\([A-Za-z0-9]{1,5}\))+|\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}\b|[A-Z]\b|[a-z]\b"
_LEAD = (
    r"see(?:\s+also)?|clauses?|paragraphs?|paras?\.?|sections?|sub-?(?:clauses?|sections?|paragraphs?)|items?|points?|"
    r"steps?|rules?|articles?|parts?|numbers?|nos?\.|conditions?|terms?|§{1,2}|under|in\s+accordance\s+with|subject\s+to"
)
_MORE = r"(?:\s*(?:,|and|or|to|\u2013|-|&)\s*(?:\s*and\s+)?)"
_NAMED = re.compile(rf"(?:(?<!\w)(?:{_LEAD})\s+)((?:{_NUMBER})(?:{_MORE}(?:{_NUMBER}))*)", re.IGNORECASE)
_ALONE = re.compile(
    r"(?<![\w.])(?:\d{1,3}(?:\.\d{1,3})*\([a-z0-9]{1,5}\)(?:\([a-z0-9]{1,5}\))*|\d{1,2}(?:\.\d{1,2}){2,3})"
)
_NEAR = re.compile(r"(\([a-z0-9]{1,5}\)(?:\s*(?:,|and|or)\s*\([a-z0-9]{1,5}\))*)\s+(?:above|below)")
_ONE = re.compile(_NUMBER)
_CORE = re.compile(r"[^\W_]+")
_AROUND = 30


def stale_references(lines: Iterable[Line], where: str, changes: Sequence[Renumbered]) -> Iterator[tuple[str, str]]:
    """Yield each place that names a number which is another one now: the words around it, and what it should say.

    Args:
        lines: of one section of the document.
        where: names the section, whose own items are meant first.
        changes: of the whole document.
    """
    known: dict[tuple[str, ...], Renumbered] = {}
    for change in sorted(changes, key=lambda change: change.where == where):
        if change.old_path and change.old:
            known[change.old_path] = change
            known.setdefault(change.old_path[-1:], change)
    for line in lines:
        text = text_of(line.runs)
        for start, path in _references(text):
            if change := known.get(path):
                shown = " ".join(text[max(start - _AROUND, 0) : start + _AROUND].split())
                yield shown, f"{change.old} is {change.new or 'without a number'} now"


def _references(text: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield place and parts of every number that a text names, each once."""
    found: dict[int, tuple[str, ...]] = {}
    for pattern in (_NAMED, _NEAR):
        for match in pattern.finditer(text):
            for number in _ONE.finditer(match[1]):
                found[match.start(1) + number.start()] = _path(number[0])
    for match in _ALONE.finditer(text):
        found.setdefault(match.start(), _path(match[0]))
    yield from sorted(found.items())


def _path(number: str) -> tuple[str, ...]:
    return tuple(core.casefold() for core in _CORE.findall(number))
