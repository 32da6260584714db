"""Opens a request: the one rule behind both forms, what staff write down, and an enquiry that was one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from accounts.models import User
from accounts.rights.asking.marketing import stop_marketing
from accounts.rights.attaching.keeping import Checked, keep_files
from accounts.rights.due_dates import due_day, today
from accounts.rights.letters.occasions import acknowledge
from accounts.rights.mails.writing import tell_account, tell_person, tell_staff
from accounts.rights.models import Channel, Kind, MailKind, RightsRequest, Side, State, What
from accounts.rights.moves import BY_MACHINE, By, IllegalMove, write_down


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks, in their words, and what is known of them.

    Args:
        kind: which right.
        marketing: that an objection is to news and offers: these stop at once.
        person: their account, where it is known; its address counts then.
        acting_for: whose data it is about, if not theirs.
        authority: what shows that they may ask for them.
        received_on: the true day on which it reached us; today where nothing is said.
        once: of the form that was sent: a form that is sent twice makes one request.
    """

    kind: Kind
    details: str = ""
    marketing: bool = False
    person: User | None = None
    name: str = ""
    address: str = ""
    postal_address: str = ""
    acting_for: str = ""
    authority: str = ""
    received_on: dt.date | None = None
    once: UUID | None = None


def open_request(asked: Asked, channel: Channel, by: By, files: Sequence[Checked] = ()) -> RightsRequest:
    """Open a request, acknowledge it by itself, and tell whoever answers requests.

    By the form (`Channel.FORM`) and by the person, nothing of that is done yet: first the address is confirmed, see
    `confirm`. Whoever is signed in, and whom staff write down, is known. What a person has asked in the same words
    already, and is open still, is not opened once more.

    Args:
        asked: what is asked, and by whom.
        channel: how it reached us.
        by: who writes it down: the person, or staff.
        files: as `check_files` returned them.

    Raises:
        IllegalMove: the day of receipt is in the future.
        RefusedFiles: too many files.
    """
    if asked.received_on and asked.received_on > today():
        raise IllegalMove(gettext("The day on which it came cannot be in the future."))
    try:
        with transaction.atomic():
            if there := _sent_before(asked):
                return there
            twin = _twin(asked) if by.side == Side.PERSON else None
            return _asked_again(twin, by, files) if twin else _open(asked, channel, by, files)
    except IntegrityError:
        if there := _sent_before(asked):  # sent twice at once
            return there
        raise


def _sent_before(asked: Asked) -> RightsRequest | None:
    return RightsRequest.objects.filter(once=asked.once).first() if asked.once else None


def _twin(asked: Asked) -> RightsRequest | None:
    """Return what the person has asked in the same words and is open still; of a stranger, what is not confirmed yet.

    Of what a stranger has confirmed nothing is said: whoever fills in the form may be somebody else.
    """
    same = RightsRequest.objects.filter(
        kind=asked.kind, details=asked.details, about_marketing=asked.marketing, acting_for=asked.acting_for
    )
    if asked.person:
        return same.open().filter(person=asked.person).first()
    return same.filter(person=None, address=asked.address, name=asked.name, state=State.UNCONFIRMED).first()


def _asked_again(twin: RightsRequest, by: By, files: Sequence[Checked]) -> RightsRequest:
    """Keep the files with what is there, and send the link again to whoever did not find it."""
    keep_files(twin, by, files)
    if twin.state == State.UNCONFIRMED:
        tell_person(twin, MailKind.CONFIRM)
    return twin


def _open(asked: Asked, channel: Channel, by: By, files: Sequence[Checked]) -> RightsRequest:
    unconfirmed = channel == Channel.FORM and by.side == Side.PERSON
    request = _written_down(asked, channel, by, State.UNCONFIRMED if unconfirmed else State.RECEIVED)
    write_down(request, by, What.ENTERED if by.side == Side.STAFF else What.OPENED)
    keep_files(request, by, files)
    if unconfirmed:
        tell_person(request, MailKind.CONFIRM)
    else:
        if request.address and (account := account_with(request.address)):
            tell_other_address(request, account)
        receive(request)
    return request


def account_with(address: str) -> User | None:
    """Return whose confirmed address this is."""
    found = EmailAddress.objects.filter(email__iexact=address, verified=True, user__is_active=True)
    one = found.select_related("user").first()
    return one.user if one else None


def tell_other_address(request: RightsRequest, account: User) -> None:
    """Tell an account that something was asked with an address of its own, where that is not where it is written to."""
    if account.email.lower() != request.address.lower():
        tell_account(request, account)


def _written_down(asked: Asked, channel: Channel, by: By, state: State) -> RightsRequest:
    request = RightsRequest(
        kind=asked.kind,
        state=state,
        person=asked.person,
        name=asked.name or (asked.person.get_full_name() if asked.person else ""),
        address="" if asked.person else asked.address,
        postal_address=asked.postal_address,
        channel=channel,
        details=asked.details,
        about_marketing=asked.marketing and asked.kind == Kind.OBJECTION,
        acting_for=asked.acting_for,
        authority=asked.authority,
        received_on=asked.received_on or today(),
        entered_by=by.user if by.side == Side.STAFF else None,
        once=asked.once,
    )
    request.save(force_insert=True)
    request.due_on = due_day(request)
    request.save(update_fields=["due_on"])
    return request


def receive(request: RightsRequest) -> None:
    """Do what follows from a request that counts: say so to both sides, and do what is done at once.

    A complaint must be acknowledged (`LAW.COMPLAINTS`); where no mail can do that, staff do.
    """
    if request.person_id or request.address:
        acknowledge(request, BY_MACHINE)
    tell_staff(request, MailKind.NEW_REQUEST)
    if request.about_marketing:
        stop_marketing(request)
