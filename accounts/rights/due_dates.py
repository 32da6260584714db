"""When what we owe a person is due: the facts of a request, put to the clock. `due_on` is never set otherwise."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from django.utils import timezone

from accounts.rights.clock.counting import Deadline, deadline, next_progress
from accounts.rights.clock.facts import Facts
from accounts.rights.models import ExtraHoliday, Pause, RightsRequest, State

# What is decided is answered in the same moment.
OURS: Final = frozenset({State.RECEIVED, State.WORKING})


def facts_of(request: RightsRequest, pauses: Iterable[Pause] | None = None) -> Facts:
    """Return what the clock asks about a request. Opened again by the person, its time begins on that day.

    Args:
        pauses: its pauses, where they were read already.
    """
    received = request.reopened_on or request.received_on
    found = request.pauses.all() if pauses is None else pauses
    return Facts(
        kind=request.kind,
        received=received,
        identity=request.identity_on,
        fee=request.fee_on,
        pauses=tuple((pause.asked_on, pause.answered_on) for pause in found if pause.asked_on >= received),
        extended=request.extended_on is not None,
        identity_awaited=request.state == State.WAITING_IDENTITY,
        fee_awaited=request.state == State.WAITING_FEE,
    )


def closed_days() -> Mapping[dt.date, str]:
    """Return the days on which nobody works besides the public holidays: those that staff added, and what they are."""
    return dict(ExtraHoliday.objects.values_list("day", "reason"))


def deadline_of(request: RightsRequest) -> Deadline:
    """Return when the law wants a request answered, and how that was worked out."""
    return deadline(facts_of(request), closed_days=closed_days())


def due_if_extended(request: RightsRequest) -> dt.date | None:
    """Return by when a request would be due if its time were extended today; None while it is the person's turn."""
    return deadline(replace(facts_of(request), extended=True), closed_days=closed_days()).due


def due_day(request: RightsRequest) -> dt.date | None:
    """Return the last day for what we owe next; None while it is the person's turn, and once it has ended.

    Of a complaint that was acknowledged, that is to tell how it stands.
    """
    if request.state not in OURS:
        return None
    if request.is_complaint and request.acknowledged_on:
        return next_progress(request.told_on or request.acknowledged_on)
    return deadline_of(request).due


def today() -> dt.date:
    """Return the day it is by our clocks."""
    return timezone.localdate()
