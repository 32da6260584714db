"""Which enquiries look as if a law began to count their days: staff decide, this only points."""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.values.country import COUNTRY
from accounts.values.wording import Words


@dataclass(frozen=True, slots=True)
class Hint:
    """Which kind of rights request a message may be, and how that is said."""

    kind: str
    words: Words


_SIGNS: Final = {
    Hint("complaint", _("a complaint about how data is used")): (
        r"\bcomplain",
        r"\bbreach",
        *COUNTRY.SIGNS_OF_REGULATOR,
    ),
    Hint("access", _("a request for a copy of data")): (
        r"\bsubject access",
        r"\bD?SAR\b",
        r"\bcopy of (?:my|the|all)\b[^.]{0,40}\b(?:data|information|records?)\b",
        r"\bwhat (?:data|information) (?:do )?you (?:hold|have)",
    ),
    Hint("erasure", _("a request to erase data")): (
        r"\b(?:delete|erase|remove|forget) (?:all )?(?:of )?(?:my|me)\b",
        r"\bright to be forgotten",
        r"\berasure\b",
    ),
    Hint("objection", _("an objection, or a wish that marketing stops")): (
        r"\bobject to\b",
        r"\bunsubscribe\b",
        r"\bstop (?:sending|e-?mailing|writing)",
    ),
    Hint("correction", _("a request to correct data")): (
        r"\b(?:correct|rectify|update) my\b",
        r"\bmy (?:name|address|telephone number|date of birth)[^.]{0,40}\bwrong\b",
        r"\brectification\b",
    ),
}
_FOUND: Final = tuple((hint, re.compile("|".join(signs), re.IGNORECASE)) for hint, signs in _SIGNS.items())


def may_be(words: str) -> Hint | None:
    """Return which kind of rights request a message may be; None where nothing says so."""
    return next((hint for hint, signs in _FOUND if signs.search(words)), None)
