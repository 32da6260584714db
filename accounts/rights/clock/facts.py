"""What the clock is told about a request, and what of it has no basis in law."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from accounts.rights.clock.law import ACCESS, COMPLAINT, KINDS, NoBasis
from accounts.rights.clock.working_days import FIRST_YEAR, LAST_YEAR
from accounts.values.country import LAW
from accounts.values.wording import day_in_words

Pause = tuple[dt.date, dt.date | None]
# The months of an extension still have to be counted.
YEARS: Final = range(FIRST_YEAR, LAST_YEAR)


@dataclass(frozen=True, slots=True)
class Facts:
    """The days of a request, as they were by our clocks.

    `identity` and `fee` are the days on which what was asked for came; nothing where it was not asked, or is still
    awaited (`identity_awaited`, `fee_awaited`). A pause is the day on which clarification was asked and the day on
    which the answer came, or nothing while it is open. `extended` says that the person was told of an extension.
    """

    kind: str
    received: dt.date
    identity: dt.date | None = None
    fee: dt.date | None = None
    pauses: tuple[Pause, ...] = ()
    extended: bool = False
    identity_awaited: bool = False
    fee_awaited: bool = False

    def days(self) -> list[dt.date]:
        """Return every day that is told."""
        days = [self.received, self.identity, self.fee, *(day for pause in self.pauses for day in pause)]
        return [day for day in days if day]


def refuse_what_has_no_basis(facts: Facts) -> None:
    """Raises: NoBasis: with the first of what the law does not know, or what cannot be so."""
    for objection in _objections(facts):
        raise NoBasis(objection)


def _objections(facts: Facts) -> Iterator[str]:
    if facts.kind not in KINDS:
        yield gettext("There is no kind “%(kind)s”. The kinds are %(kinds)s.") % {
            "kind": facts.kind,
            "kinds": ", ".join(KINDS),
        }
    if any(day.year not in YEARS for day in facts.days()):
        yield gettext(
            "Bank holidays are known from %(first)s to %(last)s only: a day is outside of that. Check the years."
        ) % {"first": YEARS[0], "last": YEARS[-1]}
    if facts.kind == COMPLAINT:
        yield from _not_for_complaints(facts)
    if facts.pauses and facts.kind != ACCESS:
        yield LAW.PAUSE_FOR_ACCESS_ONLY % {"kind": facts.kind}
    for asked, answered in facts.pauses:
        if asked < facts.received:
            yield (
                gettext(
                    "Clarification cannot have been asked on %(asked)s, before the request was received on "
                    "%(received)s."
                )
                % {"asked": day_in_words(asked), "received": day_in_words(facts.received)}
            )
        if answered and answered < asked:
            yield (
                gettext("A pause cannot end before it begins: asked on %(asked)s, answered on %(answered)s.")
                % {"asked": day_in_words(asked), "answered": day_in_words(answered)}
            )


def _not_for_complaints(facts: Facts) -> Iterator[str]:
    if facts.extended:
        yield str(LAW.NO_EXTENSION_OF_COMPLAINTS)
    if facts.pauses:
        yield str(LAW.NO_PAUSE_OF_COMPLAINTS)
    if facts.identity or facts.identity_awaited:
        yield str(LAW.NO_IDENTITY_FOR_COMPLAINTS)
    if facts.fee or facts.fee_awaited:
        yield str(LAW.NO_FEE_FOR_COMPLAINTS)
