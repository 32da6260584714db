"""What a person writes about their request, and what follows from it: an answer starts the clock again by itself."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from accounts.rights.attaching.keeping import Checked, keep_files
from accounts.rights.mails.writing import tell_staff
from accounts.rights.models import MailKind, Message, RightsRequest, State, What
from accounts.rights.moves import By, IllegalMove, clarify, give_identity, write_down

ANSWERS = {State.WAITING_CLARIFICATION: clarify, State.WAITING_IDENTITY: give_identity}


def can_answer(request: RightsRequest) -> bool:
    """Whether we wait for words or papers of theirs."""
    return request.state in ANSWERS


def write(
    request: RightsRequest, by: By, words: str, files: Sequence[Checked] = (), once: UUID | None = None
) -> Message | None:
    """Keep a message with its files, and tell the staff.

    Args:
        request: what it is about.
        by: the person.
        words: what they write; may be empty where there are files.
        files: as `check_files` returned them.
        once: of the form that was sent.

    Returns:
        The message; None where the same form was sent before, and nothing more was kept.

    Raises:
        RefusedFiles: they would be too many; nothing was kept.
    """
    if once and request.messages.filter(once=once).exists():
        return None
    try:
        with transaction.atomic():
            return _write(request, by, words, files, once)
    except IntegrityError:
        if once and request.messages.filter(once=once).exists():  # sent twice at once
            return None
        raise


def _write(request: RightsRequest, by: By, words: str, files: Sequence[Checked], once: UUID | None) -> Message:
    said = words.strip() or gettext("(Files only)")
    message = Message.objects.create(request=request, side=by.side, by=by.user, words=said, once=once)
    kept = keep_files(request, by, files, message)
    write_down(request, by, What.MESSAGE)
    for file in kept:
        write_down(request, by, What.FILE_ADDED, file.name)
    tell_staff(request, MailKind.PERSON_WROTE)
    return message


def answer(request: RightsRequest, by: By) -> bool:
    """Take what they wrote as the answer we wait for; return whether we still waited for one.

    What they wrote is kept in any case: a request that was decided in the same moment loses no word.
    """
    move = ANSWERS.get(State(request.state))
    if move is None:
        return False
    try:
        move(request, by)
    except IllegalMove:
        return False
    return True
