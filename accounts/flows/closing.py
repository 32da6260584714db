"""The rules of closing an account: ask, cool off, take back or be erased."""

import datetime as dt
import logging
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from accounts.flows.administrators import LastSuperuser, is_last_superuser, lock_with_administrators
from accounts.flows.closing_mails import address_of, send_due_mails, send_mail_of
from accounts.flows.security_events import record_event
from accounts.models import ClosingRequest, SecurityEvent, User
from accounts.personal_data import ledger
from accounts.personal_data.erasing import NotErased, end_every_session, erase, known_addresses
from accounts.personal_data.register import Erasure, Kind, kinds, rows_of, subject_of
from accounts.second_factor.ending_sessions import end_sessions

logger = logging.getLogger(__name__)

PERMISSION = "accounts.close_closingrequest"
LOG_ACTION = "accounts.close"
LOG_TAKEN_BACK = "accounts.close_taken_back"

State = ClosingRequest.State


class OnlyStaff(Exception):
    """The account was closed for misuse: staff decide whether it is opened again."""


class TooLate(Exception):
    """The account is erased, or is open again already."""


@dataclass(frozen=True, slots=True)
class WhatHappens:
    """What becomes of a person's data when their account is closed; only what there is of theirs."""

    deleted: list[Kind]
    anonymised: list[Kind]
    kept: list[Kind]


def what_happens(person: User) -> WhatHappens:
    subject = subject_of(person)
    theirs = [kind for kind in kinds() if rows_of(kind, subject).exists()]
    by_fate = {fate: [kind for kind in theirs if kind.erasure is fate] for fate in Erasure}
    return WhatHappens(by_fate[Erasure.DELETE], by_fate[Erasure.ANONYMISE], by_fate[Erasure.KEEP])


def may_close(staff: User, person: User) -> bool:
    """Whether staff may close somebody else's account: an administrator's only as another."""
    may = staff.has_perm(PERMISSION) and staff.pk != person.pk
    return may and (staff.is_superuser or not person.is_superuser)


@transaction.atomic
def ask_to_close(
    person: User,
    *,
    by: User | None = None,
    reason: ClosingRequest.Reason = ClosingRequest.Reason.OWN_WISH,
    note: str = "",
) -> ClosingRequest:
    """Close an account after the cooling-off: end all sessions and let nobody sign in.

    Asking again changes nothing. The caller sends the mail with `tell` after the commit.

    Args:
        person: whose account.
        by: who of the staff asks, if it is not the person.
        reason: why, where staff asks.
        note: more about that; the person can read it.

    Raises:
        LastSuperuser: nobody would be left to let others in.
    """
    lock_with_administrators(person)
    if found := ClosingRequest.objects.open().filter(person=person).first():
        return found
    if is_last_superuser(person):
        raise LastSuperuser
    now = timezone.now()
    closing = ClosingRequest.objects.create(
        person=person,
        by=by,
        reason=reason,
        note=note,
        asked_at=now,
        due_at=now + settings.CLOSING_COOLING_OFF,
        was_active=User.objects.get(pk=person.pk).is_active,
        mail_due=State.ASKED,
    )
    _switch(person, False)
    end_sessions(person)
    end_every_session(subject_of(person))
    record_event(SecurityEvent.Kind.CLOSING_ASKED, person, detail="by our staff" if by else "")
    if by:
        log(instance=person, action=LOG_ACTION, user=by)
    return closing


def _switch(person: User, active: bool) -> None:
    User.objects.filter(pk=person.pk).update(is_active=active)
    person.is_active = active


def tell(closing: ClosingRequest) -> bool:
    """Send the mail that the last step made due. If it cannot be sent now, housekeeping tries again."""
    return send_mail_of(closing.pk)


