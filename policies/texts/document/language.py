"""Languages of a text: their tags (BCP 47) and the direction in which they are written. Pure."""

import re
import unicodedata

_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,6}")
_RIGHT_TO_LEFT_SCRIPTS = frozenset({
    "adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi",
})  # fmt: skip
# Languages whose usual script runs from the right (CLDR, likely subtags).
_RIGHT_TO_LEFT = frozenset({
    "ar", "arc", "arz", "azb", "bal", "bgn", "ckb", "dv", "fa", "glk", "he", "iw", "khw", "ks", "lrc", "mzn", "nqo",
    "pnb", "prs", "ps", "sd", "sdh", "skr", "syr", "ug", "ur", "yi",
})  # fmt: skip
_UNNAMED = {"R": "und-Hebr", "AL": "und-Arab"}


def language_tag(text: str) -> str:
    """Return a language tag as it is usually written (zh-Hans, en-GB), or nothing where it is none."""
    text = text.strip().replace("_", "-")
    if not _TAG.fullmatch(text):
        return ""
    first, *rest = text.lower().split("-")
    return "-".join([first, *map(_subtag, rest)])


def _subtag(part: str) -> str:
    if len(part) == 4 and part.isalpha():
        return part.capitalize()
    return part.upper() if len(part) == 2 else part


def direction_of(lang: str) -> str:
    """Return "rtl" or "ltr", in which the language of a tag is written, or nothing where no language is said."""
    first, *rest = lang.lower().split("-")
    scripts = [part for part in rest if len(part) == 4 and part.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return first and ("rtl" if first in _RIGHT_TO_LEFT else "ltr")


def unnamed_language(text: str) -> str:
    """Return a tag for the script of the first right-to-left letter in a text, if there is one."""
    return next(filter(None, (_UNNAMED.get(unicodedata.bidirectional(letter)) for letter in text)), "")


def runs_from_the_right(text: str) -> bool:
    """Return whether a text has a letter that is written from right to left."""
    return bool(unnamed_language(text))
