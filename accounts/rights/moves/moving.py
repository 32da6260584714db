"""The one door: a request changes by one conditional UPDATE, so that of two at once one wins and the other is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from accounts.rights.due_dates import due_day
from accounts.rights.models import RightsRequest, Side, State, Story, What
from accounts.rights.models.transitions import STEPS, Move
from accounts.values.wording import sentences


class IllegalMove(Exception):
    """This cannot be done with the request as it stands; the message says why. Nothing was changed."""


class Overtaken(IllegalMove):
    """Somebody else changed the request in the same moment, or since it was read. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class By:
    """Who does something: a side, and the user where one is signed in."""

    side: Side
    user: User | None = None

    @classmethod
    def person(cls, user: User | None = None) -> "By":
        return cls(Side.PERSON, user)

    @classmethod
    def staff(cls, user: User) -> "By":
        return cls(Side.STAFF, user)


BY_MACHINE: Final = By(Side.MACHINE)
# Who of the staff works on it is nobody else's business.
INTERNAL: Final = frozenset({What.ASSIGNED})


def move(
    request: RightsRequest, what: Move, by: By, words: str = "", changes: Mapping[str, object] | None = None
) -> Story:
    """Make one legal move, work the due date out anew, and write it into the story: all or nothing.

    Args:
        request: as the caller has read it; it is brought up to date.
        what: the move.
        by: who makes it.
        words: for both sides to read.
        changes: further fields, set in the same UPDATE.

    Raises:
        IllegalMove: the state it is in does not allow that.
        Overtaken: it was changed since it was read.
    """
    step = STEPS[what]
    if request.state not in step.frm:
        raise IllegalMove(refusal(request, what))
    return change(request, by, step.what, words, {**(changes or {}), "state": step.to or request.state})


def change(
    request: RightsRequest, by: By, what: What, words: str = "", changes: Mapping[str, object] | None = None
) -> Story:
    """Change fields of a request and write down what happened; as `move`, but the state is nobody's business here.

    Raises:
        Overtaken: it was changed since it was read.
    """
    was = {name: getattr(request, name) for name in (*(changes or {}), "moved", "due_on")}
    seen = RightsRequest.objects.filter(pk=request.pk, moved=request.moved, state=request.state)
    with transaction.atomic():
        for name, value in {**(changes or {}), "moved": request.moved + 1}.items():
            setattr(request, name, value)
        try:
            request.due_on = due_day(request)
            if not seen.update(**{name: getattr(request, name) for name in was}):
                raise Overtaken(overtaken(request))
        except BaseException:
            for name, value in was.items():
                setattr(request, name, value)
            raise
        return write_down(request, by, what, words, internal=what in INTERNAL)


def write_down(request: RightsRequest, by: By, what: What, words: str = "", *, internal: bool = False) -> Story:
    """Add a line to the story of a request. Internal ones are not shown to the person."""
    return Story.objects.create(
        request=request, side=by.side, by=by.user, what=what, words=words.strip(), internal=internal
    )


def refusal(request: RightsRequest, what: Move) -> str:
    """Say why a move is not legal from the state a request is in."""
    state = State(request.state).label.lower()
    return gettext(
        "Nobody can %(what)s now: request %(reference)s is in the state “%(state)s”. Nothing was changed."
    ) % {"what": gettext(what.value), "reference": request.reference, "state": state}


def overtaken(request: RightsRequest) -> str:
    """Say that a request is no longer as it was read, and how it is now."""
    now = RightsRequest.objects.filter(pk=request.pk).values_list("state", flat=True).first()
    state = (
        gettext("It is in the state “%(state_label)s” now.") % {"state_label": State(now).label.lower()} if now else ""
    )
    changed = gettext("Somebody else changed request %(reference)s in the meantime, so nothing was changed.")
    what_to_do = gettext("Look at it again, and do what is still to be done.")
    return sentences(changed % {"reference": request.reference}, state, what_to_do)
