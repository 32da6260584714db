"""An erasure that was granted: the register's own erasing, the ledger, and a second pass that looks again.

The ledger has its line before the commit that makes the erasing final, so a restored backup never brings somebody back
for good. The second pass comes after the commit, in a transaction of its own: it counts what is found still, erases
that, too, and is made up for by a chore where the process was killed in between.
"""

import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.flows.closing import ever_used
from accounts.models import ClosingRequest, User
from accounts.personal_data import ledger
from accounts.personal_data.erasing import NotErased, erase, erase_kind
from accounts.personal_data.forgetting import forgetting
from accounts.personal_data.register import (
    Erasure,
    Kind,
    Subject,
    kinds,
    kinds_by_order,
    rows_of,
    subject_at,
    subject_of,
)
from accounts.rights.models import ErasureReceipt, RightsRequest, What
from accounts.rights.moves import BY_MACHINE, By, write_down
from accounts.values.wording import entries_in_words, sentences

logger = logging.getLogger(__name__)
REASON = "rights-request"


@dataclass(frozen=True, slots=True)
class Erasing:
    """An erasure between its first pass and the second: whose it was, and what the ledger says."""

    receipt: ErasureReceipt
    subject: Subject
    entry: ledger.Erased


def erase_account(request: RightsRequest, person: User, by: By) -> Erasing:
    """Erase an account by the register, in the transaction that is open. `announce_in_ledger` has to follow.

    Raises:
        NotErased: a step failed; roll back all of it.
    """
    subject = subject_of(person)
    entry = ledger.erased_person(person, ever_used(person), REASON, by.user.pk if by.user else None)
    ClosingRequest.objects.open().filter(person=person).update(
        state=ClosingRequest.State.ERASED, ended_at=timezone.now(), mail_due=""
    )
    counts = erase(subject)
    receipt = ErasureReceipt.objects.create(request=request, number=subject.pk, first=_some(counts))
    return Erasing(receipt, subject, entry)


def erase_address(request: RightsRequest, address: str, by: By) -> Erasing:
    """Erase what the site holds under an address of somebody without an account; otherwise as `erase_account`.

    Raises:
        NotErased: a step failed; roll back all of it.
    """
    subject = subject_at(address)
    entry = ledger.erased_address(address, REASON, by.user.pk if by.user else None)
    receipt = ErasureReceipt.objects.create(request=request, number=subject.pk, first=_some(erase(subject)))
    return Erasing(receipt, subject, entry)


def announce_in_ledger(erasing: Erasing) -> None:
    """Write the first line, as the last thing before the commit: killed in between, it stands there once too often.

    Raises:
        NotErased: the ledger took no line; roll back all of it.
    """
    try:
        ledger.write(ledger.What.ERASING, erasing.entry)
    except (OSError, ledger.Damaged) as error:
        raise NotErased(f"{type(error).__name__} at the erasure ledger") from error


def confirm_in_ledger(erasing: Erasing) -> None:
    """Write the second line after the commit. The first says enough for `reapply_erasures`."""
    try:
        ledger.write(ledger.What.ERASED, erasing.entry)
    except (OSError, ledger.Damaged) as error:
        logger.error(
            "the ledger could not be completed: %s", type(error).__name__, extra={"person": erasing.subject.pk}
        )


@transaction.atomic
def look_again(receipt: ErasureReceipt, subject: Subject) -> ErasureReceipt:
    """Search the whole register once more, erase what is found still, and count it all into the receipt.

    Args:
        receipt: of the erasure; nothing happens where it was looked again already.
        subject: whose it was, as it was before.

    Raises:
        NotErased: somebody has that account, or a step failed; the receipt stays open.
    """
    found = ErasureReceipt.objects.select_for_update().get(pk=receipt.pk)
    if found.looked_again_at:
        return found
    if User.objects.filter(pk=subject.pk).exists():
        raise NotErased("There is an account of that number again. Was a backup restored? Run reapply_erasures.")
    found.second = _some({kind.key: rows_of(kind, subject).count() for kind in kinds()})
    with forgetting():
        for kind in kinds_by_order():
            if kind.key in found.second and kind.erasure is Erasure.DELETE:
                erase_kind(kind, subject)
    found.left = sum(rows_of(kind, subject).count() for kind in kinds() if kind.erasure is Erasure.DELETE)
    found.looked_again_at = timezone.now()
    found.save(update_fields=["second", "left", "looked_again_at"])
    write_down(found.request, BY_MACHINE, What.ERASED, receipt_in_words(found))
    return found


def look_again_where_due() -> tuple[int, int]:
    """Make up for second passes that were not made, as where a process was killed.

    Returns:
        How many were made, and how many failed.
    """
    results = [_looked_again(receipt) for receipt in ErasureReceipt.objects.due().select_related("request")]
    return results.count(True), results.count(False)


def look_again_at_what_is_due() -> dict[str, int]:
    """As a chore of the housekeeping."""
    made, failed = look_again_where_due()
    return {"looked at again": made, "failed": failed}


def how_many_to_look_at_again() -> dict[str, int]:
    return {"erasures to look at again": ErasureReceipt.objects.due().count()}


def _looked_again(receipt: ErasureReceipt) -> bool:
    """The account is gone: its number, and the address at which the answer is sent, are what is left to look for."""
    address = receipt.request.address.lower()
    gone = User(pk=receipt.number, email=address)
    try:
        look_again(receipt, Subject(gone, (address,) if address else ()))
    except NotErased as error:
        logger.error("an erasure could not be looked at again: %s", error, extra={"receipt": receipt.pk})
        return False
    return True


def receipt_in_words(receipt: ErasureReceipt) -> str:
    """Return what each pass found, as both sides read it."""
    first, second = sum(receipt.first.values()), sum(receipt.second.values())
    lines = [
        gettext("First pass: %(entries)s deleted or kept without saying whose they were.")
        % {"entries": entries_in_words(first)},
        *_by_kind(receipt.first, kept=False),
        gettext("Second pass: %(entries)s found.") % {"entries": entries_in_words(second)},
        *_by_kind(receipt.second, kept=True),
        gettext("Left of what is to be deleted: %(left)s.") % {"left": receipt.left},
    ]
    return "\n".join(lines)


def _by_kind(counts: dict[str, int], *, kept: bool) -> list[str]:
    return [_line(kind, counts[kind.key], kept=kept) for kind in kinds() if counts.get(kind.key)]


def _line(kind: Kind, count: int, *, kept: bool) -> str:
    facts = {"title": kind.title, "count": count}
    if kind.erasure is Erasure.DELETE:
        return gettext("- %(title)s: %(count)s, deleted.") % facts
    fate = gettext("- %(title)s: %(count)s, kept, without saying whose it was.") % facts
    return sentences(fate, str(kind.why_kept) if kept else "")


def _some(counts: dict[str, int]) -> dict[str, int]:
    return {key: count for key, count in counts.items() if count}