@transaction.atomic
def take_back(closing: ClosingRequest, *, by: User | None = None) -> ClosingRequest:
    """Open the account again, as it was before. It works until the erasing itself has begun.

    Args:
        closing: which one.
        by: who of the staff does it; nobody where the link in the mail does.

    Raises:
        OnlyStaff: it was closed for misuse, and the link cannot open it.
        TooLate: the account is erased, or is open again already.
    """
    found = ClosingRequest.objects.open().select_for_update().filter(pk=closing.pk).first()
    if found is None or found.person is None:
        raise TooLate
    if found.opened_by_staff_only and by is None:
        raise OnlyStaff
    now = timezone.now()
    found.state, found.ended_at, found.mail_due, found.mail_tried_at = State.TAKEN_BACK, now, State.TAKEN_BACK, None
    found.save()
    _switch(found.person, found.was_active)
    record_event(SecurityEvent.Kind.CLOSING_TAKEN_BACK, found.person, detail="by our staff" if by else "")
    if by:
        log(instance=found.person, action=LOG_TAKEN_BACK, user=by)
    if found.due_at <= now:
        # It may have been tried, and have stopped between the ledger and the commit.
        ledger.write(ledger.What.KEPT, ledger_entry(found))
    return found


def ledger_entry(closing: ClosingRequest) -> ledger.Erased:
    person = cast(User, closing.person)
    return ledger.erased_person(person, ever_used(person), closing.reason, closing.by_id)


def ever_used(person: User) -> set[str]:
    """Return the addresses a person has or had: a restored copy may know them by an older one."""
    changes = person.detail_changes.filter(field="email").values_list("old", "new")
    return {*known_addresses(subject_of(person)), *(address for change in changes for address in change)}


def close_what_is_due(now: dt.datetime | None = None) -> tuple[int, int]:
    """Erase the accounts whose cooling-off is over, each in its own transaction, and send the mails still due.

    Returns:
        How many were erased, and how many could not be; those are tried again next time.
    """
    now = now or timezone.now()
    _settle_the_gone(now)
    results = [close(pk, now) for pk in list(ClosingRequest.objects.due(now).values_list("pk", flat=True))]
    send_due_mails()
    return results.count(True), results.count(False)


def _settle_the_gone(now: dt.datetime) -> None:
    """End what has lost its person in another way, such as by hand in the database."""
    gone = ClosingRequest.objects.open().filter(person=None)
    gone.update(state=State.ERASED, ended_at=now, mail_due="", last_address="")


def close(pk: int, now: dt.datetime) -> bool | None:
    """Erase one person and write it into the ledger: all of it, or nothing but a count of the failure.

    Returns:
        Whether it was done; None where another process has it or it is not due any more.
    """
    try:
        entry = _erase_now(pk, now)
    except Exception as error:
        _note_failure(pk, error)
        return False
    if entry is None:
        return None
    logger.info("an account was erased", extra={"closing": pk})
    _confirm(entry)
    return True


@transaction.atomic
def _erase_now(pk: int, now: dt.datetime) -> ledger.Erased | None:
    """Announce it in the ledger as the last thing before the commit: killed in between, it is in there once too often.

    The other way round, an erasure could be missing there, and a restored copy would bring the person back for good.
    """
    due = ClosingRequest.objects.due(now).filter(pk=pk, person__isnull=False)
    closing = due.select_for_update(skip_locked=True, of=("self",)).select_related("person").first()
    if closing is None:
        return None
    person = cast(User, closing.person)
    entry, address = ledger_entry(closing), address_of(person)
    erase(subject_of(person))
    ClosingRequest.objects.filter(pk=pk).update(
        state=State.ERASED, ended_at=now, mail_due=State.ERASED, mail_tried_at=None, last_address=address, last_error=""
    )
    ledger.write(ledger.What.ERASING, entry)
    return entry


def _confirm(entry: ledger.Erased) -> None:
    try:
        ledger.write(ledger.What.ERASED, entry)
    except (OSError, ledger.Damaged) as error:
        # The line before says enough for reapply_erasures.
        logger.error("the ledger could not be completed: %s", type(error).__name__, extra={"person": entry.number})


def _note_failure(pk: int, error: Exception) -> None:
    """Write down what went wrong for staff to see, without what a database quotes in its errors."""
    says = str(error) if isinstance(error, NotErased) else type(error).__name__
    if isinstance(error, OSError | ledger.Damaged):
        says = f"{type(error).__name__} at the erasure ledger"
    logger.error("an account could not be erased and will be tried again: %s", says, extra={"closing": pk})
    ClosingRequest.objects.filter(pk=pk).update(failures=F("failures") + 1, last_error=says[:200])
