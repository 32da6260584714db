"""What we may ask back, and what starts or pauses the clock: who is asking, a fee, what is meant."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rights.due_dates import deadline_of, today
from accounts.rights.models import Channel, Pause, RightsRequest, State
from accounts.rights.models.transitions import STEPS, Move
from accounts.rights.moves.moving import By, IllegalMove, Overtaken, move, overtaken, refusal
from accounts.values.country import LAW
from accounts.values.wording import day_in_words

KNOWN = _("They asked while signed in, so it is known who they are, and nothing more may be asked for that.")
NOT_THEN = _("That day is before we asked, or in the future.")


def ask_identity(request: RightsRequest, by: By, words: str = "") -> None:
    """Ask for what shows who is asking; the month begins when it comes (`LAW.IDENTITY`, `LAW.PERIOD`).

    Raises:
        IllegalMove: they are known, it is a complaint, or the state does not allow it.
    """
    _refuse_complaint(request)
    if request.channel == Channel.ACCOUNT:
        raise IllegalMove(KNOWN)
    changes = {"identity_asked_on": today(), "identity_on": None}
    move(request, Move.ASK_IDENTITY, by, words, changes)


def give_identity(request: RightsRequest, by: By, on: dt.date | None = None, words: str = "") -> None:
    """Write down that it came; the month begins on that day.

    Raises:
        IllegalMove: it was not asked for, or the day cannot be.
    """
    _allowed(request, Move.GIVE_IDENTITY)
    move(request, Move.GIVE_IDENTITY, by, words, {"identity_on": _day_since(request.identity_asked_on, on)})


def ask_fee(request: RightsRequest, by: By, words: str) -> None:
    """Ask for a reasonable fee, which only a manifestly unfounded or excessive request can cost (`LAW.FEES`).

    Raises:
        IllegalMove: it is a complaint, or the state does not allow it.
    """
    _refuse_complaint(request)
    move(request, Move.ASK_FEE, by, words, {"fee_asked_on": today(), "fee_on": None})


def pay_fee(request: RightsRequest, by: By, on: dt.date | None = None, words: str = "") -> None:
    """Write down that the fee was paid; the month begins on that day.

    Raises:
        IllegalMove: none was asked for, or the day cannot be.
    """
    _allowed(request, Move.PAY_FEE)
    move(request, Move.PAY_FEE, by, words, {"fee_on": _day_since(request.fee_asked_on, on)})


def ask_clarification(request: RightsRequest, by: By, question: str) -> None:
    """Ask which information is meant; the days until the answer do not count (`LAW.PERIOD`).

    Raises:
        IllegalMove: only access requests can be paused, and only while the time runs; or the state does not allow it.
    """
    if request.kind != "access":
        raise IllegalMove(
            gettext("Only an access request can be paused by a question. Ask by a message: the time goes on meanwhile.")
        )
    last = deadline_of(request).due
    if last and today() > last:
        raise IllegalMove(
            gettext("The time ended on %(day)s: no question stops it now. Ask by a message.")
            % {"day": day_in_words(last)}
        )
    with transaction.atomic():
        move(request, Move.ASK_CLARIFICATION, by, question)
        Pause.objects.create(request=request, question=question.strip(), asked_on=today())


def clarify(request: RightsRequest, by: By, on: dt.date | None = None, words: str = "") -> None:
    """End the pause with the answer; the day on which it came does not count either.

    Raises:
        IllegalMove: nothing was asked, or the day cannot be.
        Overtaken: it was changed since it was read.
    """
    _allowed(request, Move.CLARIFY)
    with transaction.atomic():
        pause = request.pauses.filter(answered_on=None).first()
        if pause is None:  # it was answered, decided or withdrawn since it was read
            raise Overtaken(overtaken(request))
        pause.answered_on = _day_since(pause.asked_on, on)
        pause.save(update_fields=["answered_on"])
        move(request, Move.CLARIFY, by, words)


def end_pause(request: RightsRequest) -> None:
    """Let no pause stay open behind a request that is decided, withdrawn or closed."""
    if request.state == State.WAITING_CLARIFICATION:
        request.pauses.filter(answered_on=None).update(answered_on=today())


def _refuse_complaint(request: RightsRequest) -> None:
    if request.is_complaint:
        raise IllegalMove(LAW.COMPLAINT_WITHOUT_IT)


def _allowed(request: RightsRequest, what: Move) -> None:
    if request.state not in STEPS[what].frm:
        raise IllegalMove(refusal(request, what))


def _day_since(asked_on: dt.date | None, on: dt.date | None) -> dt.date:
    """Return the day on which something came, today where none is said."""
    day = on or today()
    if day > today() or (asked_on and day < asked_on):
        raise IllegalMove(NOT_THEN)
    return day
