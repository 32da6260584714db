"""Finds references to numbers in a text: see 1(b), clause 3.2, paragraph 2, Article IV."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policies.texts.document import Line
from policies.texts.importing.outline import Renumbered, parts_of_number
from policies.texts.markup import text_of
from policies.texts.saying import gettext

_NUMBER = (
    r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Z])?(?:\([A-Za-z0-9]{1,5}\))+|\d{1,3}(?:\.\d{1,3})*(?!\w)|"
    r"(?<!\w)(?:[IVXLC]{1,6}|[ivxlc]{1,6}|[A-Z]|[a-z])(?![\w'\u2019])"
)
_SECTION = r"sections?|articles?|parts?|chapters?|§{1,2}"
_ITEM = (
    r"see(?:\s+also)?|clauses?|paragraphs?|paras?\.?|sub-?(?:clauses?|sections?|paragraphs?)|items?|points?|steps?|"
    r"rules?|numbers?|nos?\.|conditions?|terms?|under|in\s+accordance\s+with|subject\s+to"
)
_MORE = r"(?:\s*(?:,|and|or|to|\u2013|-|&)\s*(?:\s*and\s+)?)"
_NAMED = re.compile(
    rf"(?<!\w)(?:(?P<section>{_SECTION})|{_ITEM})\s+(?P<numbers>(?:{_NUMBER})(?:{_MORE}(?:{_NUMBER}))*)", re.IGNORECASE
)
_ALONE = re.compile(
    r"(?<![\w.])(?:\d{1,3}(?:\.\d{1,3})*\([a-z0-9]{1,5}\)(?:\([a-z0-9]{1,5}\))*|\d{1,2}(?:\.\d{1,2}){2,3})"
)
_NEAR = re.compile(r"(?P<numbers>\([a-z0-9]{1,5}\)(?:\s*(?:,|and|or)\s*\([a-z0-9]{1,5}\))*)\s+(?:above|below)")
_ONE = re.compile(_NUMBER)
_AROUND = 30


@dataclass(frozen=True, slots=True)
class _Reference:
    """A reference: where it is, the number, and whether the text calls it a section."""

    at: int
    text: str
    path: tuple[str, ...]
    is_section: bool = False


def stale_references(lines: Iterable[Line], where: str, known: "KnownChanges") -> Iterator[tuple[str, str]]:
    """Yield each reference to a number that changed: the words around it, and the change.

    Args:
        lines: of one section of the document.
        where: names the section. A plain number refers to an item of it, or to a section.
        known: the changes of the whole document.
    """
    for line in lines:
        text = text_of(line.runs)
        for reference in _references(text):
            if found := known.meant(reference, where):
                shown = " ".join(text[max(reference.at - _AROUND, 0) : reference.at + _AROUND].split())
                yield shown, _changed(found.old, found.new)


def _changed(old: str, new: str) -> str:
    if not new:
        return gettext("%(old)s is without a number now") % {"old": old}
    return gettext("%(old)s is %(new)s now") % {"old": old, "new": new}


class KnownChanges:
    """The changed numbers, by the names that references use for them, in the same section and elsewhere."""

    def __init__(self, changes: Sequence[Renumbered]) -> None:
        named = [change for change in changes if change.old and change.old_path]
        self._sections = {change.old_path: change for change in named if not change.old_level}
        self._own: dict[str, dict[tuple[str, ...], Renumbered]] = defaultdict(dict)
        for change in named:
            for start in range(len(change.old_path)) if change.old_level else ():
                self._own[change.where].setdefault(change.old_path[start:], change)
        self._long = {change.old_path: change for change in named if len(change.old_path) > 1}

    def meant(self, reference: _Reference, where: str) -> Renumbered | None:
        """Return the changed number that a reference in a section means, or None."""
        path, own = reference.path, self._own[where]
        if len(path) == 1:
            found = None if reference.is_section else own.get(path)
            return found or self._sections.get(path)
        above = own.get(path[:1]) if "(" in reference.text else None
        return own.get(path) or self._long.get(path) or above or self._sections.get(path[:1])


def _references(text: str) -> list[_Reference]:
    """Return every reference in a text once."""
    found: dict[int, _Reference] = {}
    for pattern in (_NAMED, _NEAR):
        for match in pattern.finditer(text):
            is_section = bool(match.groupdict().get("section"))
            for number in _ONE.finditer(match["numbers"]):
                at = match.start("numbers") + number.start()
                found[at] = _Reference(at, number[0], parts_of_number(number[0]), is_section)
    for match in _ALONE.finditer(text):
        found.setdefault(match.start(), _Reference(match.start(), match[0], parts_of_number(match[0])))
    return [found[at] for at in sorted(found)]
