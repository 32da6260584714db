"""Undoing a change of e-mail address with the link that the old address was mailed. It works without signing in."""

import datetime as dt
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.flows.closing import take_back
from accounts.flows.origins import Origin
from accounts.flows.profile import record_changes
from accounts.flows.security_events import record_event
from accounts.models import ClosingRequest, DetailChange, SecurityEvent, User
from accounts.personal_data.erasing import NotErased, end_every_session, erase
from accounts.personal_data.register import subject_of
from accounts.second_factor.changing import make_second_step_only
from accounts.second_factor.ending_sessions import end_sessions
from accounts.second_factor.guard import may_enter_cms

LASTS = dt.timedelta(days=7)
SALT = "accounts.undoing"


class Why(StrEnum):
    UNKNOWN = "unknown"
    TOO_LATE = "too_late"
    USED = "used"
    TAKEN = "taken"


class CannotUndo(Exception):
    """The link undoes nothing; `why` says for which reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def undo_link(person: User, old: str) -> str:
    """Return the address of the page that undoes the person's newest change away from an address; empty if none."""
    change = person.detail_changes.filter(field="email", old=old).order_by("-pk").first()
    return settings.SITE_URL + reverse("accounts:undo", args=[undo_token(change)]) if change else ""


def undo_token(change: DetailChange) -> str:
    return Signer(salt=SALT).sign(str(change.pk))


def find_change(token: str) -> DetailChange:
    """Return the change that a link is about.

    Raises:
        CannotUndo: the link is not ours or not whole, is too old, or was used; or a link to an older address was.
    """
    try:
        pk = int(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError) as error:
        raise CannotUndo(Why.UNKNOWN) from error
    change = DetailChange.objects.filter(pk=pk, field="email").first()
    return _usable(change)


def _usable(change: DetailChange | None) -> DetailChange:
    if change is None:
        raise CannotUndo(Why.UNKNOWN)
    if change.undone_at:
        raise CannotUndo(Why.USED)
    if timezone.now() - change.at >= LASTS:
        raise CannotUndo(Why.TOO_LATE)
    return change


def undo(change: DetailChange, origin: Origin | None = None) -> User:
    """Give a person the address back that they had before a change, and shut out whoever made the change.

    All sessions end, the password is good for nothing until a new one is chosen by a mail to that address, and later
    changes, closings and links to other addresses are undone with it. The second factor stays: the link must not lead
    round it. The caller mails the way to a new password after the commit.

    Args:
        change: a change of the field `email`, as `find_change` returns it.
        origin: from roughly where the link was used.

    Raises:
        CannotUndo: the link was used in the same moment, or somebody else has confirmed the address since.
    """
    try:
        return _undo(change, origin)
    except (IntegrityError, NotErased) as error:  # somebody signs up with the address at this very moment
        raise CannotUndo(Why.TAKEN) from error


@transaction.atomic
def _undo(change: DetailChange, origin: Origin | None) -> User:
    person = User.objects.select_for_update().filter(pk=change.person_id).first()
    change = _usable(DetailChange.objects.filter(pk=change.pk).first())
    if person is None:
        raise CannotUndo(Why.UNKNOWN)
    _make_room(change.old, person)
    end_sessions(person)
    end_every_session(subject_of(person))
    made_since = person.detail_changes.filter(field="email", pk__gte=change.pk, undone_at=None)
    made_since.update(undone_at=timezone.now())
    record_changes(person, {"email": person.email}, {"email": change.old}, by=person)
    _restore(person, change.old)
    make_second_step_only(person, since=change.at)
    for closing in ClosingRequest.objects.open().filter(person=person, asked_at__gte=change.at):
        if not closing.by_staff:
            take_back(closing)
            person.refresh_from_db(fields=["is_active"])
    record_event(SecurityEvent.Kind.ADDRESS_CHANGE_UNDONE, person, origin)
    return person


def _make_room(address: str, person: User) -> None:
    """Erase accounts that were opened with the address since and never confirmed it: they would block its owner."""
    if EmailAddress.objects.filter(email=address, verified=True).exclude(user=person).exists():
        raise CannotUndo(Why.TAKEN)
    for other in User.objects.filter(email=address).exclude(pk=person.pk):
        if other.last_login or may_enter_cms(other):
            raise CannotUndo(Why.TAKEN)
        erase(subject_of(other))


def _restore(person: User, address: str) -> None:
    """Drop every other address, those that wait to be confirmed too: their links must not change it again."""
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    person.email = address
    person.set_unusable_password()
    person.save(update_fields=["email", "password"])
