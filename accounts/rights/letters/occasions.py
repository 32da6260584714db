"""The moves that come with a letter: both are done, or neither."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.rights import moves
from accounts.rights.attaching.keeping import Checked, keep_files
from accounts.rights.due_dates import today
from accounts.rights.letters.sending import send_letter
from accounts.rights.letters.writing import LetterKind, Told, write_letter
from accounts.rights.mails.writing import tell_person
from accounts.rights.models import MailKind, Message, RightsRequest, What
from accounts.rights.moves import By


def _send(kind: LetterKind, request: RightsRequest, by: By, words: str = "") -> Message:
    return send_letter(request, by, write_letter(kind, request, words, Told(due=request.due_on)))


@transaction.atomic
def acknowledge(request: RightsRequest, by: By, words: str = "") -> None:
    """Tell the person that their request or complaint is here, and by when we answer.

    Raises:
        IllegalMove: that was done already.
    """
    moves.acknowledge(request, by, today())
    _send(LetterKind.ACKNOWLEDGEMENT, request, by, words)


@transaction.atomic
def ask_identity(request: RightsRequest, by: By, words: str) -> None:
    """Ask who is asking, in a letter that says what for.

    Raises:
        IllegalMove: they are known, it is a complaint, or it is not the time for it.
    """
    moves.ask_identity(request, by, words)
    _send(LetterKind.IDENTITY, request, by, words)


@transaction.atomic
def ask_clarification(request: RightsRequest, by: By, words: str) -> None:
    """Ask what is meant, in a letter that says that the clock is paused.

    Raises:
        IllegalMove: only access requests can be paused, or it is not the time for it.
    """
    moves.ask_clarification(request, by, words)
    _send(LetterKind.CLARIFICATION, request, by, words)


@transaction.atomic
def ask_fee(request: RightsRequest, by: By, words: str) -> None:
    """Ask for a fee, in a letter that names the routes.

    Raises:
        IllegalMove: it is a complaint, or it is not the time for it.
    """
    moves.ask_fee(request, by, words)
    _send(LetterKind.FEE, request, by, words)


@transaction.atomic
def extend(request: RightsRequest, by: By, reasons: str) -> None:
    """Take two months more, in a letter that says why and names the new day.

    Raises:
        IllegalMove: without reasons, twice, too late, or of a complaint.
    """
    moves.extend(request, by, reasons)
    _send(LetterKind.EXTENSION, request, by, reasons)


@transaction.atomic
def tell_progress(request: RightsRequest, by: By, words: str) -> None:
    """Tell how a complaint stands.

    Raises:
        IllegalMove: it is no complaint, or has ended.
    """
    moves.tell_progress(request, by, words)
    _send(LetterKind.PROGRESS, request, by, words)


@transaction.atomic
def write_message(request: RightsRequest, by: By, words: str, files: Sequence[Checked] = ()) -> Message:
    """Write to the person without any form.

    Args:
        files: as `check_files` returned them; they go with the message.
    """
    message = Message.objects.create(request=request, side=by.side, by=by.user, words=words.strip())
    moves.write_down(request, by, What.MESSAGE)
    for file in keep_files(request, by, files, message):
        moves.write_down(request, by, What.FILE_ADDED, file.name)
    tell_person(request, MailKind.NEWS)
    return message


def close_unanswered(request: RightsRequest, by: By, words: str) -> None:
    """Close what waits for the person in vain, and tell them that they can open it again at any time.

    Raises:
        IllegalMove: nothing is waited for.
    """
    with transaction.atomic():
        moves.close_unanswered(request, by, words)
        write_message(request, by, f"{words.strip()}\n\n{OPEN_AGAIN}".strip())


OPEN_AGAIN = _(
    "We close this as our question was not answered. You can open it again at any time: answer, and we go on."
)


def escalated(request: RightsRequest, by: By, on: dt.date, words: str) -> None:
    """Write down that it went to the regulator.

    Raises:
        IllegalMove: the day is in the future.
    """
    moves.escalate(request, by, on, words)
