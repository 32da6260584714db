"""Erases again the people that a restored backup has brought back."""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import ClosingRequest, User
from accounts.personal_data import ledger
from accounts.personal_data.erasing import NotErased, erase, known_addresses
from accounts.personal_data.register import subject_of

logger = logging.getLogger(__name__)


@dataclass
class Reapplied:
    """How many people of the ledger are gone, were here again and are erased, are somebody else now, or failed."""

    gone: int = 0
    again: int = 0
    somebody_else: int = 0
    failed: int = 0


def reapply(dry_run: bool = False) -> Reapplied:
    """Erase everybody who is in the ledger and in the database. Safe to repeat.

    Args:
        dry_run: only count.

    Raises:
        ledger.Damaged: the ledger does not fit together, so it proves nothing; nobody was erased.
    """
    found = Reapplied()
    for line in ledger.read().to_repeat():
        person = User.objects.filter(pk=line.erased.number).first()
        if person is None:
            found.gone += 1
        elif not ledger.is_same(person, line, known_addresses(subject_of(person))):
            found.somebody_else += 1
        elif dry_run or erase_again(person):
            found.again += 1
        else:
            found.failed += 1
    return found


def erase_again(person: User) -> bool:
    """Erase somebody whom a backup brought back, and end their open closing.

    Returns:
        Whether it worked. If not, the log says at which step it failed.
    """
    number = person.pk
    try:
        with transaction.atomic():
            open_ones = ClosingRequest.objects.open().filter(person=person)
            open_ones.update(state=ClosingRequest.State.ERASED, ended_at=timezone.now(), mail_due="")
            erase(subject_of(person))
    except NotErased as error:
        logger.error("a person of the ledger could not be erased again: %s", error, extra={"person": number})
        return False
    logger.info("a person of the ledger was erased again", extra={"person": number})
    return True
