"""Sends a letter: it becomes a message on the person's page, and a mail says that there is something to read."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.rights.letters.writing import Letter, LetterKind
from accounts.rights.mails.writing import tell_person
from accounts.rights.models import MailKind, Message, RightsRequest, What
from accounts.rights.moves import By, write_down

MAILS = {"acknowledgement": MailKind.RECEIVED, "progress": MailKind.PROGRESS}
QUESTIONS = frozenset({"identity", "clarification", "fee"})
# As the story of a request tells of it.
CALLED = {
    LetterKind.ACKNOWLEDGEMENT: _("acknowledgement"),
    LetterKind.IDENTITY: _("identity"),
    LetterKind.CLARIFICATION: _("clarification"),
    LetterKind.FEE: _("fee"),
    LetterKind.EXTENSION: _("extension"),
    LetterKind.PROGRESS: _("progress"),
    LetterKind.REFUSAL: _("refusal"),
    LetterKind.OUTCOME: _("outcome"),
    LetterKind.RESTRICTION_ENDS: _("end of the restriction"),
}


@transaction.atomic
def send_letter(request: RightsRequest, by: By, letter: Letter) -> Message:
    """Keep a letter with its request, and have the person told of it by e-mail. To be called with the deed itself.

    Args:
        request: what it is about.
        by: who sends it.
        letter: as it was written.
    """
    message = Message.objects.create(request=request, side=by.side, by=by.user, words=letter.text)
    write_down(request, by, What.LETTER, str(CALLED[letter.kind]))
    tell_person(request, mail_of(letter))
    return message


def mail_of(letter: Letter) -> MailKind:
    if letter.kind.value in QUESTIONS:
        return MailKind.QUESTION
    return MAILS.get(letter.kind.value, MailKind.NEWS)
