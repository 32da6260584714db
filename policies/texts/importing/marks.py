"""Recognises typed numbers and bullets of headings and list items, and tells them from figures."""

import re
from dataclasses import dataclass

from policies.texts.document import letters, roman

# White space or the end must follow a mark, and no digit: "2.5 per cent", "4:15", "1. 3", "3. - 5." are not marks.
_ENDS = r"(?=\s|$)(?!\s*(?:[-\u2013\u2014]\s*)?\d)"
_ITEM = re.compile(
    rf"(?P<bullet>[-*\u2022\u00b7\u2013\u25aa\u25cf\u2023\u25e6](?=\s))"
    rf"|(?P<decimal>[1-9]\d{{0,2}}(?:\.[1-9]\d{{0,2}}){{1,4}}[.)]?{_ENDS})"
    rf"|(?P<number>(?:\d{{1,3}}[.)]|\(\d{{1,3}}\)){_ENDS})"
    rf"|(?P<letter>(?:\([A-Za-z]{{1,6}}\)|[a-z]{{1,6}}[.)]|[A-Z]{{1,6}}[.)]){_ENDS})"
)
_HEADING = re.compile(
    r"(?P<word>(?i:section|clause|article|part|chapter|paragraph|rule|schedule|appendix|annex)\s+|§{1,2}\s*)?"
    r"(?P<open>\()?(?P<core>\d{1,3}|[A-Z]{1,6}|(?<=\()[a-z]{1,6})"
    r"(?P<close>[.:]|\)[.:]?|\s?[-\u2013\u2014](?=\s))?" + _ENDS
)
_LOOKS_NUMBERED = re.compile(r"\W{0,2}(?:\d+(?:[.:,)]| ?[-\u2013\u2014])|[A-Z]{1,5}[.)]\s|§)")
_UNITS = (
    "million|billion|thousand|hundred|dozen|per|percent|times|hours?|hrs?|days?|weeks?|months?|years?|minutes?|mins?|"
    "seconds?|secs?|pm|am|p\\.m|a\\.m|noon|o.clock|km|m|cm|mm|miles?|metres?|meters?|feet|ft|inch|inches|kg|g|mg|"
    "tonnes?|litres?|ml|pounds?|pence|euros?|dollars?|gbp|eur|usd|gb|mb|kb|tb|degrees?|points?"
)
_MEASURE = re.compile(rf"\s*(?:(?:{_UNITS})\b|[%\u2030\u00b0\u00d7\u20ac\u00a3$])")
_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_DATE = re.compile(rf"\s*(?:{_MONTHS})\b\.?,?(?:\s+\d{{4}}|\s*$)", re.IGNORECASE)
_DASHES = "-\u2013\u2014"
_LETTERS = {letters(number): number for number in range(1, 53)}
_ROMAN = {roman(number): number for number in range(1, 61)}


@dataclass(frozen=True, slots=True)
class Mark:
    """One way to read a mark. Items of one list share a style, and their values rise by one.

    A bullet has value 0. The value of a decimal is its last part; the parts before are `above`. `label` is the mark as
    typed, `length` the number of characters before the words. `is_sure` is False if it may belong to the sentence: a
    letter that may be an initial, a decimal that may be a figure, a number without a full stop.
    """

    style: str
    value: int
    length: int
    label: str
    above: tuple[int, ...] = ()
    is_sure: bool = True

    @property
    def is_letter(self) -> bool:
        return "letter" in self.style or "roman" in self.style


def marks_of(text: str) -> list[Mark]:
    """Return every way to read the mark of a list item; none if the line begins with a word or figure."""
    match = _ITEM.match(text)
    shown, rest = (match[0], text[match.end() :]) if match else ("", "")
    if not match or not rest.strip():
        return []
    length = len(text) - len(rest.lstrip())
    if match.lastgroup == "bullet":
        return [Mark("bullet", 0, length, shown)]
    if match.lastgroup == "decimal":
        *above, value = map(int, re.findall(r"\d+", shown))
        if _MEASURE.match(rest):
            return []
        return [Mark(f"decimal{len(above)}", value, length, shown, tuple(above), is_sure=not _goes_on(rest))]
    core = shown.strip("().")
    brackets = shown.replace(core, "0")
    if match.lastgroup == "number":
        return [] if _DATE.match(rest) else [Mark(f"number{brackets}", int(core), length, shown)]
    return _letter_marks(core, brackets, length, shown, is_sure=core.islower() or brackets != "0.")


def heading_marks(text: str) -> list[Mark]:
    """Return every way to read the number of a heading: 1. (1) IV. A. § 3 Section 3: Article 3.

    Returns none if the heading begins with a word, a figure or a date, or consists of a number alone.
    """
    match = _HEADING.match(text)
    rest = text[match.end() :] if match else ""
    if not match or not rest.strip() or (match["open"] and not (match["close"] or "").startswith(")")):
        return []
    word, core, close = match["word"] or "", match["core"], match["close"] or ""
    if not core.isdigit() and not (close or word):
        return []
    if not word and (_DATE.match(rest) or (close.strip() in ("", *_DASHES) and _goes_on(rest))):
        return []
    length, shown = len(text) - len(rest.lstrip()), match[0].strip()
    if core.isdigit():
        is_sure = close.strip() not in ("", *_DASHES) or (word.startswith("§") and not _goes_on(rest))
        return [Mark("number", int(core), length, shown, is_sure=is_sure)]
    is_sure = bool(word and close) or bool(match["open"])
    return [] if _goes_on(rest) and not is_sure else _letter_marks(core, "", length, shown, is_sure=is_sure)


def looks_numbered(text: str) -> bool:
    """Return whether the beginning of a text could be mistaken for a number."""
    return _LOOKS_NUMBERED.match(text) is not None


def _goes_on(rest: str) -> bool:
    """Return whether the words after a mark continue a sentence, that is, in lower case."""
    return rest.lstrip()[:1].islower()


def _letter_marks(core: str, brackets: str, length: int, label: str, *, is_sure: bool) -> list[Mark]:
    case = "capital" if core.isupper() else "small"
    readings = (("letter", _LETTERS), ("roman", _ROMAN))
    return [
        Mark(f"{case} {name}{brackets}", values[core.lower()], length, label, is_sure=is_sure)
        for name, values in readings
        if core.lower() in values and (core.isupper() or core.islower())
    ]
