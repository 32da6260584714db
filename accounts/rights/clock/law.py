"""What the clock goes by: the kinds of requests, the provisions with their addresses, and the days they began."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

ACCESS: Final = "access"
COMPLAINT: Final = "complaint"
KINDS: Final = (ACCESS, "correction", "erasure", "restriction", "objection", "portability", COMPLAINT)

# 19 June 2026: SI 2026/82, regulation 3.
BEGAN: Final = {kind: dt.date(2018, 5, 25) for kind in KINDS} | {COMPLAINT: dt.date(2026, 6, 19)}
COMPLAINT_DAYS: Final = 30


class NoBasis(ValueError):
    """The law knows no such thing, or the days cannot be so; the message says it to the person who asked."""


@dataclass(frozen=True, slots=True)
class Source:
    """A provision, and where it can be read."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of how a day was worked out: in words, and by which provision."""

    words: str
    law: str
    url: str


PERIOD: Final = Source("UK GDPR, Article 12A", "https://www.legislation.gov.uk/eur/2016/679/article/12A")
REQUESTS: Final = Source("UK GDPR, Article 12", "https://www.legislation.gov.uk/eur/2016/679/article/12")
OBJECTION: Final = Source("UK GDPR, Article 21", "https://www.legislation.gov.uk/eur/2016/679/article/21")
COUNTING: Final = Source("Regulation 1182/71, Article 3", "https://www.legislation.gov.uk/eur/1971/1182/article/3")
COMPLAINTS: Final = Source(
    "Data Protection Act 2018, section 164A", "https://www.legislation.gov.uk/ukpga/2018/12/section/164A"
)
COMMENCED: Final = Source("SI 2026/82, regulation 3", "https://www.legislation.gov.uk/uksi/2026/82/regulation/3")
OWN_RULE: Final = Source("our own rule", "")


def step(words: str, source: Source) -> Step:
    return Step(words, source.title, source.url)
