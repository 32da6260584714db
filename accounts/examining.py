"""Whether all is well: apps register examinations from `AppConfig.ready()`; the doctor asks them, and so do the alarms.

It stands in the lowest package so that every app can reach it; accounts know nothing of what the others look at.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)


class Verdict(StrEnum):
    WELL = "well"
    TO_DO = "to do"
    NOT_ASKED = "not asked"  # it does not concern this site, or cannot be known from here


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and what to do about it: an act somebody can carry out, or a text to paste."""

    verdict: Verdict
    words: str
    advice: str = ""

    @property
    def is_well(self) -> bool:
        return self.verdict != Verdict.TO_DO

    @property
    def advice_by_turns(self) -> list[str]:
        """The advice: words, and what is to be typed, by turns. What is to be typed stands between backticks."""
        return self.advice.split("`")


def well(words: str, advice: str = "") -> Finding:
    return Finding(Verdict.WELL, words, advice)


def to_do(words: str, advice: str) -> Finding:
    return Finding(Verdict.TO_DO, words, advice)


def not_asked(words: str, advice: str = "") -> Finding:
    return Finding(Verdict.NOT_ASKED, words, advice)


@dataclass(frozen=True, slots=True)
class Examination:
    """One thing to look at.

    Attributes:
        key: one word for programs, unique.
        title: for people.
        look: returns what is found and changes nothing; whatever it raises is something to do as well.
        order: the lower come first.
        asks_database: without it nothing is found, after a wait.
        alarming: people would otherwise find out first: it is looked at each minute, and administrators are mailed.
    """

    key: str
    title: str
    look: Callable[[], Finding]
    alarming: bool = False
    asks_database: bool = True
    order: int = 50


_examinations: dict[str, Examination] = {}


def add_examination(*examinations: Examination) -> None:
    """Have the doctor look at something. Saying it twice changes nothing."""
    for one in examinations:
        _examinations.setdefault(one.key, one)


def examinations() -> list[Examination]:
    """Return all, those of the site itself first."""
    return sorted(_examinations.values(), key=lambda one: one.order)


def examine(which: Iterable[Examination]) -> Iterator[tuple[Examination, Finding]]:
    """Yield each with what it found. Once the database has not answered, nobody waits for it again."""
    is_away = False
    for one in which:
        if is_away and one.asks_database:
            yield one, not_asked("The database does not answer.")
            continue
        try:
            finding = one.look()
        except Exception as error:
            is_away = is_away or isinstance(error, OperationalError | InterfaceError)
            logger.warning("an examination failed: %s", one.key, exc_info=None if is_away else error)
            finding = _not_found_out(error)
        yield one, finding


def _not_found_out(error: Exception) -> Finding:
    if isinstance(error, OperationalError | InterfaceError):
        return to_do(
            "The database does not answer.",
            "Start it, or put DATABASE_URL right; `manage.py check --database default` says why.",
        )
    return to_do(f"This could not be found out: {type(error).__name__}.", "The log says why.")
