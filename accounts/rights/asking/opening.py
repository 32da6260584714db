"""Opens a request: the one rule behind both forms, what staff write down, and an enquiry that was one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.rights.asking.marketing import stop_marketing
from accounts.rights.attaching.keeping import Checked, keep_files
from accounts.rights.due_dates import due_day, today
from accounts.rights.mails.writing import tell_person, tell_staff
from accounts.rights.models import Channel, Kind, MailKind, RightsRequest, Side, State, What
from accounts.rights.moves import BY_MACHINE, By, IllegalMove, acknowledge, write_down


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks, in their words.

    `marketing` says that an objection is to news and offers: these stop at once. `once` is of the form that was sent:
    a form that is sent twice makes one request.
    """

    kind: Kind
    details: str = ""
    name: str = ""
    address: str = ""
    postal_address: str = ""
    acting_for: str = ""
    authority: str = ""
    marketing: bool = False
    once: UUID | None = None


def open_request(
    asked: Asked,
    channel: Channel,
    by: By,
    *,
    person: User | None = None,
    received_on: dt.date | None = None,
    files: Sequence[Checked] = (),
) -> RightsRequest:
    """Open a request, acknowledge it by itself, and tell whoever answers requests.

    By the form (`Channel.FORM`) and by the person, nothing of that is done yet: first the address is confirmed, see
    `confirm`. Whoever is signed in, and whom staff write down, is known.

    Args:
        asked: what is asked.
        channel: how it reached us.
        by: who writes it down: the person, or staff.
        person: the account it belongs to, if that is known.
        received_on: the true day on which it reached us, today where nothing is said.
        files: as `check_files` returned them.

    Raises:
        IllegalMove: the day of receipt is in the future.
        RefusedFiles: too many files.
    """
    if received_on and received_on > today():
        raise IllegalMove("The day on which it came cannot be in the future.")
    try:
        with transaction.atomic():
            return _open(asked, channel, by, person, received_on or today(), files)
    except IntegrityError:
        if asked.once and (there := RightsRequest.objects.filter(once=asked.once).first()):
            return there  # the same form, sent twice at once
        raise


def _open(
    asked: Asked, channel: Channel, by: By, person: User | None, received_on: dt.date, files: Sequence[Checked]
) -> RightsRequest:  # noqa: PLR0913, PLR0917
    if asked.once and (there := RightsRequest.objects.filter(once=asked.once).first()):
        return there
    unconfirmed = channel == Channel.FORM and by.side == Side.PERSON
    request = RightsRequest(
        kind=asked.kind,
        state=State.UNCONFIRMED if unconfirmed else State.RECEIVED,
        person=person,
        name=asked.name or (str(person.get_full_name()) if person else ""),
        address="" if person else asked.address,
        postal_address=asked.postal_address,
        channel=channel,
        details=asked.details,
        acting_for=asked.acting_for,
        authority=asked.authority,
        received_on=received_on,
        entered_by=by.user if by.side == Side.STAFF else None,
        about_marketing=asked.marketing and asked.kind == Kind.OBJECTION,
        once=asked.once,
    )
    request.save(force_insert=True)
    request.due_on = due_day(request)
    RightsRequest.objects.filter(pk=request.pk).update(due_on=request.due_on)
    write_down(request, by, What.ENTERED if by.side == Side.STAFF else What.OPENED)
    keep_files(request, by, files)
    if unconfirmed:
        tell_person(request, MailKind.CONFIRM)
    else:
        receive(request)
    return request


def receive(request: RightsRequest) -> None:
    """Do what follows from a request that counts: say so to both sides, and do what is done at once.

    A complaint must be acknowledged (Data Protection Act 2018, section 164A(3)); where our mail cannot do that, staff do.
    """
    if request.person_id or request.address:
        acknowledge(request, BY_MACHINE)
        tell_person(request, MailKind.RECEIVED)
    tell_staff(request, MailKind.NEW_REQUEST)
    if request.about_marketing:
        stop_marketing(request)
