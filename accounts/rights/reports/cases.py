"""A request as the counts need it: a few of its days, and whether what was owed came in time. It names nobody."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from accounts.rights.clock.counting import deadline
from accounts.rights.clock.law import COMPLAINT, NoBasis
from accounts.rights.clock.working_days import Days
from accounts.rights.due_dates import closed_days, facts_of
from accounts.rights.models import Outcome, RightsRequest, State

ANSWERS: Final = frozenset({Outcome.GRANTED, Outcome.PARTLY, Outcome.REFUSED})


@dataclass(frozen=True, slots=True)
class Case:
    """One request or complaint.

    `due` is the last day for an answer, of a complaint for acknowledging it; nothing where the person did not give what
    the time waits for. `met` is the day on which that came. `began` is the day of receipt, or of asking again.
    """

    kind: str
    received: dt.date
    began: dt.date
    ended: dt.date | None
    outcome: str
    due: dt.date | None
    met: dt.date | None
    extended: bool
    escalated: dt.date | None

    @property
    def is_complaint(self) -> bool:
        return self.kind == COMPLAINT

    @property
    def days(self) -> int | None:
        """Return the days from asking to the answer; nothing for what was withdrawn, or closed without an answer."""
        return (self.ended - self.began).days if self.ended and self.outcome in ANSWERS else None

    def open_on(self, day: dt.date) -> bool:
        """Say whether it was open at the end of a day."""
        return self.received <= day and (self.ended is None or self.ended > day)

    def late_on(self, day: dt.date) -> bool:
        """Say whether what was owed was late at the end of a day, or had come late by then."""
        return self.due is not None and self.due < min(self.met or day, day)


def cases() -> Iterator[Case]:
    """Yield all that were received, by two queries for each thousand of them."""
    closed = closed_days()
    found = RightsRequest.objects.confirmed().order_by("pk").prefetch_related("pauses")
    for request in found.iterator(chunk_size=1000):
        yield case_of(request, closed)


def case_of(request: RightsRequest, closed: Days) -> Case:
    """Return a request as the counts need it."""
    answered = request.closed_on if request.outcome in ANSWERS else None
    return Case(
        kind=request.kind,
        received=request.received_on,
        began=request.reopened_on or request.received_on,
        ended=request.closed_on,
        outcome="" if request.state == State.WITHDRAWN else request.outcome,
        due=_due(request, closed),
        met=request.acknowledged_on or request.closed_on if request.is_complaint else answered,
        extended=request.extended_on is not None,
        escalated=request.escalated_on,
    )


def _due(request: RightsRequest, closed: Days) -> dt.date | None:
    unanswered = request.closed_on is not None and request.outcome not in ANSWERS
    if unanswered and not request.is_complaint:
        return None
    facts = facts_of(request, request.pauses.all())  # prefetched
    if request.closed_on:
        # What was asked for and never came, before it was decided all the same.
        facts = replace(
            facts,
            identity_awaited=bool(request.identity_asked_on and not request.identity_on),
            fee_awaited=bool(request.fee_asked_on and not request.fee_on),
        )
    try:
        return deadline(facts, closed_days=closed).due
    except NoBasis:
        return None
