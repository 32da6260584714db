"""Periods as a text says them: “two years”, “90 days”, “twelve months”. Pure."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)} | {"a": 1, "an": 1, "fourteen": 14, "thirty": 30}
# The fewest and the most days that a unit may mean.
DAYS = {"hour": (1 / 24, 1 / 24), "day": (1, 1), "week": (7, 7), "month": (28, 31), "year": (364, 366)}
_PERIOD = re.compile(
    rf"\b(?P<number>\d{{1,4}}|{'|'.join(NUMBERS)})[ -](?:calendar |full |whole )?(?P<unit>{'|'.join(DAYS)})s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A period with the shortest and the longest time that its words may mean."""

    words: str
    shortest: dt.timedelta
    longest: dt.timedelta

    def may_mean(self, span: dt.timedelta) -> bool:
        return self.shortest <= span <= self.longest


def periods_in(text: str) -> Iterator[Period]:
    """Yield the periods that a text names, in their order."""
    for found in _PERIOD.finditer(text):
        said = found["number"].lower()
        number = int(said) if said.isdecimal() else NUMBERS[said]
        fewest, most = DAYS[found["unit"].lower()]
        yield Period(found[0], dt.timedelta(days=number * fewest), dt.timedelta(days=number * most))
