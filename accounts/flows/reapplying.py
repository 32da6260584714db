"""Erases again the people that a restored backup has brought back."""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import ClosingRequest, User
from accounts.personal_data import ledger
from accounts.personal_data.erasing import NotErased, erase, erase_older, known_addresses
from accounts.personal_data.register import NOBODY, ByAddress, Subject, kinds, subject_at, subject_of

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
        if line.erased.number == NOBODY:
            _reapply_to_address(line, found, dry_run)
            continue
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


def _reapply_to_address(line: ledger.Line, found: Reapplied, dry_run: bool) -> None:
    """Erase what came back of somebody without an account, and nothing that they sent since."""
    subject = _whose(line)
    if subject is None:
        found.gone += 1
    elif dry_run or _erase_older(subject, line):
        found.again += 1
    else:
        found.failed += 1


def _whose(line: ledger.Line) -> Subject | None:
    """Return whose rows are here again, found by trying the addresses that there are; None where there are none."""
    for kind in (kind for kind in kinds() if kind.born):
        older = kind.model_class._base_manager.filter(**{f"{kind.born}__lt": line.at}).order_by()
        for path in (finder.path for finder in kind.found_by if isinstance(finder, ByAddress)):
            for address in set(older.values_list(path, flat=True)) - {"", None}:
                if not ledger.keyed_by_any(address.lower()).isdisjoint(line.erased.addresses):
                    return subject_at(address)
    return None


def _erase_older(subject: Subject, line: ledger.Line) -> bool:
    try:
        count = erase_older(subject, line.at)
    except NotErased as error:
        logger.error("what is of an address of the ledger could not be erased again: %s", error)
        return False
    logger.info("what is of an address of the ledger was erased again", extra={"rows": count})
    return True


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
