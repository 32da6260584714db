"""The terms in which a module of a country speaks."""

import datetime as dt
from dataclasses import dataclass

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
