"""Writes down which mails are due, in the transaction of what they are about; they are sent after it."""

import datetime as dt

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.rights.mails.sending import send_rights_mails
from accounts.rights.models import DueMail, MailKind, RightsRequest, Side

HANDLE = "rights.handle_rightsrequest"


def tell_person(request: RightsRequest, kind: MailKind, about: dt.date | None = None) -> bool:
    """Have the person told, once the transaction is committed; return whether that is new.

    Args:
        request: what it is about.
        kind: the occasion.
        about: of a reminder, the due date; each is sent once.
    """
    return _write(request, Side.PERSON, kind, about)


def tell_staff(request: RightsRequest, kind: MailKind, about: dt.date | None = None) -> bool:
    """Have those told who answer requests: whoever it is given to, or else all of them."""
    told = [_write(request, Side.STAFF, kind, about, to) for to in whom_to_tell(request)]
    return any(told)


def tell_account(request: RightsRequest, person: User) -> bool:
    """Tell an account at its own address that somebody made a request with another address of theirs."""
    return _write(request, Side.PERSON, MailKind.SOMEBODY_ASKED, None, person)


def whom_to_tell(request: RightsRequest) -> list[User]:
    """Return who of the staff is told about a request."""
    to = request.assigned_to
    if to and to.is_active and to.has_perm(HANDLE):
        return [to]
    return list(handlers())


def handlers() -> QuerySet[User]:
    """Return who may answer requests; administrators where nobody was given that."""
    codename = HANDLE.partition(".")[2]
    may = Permission.objects.filter(codename=codename, content_type__app_label="rights")
    given = User.objects.filter(Q(groups__permissions__in=may) | Q(user_permissions__in=may), is_active=True).distinct()
    return given if given.exists() else User.objects.filter(is_superuser=True, is_active=True)


def _write(request: RightsRequest, side: Side, kind: MailKind, about: dt.date | None, to: User | None = None) -> bool:
    if about is None:
        DueMail.objects.create(request=request, side=side, kind=kind, to=to)
        new = True
    else:
        _, new = DueMail.objects.get_or_create(request=request, side=side, kind=kind, about=about, to=to)
    if new:
        transaction.on_commit(send_rights_mails.enqueue)
    return new
