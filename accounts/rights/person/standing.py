"""How a request stands, in the words that both sides read: first, extended or paused, and how many days are left."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rights.clock.law import OWN_RULE, NoBasis, Step, step
from accounts.rights.due_dates import OURS, deadline_of, today
from accounts.rights.models import RightsRequest, State
from accounts.values.wording import Words, day_in_words, days_in_words, sentences


@dataclass(frozen=True, slots=True)
class Standing:
    """What is due.

    `words` says it in a sentence, `days` how many days are left, below zero when it is late; `tone` is how it looks.
    """

    words: Words
    due: dt.date | None = None
    days: int | None = None
    tone: str = ""
    steps: tuple[Step, ...] = ()

    @property
    def is_late(self) -> bool:
        return self.days is not None and self.days < 0


WAITING = {
    State.WAITING_IDENTITY: _("It is your turn: show us who you are. The time begins on the day on which that comes."),
    State.WAITING_FEE: _("It is your turn: we asked for a fee. The time begins on the day on which it is paid."),
}


def standing_of(request: RightsRequest) -> Standing:
    """Return how a request stands today."""
    state = State(request.state)
    if state in OURS and request.due_on:
        return _due(request, request.due_on)
    if state in WAITING:
        return Standing(WAITING[state], tone="upcoming", steps=steps_of(request))
    if state == State.WAITING_CLARIFICATION:
        return _paused(request)
    return Standing(_ended(request), steps=steps_of(request))


def _due(request: RightsRequest, due: dt.date) -> Standing:
    left = (due - today()).days
    steps = steps_of(request)
    if request.is_complaint and request.acknowledged_on:
        told = day_in_words(request.told_on or request.acknowledged_on)
        steps += (
            step(
                gettext("Last told on %(told)s: we tell how it stands by %(day)s.")
                % {"told": told, "day": day_in_words(due)},
                OWN_RULE,
            ),
        )
    which = _which(request)
    if left < 0:
        words = gettext("Late: %(which)s was due on %(day)s, %(days)s ago. We are sorry.") % {
            "which": which,
            "day": day_in_words(due),
            "days": days_in_words(-left),
        }
        return Standing(words, due, left, "withdrawn", steps)
    words = gettext("%(which)s is due on %(day)s: %(left)s.") % {
        "which": which.capitalize(),
        "day": day_in_words(due),
        "left": left_in_words(left),
    }
    return Standing(words, due, left, "in-force", steps)


def _which(request: RightsRequest) -> str:
    if request.is_complaint:
        return gettext("the next news of your complaint") if request.acknowledged_on else gettext("our acknowledgement")
    return gettext("our answer (extended date)") if request.extended_on else gettext("our answer (first date)")


def left_in_words(days: int) -> str:
    return gettext("today is the last day") if days == 0 else gettext("%(days)s left") % {"days": days_in_words(days)}


def _paused(request: RightsRequest) -> Standing:
    found = deadline_of(request)
    left = found.days_left(today())
    paused = (
        gettext("Paused since %(day)s: we asked you a question.") % {"day": day_in_words(found.paused_since)}
        if found.paused_since
        else gettext("Paused now: we asked you a question.")
    )
    after = (
        gettext("When you answer, %(days)s are left.") % {"days": days_in_words(left)}
        if left is not None and left >= 0
        else ""
    )
    return Standing(
        sentences(paused, after),
        None,
        left,
        "upcoming",
        found.steps,
    )


def _ended(request: RightsRequest) -> str:
    if request.state == State.UNCONFIRMED:
        return gettext("Your address is not confirmed yet, so nothing is done.")
    if request.state == State.WITHDRAWN:
        return (
            gettext("You withdrew it on %(day)s.") % {"day": day_in_words(request.closed_on)}
            if request.closed_on
            else gettext("You withdrew it.")
        )
    outcome = request.get_outcome_display() or gettext("Closed")
    if request.closed_on is None:
        return gettext("%(outcome)s.") % {"outcome": outcome}
    return gettext("%(outcome)s on %(day)s.") % {"outcome": outcome, "day": day_in_words(request.closed_on)}


def steps_of(request: RightsRequest) -> tuple[Step, ...]:
    """Return how the date was worked out; of what the law no longer knows, nothing."""
    try:
        return deadline_of(request).steps
    except NoBasis:
        return ()
