"""The terms in which a module of a country speaks."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from accounts.values.wording import Words


@dataclass(frozen=True, slots=True)
class Source:
    """A provision, and where it can be read."""

    title: Words
    url: str


@dataclass(frozen=True, slots=True)
class Regulator:
    """Who can be complained to about what is done with personal data, and from which day on.

    Args:
        name: without an article: it is written after “the”.
        short: what people call it; may be empty.
        url: the page on which one complains.
        postal_address: its lines.
        phone: as people would dial it.
        since: the first day on which it is the regulator.
    """

    name: str
    short: str
    url: str
    postal_address: tuple[str, ...]
    phone: str
    since: dt.date

    @property
    def with_short(self) -> str:
        """Return “Information … (I…)”; the name alone where it has no short one."""
        return f"{self.name} ({self.short})" if self.short else self.name

    @property
    def shown_url(self) -> str:
        return self.url.removeprefix("https://").removesuffix("/")

    @property
    def spoken_of(self) -> tuple[str, ...]:
        """Return by which words a text speaks of it: the name up to an apostrophe, or the short one."""
        name = self.name.replace("'", "’").partition("’")[0]
        return tuple(filter(None, (name, self.short)))


class Law(Protocol):
    """What the law of a country says: where it stands, its numbers, and sentences with places for days and names.

    `united_kingdom/law.py` says at each what it is for. Whole letters are templates,
    `country/letters/….txt`, in a folder `templates` beside the module.
    """

    LAWFUL_BASIS: Source
    REQUESTS: Source
    REFUSING: Source
    FEES: Source
    IDENTITY: Source
    PERIOD: Source
    COLLECTING: Source
    NEW_USES: Source
    ACCESS: Source
    SEARCH: Source
    RESTRICTION: Source
    RECIPIENTS: Source
    OBJECTION: Source
    RECORD: Source
    ANOTHER_PERSON: Source
    HEALTH: Source
    COMPLAINTS: Source
    COUNTS: Source
    COMMENCED: Source
    COUNTING: Source
    ON_DEVICES: Source
    REQUESTS_SINCE: dt.date
    COMPLAINTS_SINCE: dt.date
    MONTHS: int
    MONTHS_EXTENDED: int
    COMPLAINT_DAYS: int
    SAFE_DAYS: int
    OPINION_MONTHS: int
    CLAIMS_UNDER_STATUTE: dt.timedelta
    CLAIMS_OF_CONTRACT: dt.timedelta
    NOT_BEGUN: Words
    SAME_DAY: Words
    LAST_DAY: Words
    FIRST_TIME: Words
    EXTENDED: Words
    LEFT_OUT: Words
    MARKETING_AT_ONCE: Words
    COMPLAINT_BEGINS: Words
    COMPLAINT_STRICTLY: Words
    COMPLAINT_OTHERWISE: Words
    COMPLAINT_OUTCOME: Words
    READ_STRICTLY: Words
    READ_AS_GUIDANCE: Words
    READ_SAFELY: Words
    PAUSE_FOR_ACCESS_ONLY: Words
    NO_EXTENSION_OF_COMPLAINTS: Words
    NO_PAUSE_OF_COMPLAINTS: Words
    NO_IDENTITY_FOR_COMPLAINTS: Words
    NO_FEE_FOR_COMPLAINTS: Words
    COMPLAINT_WITHOUT_IT: Words
    TAKE_MORE_TIME: Words
    ABOUT_MORE_TIME: Words
    ABOUT_IDENTITY: Words
    BEGINS_WHEN_ASKED: Words
    BEGINS_WITH_IDENTITY: Words
    ABOUT_FEE: Words
    BEGINS_WITH_FEE: Words
    HAS_BEGUN: Words
    ABOUT_END_OF_RESTRICTION: Words
    ABOUT_SEARCH: Words
    ABOUT_HEALTH: Words
    OPINION_TOO_OLD: Words
    ABOUT_RECIPIENTS: Words
    GROUNDS: Mapping[str, Words]
    FEE_GROUNDS: Mapping[str, Words]
    ABOUT_COLLECTING: Words
    PLAIN_LANGUAGE: Words
    ABOUT_NECESSARY: Words
    ABOUT_CHOSEN: Words
    ABOUT_CONSENT: Words
    ABROAD: Words
    ABOUT_ABROAD: Words
