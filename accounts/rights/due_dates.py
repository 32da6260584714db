"""When what we owe a person is due: the facts of a request, put to the clock. `due_on` is never set otherwise."""

import datetime as dt
from collections.abc import Collection
from typing import Final

from django.utils import timezone

from accounts.rights.clock import Deadline, Facts, deadline, next_progress
from accounts.rights.models import RightsRequest, State

# What is decided is answered in the same moment.
OURS: Final = frozenset({State.RECEIVED, State.WORKING})


def facts_of(request: RightsRequest) -> Facts:
    """Return what the clock asks about a request. Opened again by the person, its time begins on that day."""
    received = request.reopened_on or request.received_on
    pauses = request.pauses.filter(asked_on__gte=received).values_list("asked_on", "answered_on")
    return Facts(
        kind=request.kind,
        received=received,
        identity=request.identity_on,
        fee=request.fee_on,
        pauses=tuple(pauses),
        extended=request.extended_on is not None,
        identity_awaited=request.state == State.WAITING_IDENTITY,
        fee_awaited=request.state == State.WAITING_FEE,
    )


def closed_days() -> Collection[dt.date]:
    """Return the days on which nobody works besides the public holidays: those that staff added."""
    return ()


def deadline_of(request: RightsRequest) -> Deadline:
    """Return when the law wants a request answered, and how that was worked out."""
    return deadline(facts_of(request), closed_days=closed_days())


def due_day(request: RightsRequest) -> dt.date | None:
    """Return the last day for what we owe next; None while it is the person's turn, and once it has ended.

    Of a complaint that was acknowledged, that is to tell how it stands.
    """
    if request.state not in OURS:
        return None
    if request.is_complaint and request.acknowledged_on:
        return next_progress(request.told_on or request.acknowledged_on)
    return deadline_of(request).due


def count_anew(request: RightsRequest) -> bool:
    """Work the due date out anew, as after a change of the holidays; return whether it is another one.

    The row may have moved meanwhile: then it counts anew by itself, and this leaves it alone.
    """
    due = due_day(request)
    if due == request.due_on:
        return False
    same = RightsRequest.objects.filter(pk=request.pk, moved=request.moved)
    changed = bool(same.update(due_on=due))
    if changed:
        request.due_on = due
    return changed


def today() -> dt.date:
    """Return the day it is in London."""
    return timezone.localdate()
