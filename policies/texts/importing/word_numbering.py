"""Works out the automatic numbers that Word shows in front of paragraphs."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree import ElementTree

from policies.texts.document import roman
from policies.texts.importing.word_styles import Styles
from policies.texts.importing.word_xml import W, is_on, value

Element = ElementTree.Element
_PLACE = re.compile(r"%([1-9])")
_MOST = 5_000


@dataclass(slots=True)
class _Level:
    """How a list level is numbered: format, text with %1 for a number, first value."""

    format: str
    text: str
    start: int
    restarts: bool
    style: str
    in_decimals: bool


@dataclass(slots=True)
class Numbering:
    """The lists of a document and their counters."""

    styles: Styles
    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    numbers: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    _counted: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, paragraph: Element) -> str | None:
        """Return the label of the next paragraph in document order, or None if it is not in a list.

        Bullets and lists with hidden numbers have an empty label.
        """
        number, depth = self._place(paragraph)
        key, starts = self.numbers.get(number, ("", {}))
        level = self.lists.get(key, {}).get(depth)
        if level is None:
            return None
        counted = self._counted[key]
        if depth in starts and (number, depth) not in self._begun:
            self._begun.add((number, depth))
            counted[depth] = starts[depth]
        else:
            counted[depth] = counted.get(depth, level.start - 1) + 1
        for below in [found for found in counted if found > depth and self._restarts(key, found)]:
            del counted[below]
        return self._shown(key, level)

    def _restarts(self, key: str, depth: int) -> bool:
        level = self.lists[key].get(depth)
        return level is None or level.restarts

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """Return the list and level of a paragraph, its own or from its style."""
        number, depth = value(paragraph, "pPr/numPr/numId"), value(paragraph, "pPr/numPr/ilvl")
        if not number:
            number, below = self.styles.numbering(paragraph)
            depth = depth or below or self._depth_of_style(number, value(paragraph, "pPr/pStyle"))
        return number, int(depth) if depth.isdigit() else 0

    def _depth_of_style(self, number: str, style: str) -> str:
        levels = self.lists.get(self.numbers.get(number, ("", {}))[0], {})
        return next((str(depth) for depth, level in levels.items() if level.style == style), "")

    def _shown(self, key: str, level: _Level) -> str:
        if level.format in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            found = self.lists[key].get(depth, level)
            shown = "decimal" if level.in_decimals else found.format
            return _formatted(self._counted[key].get(depth, found.start), shown)

        return _PLACE.sub(number, level.text).strip()


def _formatted(number: int, form: str) -> str:
    if not 0 < number < _MOST:
        return str(number)
    match form:
        case "lowerLetter" | "upperLetter":
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter.upper() if form.startswith("upper") else letter
        case "lowerRoman" | "upperRoman":
            return roman(number).upper() if form.startswith("upper") else roman(number)
        case "decimalZero":
            return f"{number:02}"
        case "none" | "bullet":
            return ""
    return str(number)


def read_numbering(root: Element | None, styles: Styles) -> Numbering:
    """Return the lists in numbering.xml; none if the part is missing."""
    numbering = Numbering(styles)
    if root is None:
        return numbering
    for element in root.iter(f"{W}abstractNum"):
        numbering.lists[element.get(f"{W}abstractNumId", "")] = _levels(element)
    for element in root.iter(f"{W}num"):
        starts = {
            _whole(override.get(f"{W}ilvl", "0"), 0): _whole(value(override, "startOverride"), 1)
            for override in element.iter(f"{W}lvlOverride")
            if value(override, "startOverride")
        }
        numbering.numbers[element.get(f"{W}numId", "")] = value(element, "abstractNumId"), starts
    return numbering


def _levels(element: Element) -> dict[int, _Level]:
    return {
        _whole(level.get(f"{W}ilvl", "0"), 0): _Level(
            format=value(level, "numFmt") or "decimal",
            text=value(level, "lvlText") or f"%{_whole(level.get(f'{W}ilvl', '0'), 0) + 1}.",
            start=_whole(value(level, "start"), 1),
            restarts=value(level, "lvlRestart") != "0",
            style=value(level, "pStyle"),
            in_decimals=(legal := level.find(f"{W}isLgl")) is not None and is_on(legal),
        )
        for level in element.iter(f"{W}lvl")
    }


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else default
