"""How a request ends, and how it is opened again."""

from django.db import transaction

from accounts.rights.due_dates import today
from accounts.rights.models import Outcome, RightsRequest, Side
from accounts.rights.models.transitions import Move
from accounts.rights.moves.asking_back import end_pause
from accounts.rights.moves.moving import By, move


def decide(request: RightsRequest, by: By, outcome: Outcome, words: str = "") -> None:
    """Decide it. What the decision says in detail is a `Decision`, written by the caller in the same transaction.

    Raises:
        IllegalMove: it is decided already, or has ended.
    """
    with transaction.atomic():
        end_pause(request)
        move(request, Move.DECIDE, by, words, {"outcome": outcome.value, "decided_on": today()})


def close(request: RightsRequest, by: By, words: str = "") -> None:
    """Close what was decided and answered.

    Raises:
        IllegalMove: it is not decided.
    """
    move(request, Move.CLOSE, by, words, {"closed_on": today()})


def close_unanswered(request: RightsRequest, by: By, words: str = "") -> None:
    """Close a request whose person does not answer us. They can open it again at any time.

    Raises:
        IllegalMove: nothing is waited for.
    """
    with transaction.atomic():
        end_pause(request)
        changes = {"closed_on": today(), "outcome": Outcome.NO_ANSWER.value}
        move(request, Move.CLOSE_UNANSWERED, by, words, changes)


def withdraw(request: RightsRequest, by: By, words: str = "") -> None:
    """Withdraw it, as the person says.

    Raises:
        IllegalMove: it has ended.
    """
    with transaction.atomic():
        end_pause(request)
        move(request, Move.WITHDRAW, by, words, {"closed_on": today()})


def reopen(request: RightsRequest, by: By, words: str = "") -> None:
    """Open it again. By the person it is asked anew, and its time begins today; by staff its time never ended.

    Raises:
        IllegalMove: it has not ended.
    """
    anew: dict[str, object] = {"closed_on": None, "decided_on": None, "outcome": ""}
    if by.side == Side.PERSON:
        anew |= {"reopened_on": today(), "extended_on": None, "extension_reasons": "", "told_on": today()}
    move(request, Move.REOPEN, by, words, anew)
