"""What staff do while a request is open that leaves its state alone: dates, who works on it, telling how it stands."""

import datetime as dt

from django.utils.translation import gettext

from accounts.models import User
from accounts.rights.clock.law import NoBasis
from accounts.rights.due_dates import deadline_of, today
from accounts.rights.models import RightsRequest, What
from accounts.rights.models.transitions import Move
from accounts.rights.moves.moving import By, IllegalMove, change, move
from accounts.values.wording import day_in_words


def start(request: RightsRequest, by: By) -> None:
    """Raises: IllegalMove: work has begun already, or it has ended."""
    move(request, Move.START, by)


def assign(request: RightsRequest, by: By, to: User | None) -> None:
    """Give it to a member of staff, or back to all.

    Raises:
        Overtaken: it was changed since it was read.
    """
    change(request, by, What.ASSIGNED, str(to) if to else "", {"assigned_to": to})


def extend(request: RightsRequest, by: By, reasons: str) -> None:
    """Take two months more, and say why within the first month (`LAW.PERIOD`).

    Raises:
        IllegalMove: without reasons, twice, too late to tell, or a complaint.
    """
    if request.is_complaint:
        raise IllegalMove(gettext("The time of a complaint cannot be extended. Tell how it stands instead."))
    if request.extended_on:
        raise IllegalMove(gettext("It was extended already, and can be extended once."))
    if not reasons.strip():
        raise IllegalMove(gettext("Say why: it is complex, or there are several requests. They are told your reasons."))
    last = deadline_of(request).extend_by
    if last and today() > last:
        raise IllegalMove(
            gettext("They had to be told of it by %(day)s. The first date stands.") % {"day": day_in_words(last)}
        )
    move(request, Move.EXTEND, by, reasons, {"extended_on": today(), "extension_reasons": reasons.strip()})


def acknowledge(request: RightsRequest, by: By, on: dt.date | None = None) -> None:
    """Write down that the person was told that it is here (`LAW.COMPLAINTS`).

    Raises:
        IllegalMove: it was, or on a day that cannot be.
    """
    if request.acknowledged_on:
        raise IllegalMove(gettext("Its receipt was acknowledged already."))
    day = on or today()
    if not request.received_on <= day <= today():
        raise IllegalMove(gettext("That day is before the request came, or in the future."))
    change(request, by, What.ACKNOWLEDGED, "", {"acknowledged_on": day})


def tell_progress(request: RightsRequest, by: By, words: str) -> None:
    """Tell how a complaint stands; the next time is due 30 days from now. The words are a message of the caller's.

    Raises:
        IllegalMove: it is no complaint, or has ended.
    """
    if not (request.is_complaint and request.is_open):
        raise IllegalMove(gettext("Progress is told of an open complaint."))
    change(request, by, What.PROGRESS, words, {"told_on": today()})


def correct_day(request: RightsRequest, by: By, received_on: dt.date) -> None:
    """Correct the true day of receipt; the due date follows.

    Raises:
        IllegalMove: it is in the future, after it was written down, or after what came of it.
    """
    if received_on > request.opened_on:
        raise IllegalMove(gettext("It cannot have come after it was written down here."))
    try:
        change(request, by, What.DAY_CORRECTED, f"{received_on:%-d %B %Y}", {"received_on": received_on})
    except NoBasis as reason:
        raise IllegalMove(str(reason)) from reason


def escalate(request: RightsRequest, by: By, on: dt.date, words: str = "") -> None:
    """Write down that it went to the regulator.

    Raises:
        IllegalMove: the day is in the future.
    """
    if on > today():
        raise IllegalMove(gettext("That day is in the future."))
    change(request, by, What.ESCALATED, words, {"escalated_on": on})
