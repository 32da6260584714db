"""The legal moves between the states of a request. `accounts.rights.moves` and the database both go by this table."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from django.utils.translation import gettext_noop

from accounts.rights.models.requests import ENDED, OPEN, PAUSED, WORKING, State
from accounts.rights.models.stories import What


class Move(Enum):
    """What can be done with a request, in the words of a refusal."""

    CONFIRM = gettext_noop("confirm its address")
    START = gettext_noop("begin to work on it")
    ASK_IDENTITY = gettext_noop("ask who is asking")
    GIVE_IDENTITY = gettext_noop("take what shows who is asking")
    ASK_FEE = gettext_noop("ask for a fee")
    PAY_FEE = gettext_noop("write down that the fee was paid")
    ASK_CLARIFICATION = gettext_noop("ask what is meant")
    CLARIFY = gettext_noop("answer the question")
    EXTEND = gettext_noop("extend the time")
    DECIDE = gettext_noop("decide it")
    CLOSE = gettext_noop("close it")
    CLOSE_UNANSWERED = gettext_noop("close it without an answer to our question")
    WITHDRAW = gettext_noop("withdraw it")
    REOPEN = gettext_noop("open it again")


@dataclass(frozen=True, slots=True)
class Step:
    """From which states a move leads, and to which; `to` is None where the state stays."""

    frm: frozenset[State]
    to: State | None
    what: What


UNDECIDED: Final = WORKING | PAUSED

STEPS: Final = {
    Move.CONFIRM: Step(frozenset({State.UNCONFIRMED}), State.RECEIVED, What.CONFIRMED),
    Move.START: Step(frozenset({State.RECEIVED}), State.WORKING, What.STARTED),
    Move.ASK_IDENTITY: Step(WORKING, State.WAITING_IDENTITY, What.IDENTITY_ASKED),
    Move.GIVE_IDENTITY: Step(frozenset({State.WAITING_IDENTITY}), State.WORKING, What.IDENTITY_GIVEN),
    Move.ASK_FEE: Step(WORKING, State.WAITING_FEE, What.FEE_ASKED),
    Move.PAY_FEE: Step(frozenset({State.WAITING_FEE}), State.WORKING, What.FEE_PAID),
    Move.ASK_CLARIFICATION: Step(WORKING, State.WAITING_CLARIFICATION, What.CLARIFICATION_ASKED),
    Move.CLARIFY: Step(frozenset({State.WAITING_CLARIFICATION}), State.WORKING, What.CLARIFIED),
    Move.EXTEND: Step(UNDECIDED, None, What.EXTENDED),
    Move.DECIDE: Step(UNDECIDED, State.DECIDED, What.DECIDED),
    Move.CLOSE: Step(frozenset({State.DECIDED}), State.CLOSED, What.CLOSED),
    Move.CLOSE_UNANSWERED: Step(PAUSED, State.CLOSED, What.CLOSED),
    Move.WITHDRAW: Step(OPEN, State.WITHDRAWN, What.WITHDRAWN),
    Move.REOPEN: Step(ENDED, State.RECEIVED, What.REOPENED),
}


def legal_changes() -> Iterator[tuple[State, State]]:
    """Yield each change of state that some move makes."""
    for step in STEPS.values():
        yield from ((state, step.to) for state in step.frm if step.to)
