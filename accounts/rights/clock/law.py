"""What the clock goes by: the kinds of requests, the provisions with their addresses, and the days they began."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.values.countries.terms import Source
from accounts.values.country import COUNTRY
from accounts.values.wording import Words

ACCESS: Final = "access"
COMPLAINT: Final = "complaint"
KINDS: Final = (ACCESS, "correction", "erasure", "restriction", "objection", "portability", COMPLAINT)

BEGAN: Final = dict.fromkeys(KINDS, COUNTRY.REQUESTS_SINCE) | {COMPLAINT: COUNTRY.COMPLAINTS_SINCE}
COMPLAINT_DAYS: Final = COUNTRY.COMPLAINT_DAYS


class NoBasis(ValueError):
    """The law knows no such thing, or the days cannot be so; the message says it to the person who asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of how a day was worked out: in words, and by which provision."""

    words: str
    law: Words
    url: str


PERIOD: Final = COUNTRY.PERIOD
REQUESTS: Final = COUNTRY.REQUESTS
OBJECTION: Final = COUNTRY.OBJECTION
COUNTING: Final = COUNTRY.COUNTING
COMPLAINTS: Final = COUNTRY.COMPLAINTS
COMMENCED: Final = COUNTRY.COMMENCED
OWN_RULE: Final = Source(_("our own rule"), "")


def step(words: str, source: Source) -> Step:
    return Step(words, source.title, source.url)
