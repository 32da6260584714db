"""The due date of a request as a file for the calendar of either side."""

from django.utils import timezone
from django.utils.translation import gettext

from accounts.rights.clock.calendar_file import Entry, calendar_file
from accounts.rights.due_dates import deadline_of
from accounts.rights.models import RightsRequest, Side


class NothingIsDue(Exception):
    """It is the other side's turn, or the case has ended: there is no day to put into a calendar."""


def due_in_calendar(request: RightsRequest, side: Side, url: str) -> bytes:
    """Return the file of the day on which the next thing is due.

    Args:
        side: who gets it, the person or our staff.
        url: the page of the case for that side, whole.

    Raises:
        NothingIsDue: there is no such day now.
    """
    if request.due_on is None:
        raise NothingIsDue
    entry = Entry(
        identity=f"{side}/{request.reference}",
        day=request.due_on,
        title=_title(request, side),
        words="\n".join([*_why(request), url]),
        url=url,
        changes=request.moved,
    )
    return calendar_file(entry, made=timezone.now())


def _title(request: RightsRequest, side: Side) -> str:
    if side == Side.PERSON:
        complaint = gettext("We owe you an answer: complaint %(reference)s")
        other = gettext("We owe you an answer: request %(reference)s")
    else:
        complaint = gettext("An answer is owed: complaint %(reference)s")
        other = gettext("An answer is owed: request %(reference)s")
    return (complaint if request.is_complaint else other) % {"reference": request.reference}


def _why(request: RightsRequest) -> list[str]:
    """Return how the day was worked out; after a complaint was acknowledged, what it is for."""
    found = deadline_of(request)
    if found.due == request.due_on:
        return [step.words for step in found.steps]
    return [gettext("How the complaint stands is told by this day, if it has no outcome before.")]
