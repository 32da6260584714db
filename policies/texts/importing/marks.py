"""The marks in front of list items in plain text: 1. 1.1 (a) a) (iv) and bullets."""

import re
from dataclasses import dataclass

from policies.texts.document import letters, roman

_MARK = re.compile(
    r"(?P<bullet>[-*\u2022\u00b7\u2013\u25aa\u25cf\u2023\u25e6] )"
    r"|(?P<decimal>\d{1,3}(?:\.\d{1,3}){1,4}[.)]? )"
    r"|(?P<number>\d{1,3}[.)] |\(\d{1,3}\) )"
    r"|(?P<letter>\([A-Za-z]{1,6}\) |[a-z]{1,6}[.)] )"
)
_LETTERS = {letters(number): number for number in range(1, 53)}
_ROMAN = {roman(number): number for number in range(1, 61)}


@dataclass(frozen=True, slots=True)
class Mark:
    """One way to read a mark: items of one list have the same style and values one apart.

    A bullet has value 0; a decimal's last part is its value, the parts before belong to its style.
    """

    style: str
    value: int
    length: int
    above: tuple[int, ...] = ()


def marks_of(text: str) -> list[Mark]:
    """Return every way to read what a line begins with; an empty list where it begins with a word."""
    match = _MARK.match(text)
    if not match or match.lastgroup is None:
        return []
    shown, length = match[0].strip(), match.end()
    if match.lastgroup == "bullet":
        return [Mark("bullet", 0, length)]
    if match.lastgroup == "decimal":
        *above, value = map(int, re.findall(r"\d+", shown))
        return [Mark(f"decimal{len(above)}", value, length, tuple(above))]
    core = shown.strip("().")
    brackets = shown.replace(core, "0")
    if match.lastgroup == "number":
        return [Mark(f"number{brackets}", int(core), length)]
    return _letter_marks(core, brackets, length)


def _letter_marks(core: str, brackets: str, length: int) -> list[Mark]:
    case = "capital" if core.isupper() else "small"
    readings = (("letter", _LETTERS), ("roman", _ROMAN))
    return [
        Mark(f"{case} {name}{brackets}", values[core.lower()], length)
        for name, values in readings
        if core.lower() in values and (core.isupper() or core.islower())
    ]
