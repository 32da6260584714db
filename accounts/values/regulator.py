"""The regulator of data protection: who it is on a day. The setting that knows stands above and registers here."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final


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


# What stands until the setting says otherwise: the one place in the code that names it.
FIRST: Final = Regulator(
    name="Information Commissioner’s Office",
    short="ICO",
    url="https://ico.org.uk/make-a-complaint/",
    postal_address=("Wycliffe House", "Water Lane", "Wilmslow", "Cheshire", "SK9 5AF"),
    phone="0303 123 1113",
    since=dt.date(2018, 5, 25),
)

Teller = Callable[[dt.date], Regulator | None]
_tellers: list[Teller] = []


def know_regulator_by(teller: Teller) -> Teller:
    """Register who knows the regulator of a day; the last one counts."""
    _tellers.append(teller)
    return teller


def regulator_on(day: dt.date) -> Regulator:
    """Return who is the regulator on a day."""
    found = _tellers[-1](day) if _tellers else None
    return found or FIRST
