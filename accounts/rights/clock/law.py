"""What the clock goes by: the kinds of requests, the days their law began, and the steps it tells of."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.values.countries.terms import Source
from accounts.values.country import LAW
from accounts.values.wording import Words

ACCESS: Final = "access"
COMPLAINT: Final = "complaint"
KINDS: Final = (ACCESS, "correction", "erasure", "restriction", "objection", "portability", COMPLAINT)

BEGAN: Final = dict.fromkeys(KINDS, LAW.REQUESTS_SINCE) | {COMPLAINT: LAW.COMPLAINTS_SINCE}


class NoBasis(ValueError):
    """The law knows no such thing, or the days cannot be so; the message says it to the person who asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of how a day was worked out: in words, and by which provision."""

    words: str
    law: Words
    url: str


OWN_RULE: Final = Source(_("our own rule"), "")


def step(words: str, source: Source) -> Step:
    return Step(words, source.title, source.url)
