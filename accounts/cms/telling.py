"""Tells people, and all administrators, what staff gave or took."""

from collections.abc import Iterable, Sequence

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest
from django.utils.translation import gettext

from accounts.flows.granting import ADDRESS_REPLACED, Position, administrators
from accounts.models import User


@reauthentication_required
def confirm_identity(request: HttpRequest) -> None:
    """Go on only if the person has just confirmed who they are, with all they have.

    Raises:
        ReauthenticationRequired: they have not. allauth asks for it, and then repeats the request.
    """


def tell_of_changes(person: User, changes: Sequence[str], *, by: User, before: Position) -> None:
    """Write to a person whose account staff changed, and to the administrators.

    Somebody new is told by the invitation, and of a new address there is a mail of its own.

    Args:
        person: whose account it is.
        changes: what was given and taken, in words.
        by: who did it.
        before: how the person stood. The mail goes to that address: the new one may be somebody else's.
    """
    if not changes:
        return
    told = [change for change in changes if change != str(ADDRESS_REPLACED)]
    send = get_adapter().send_notification_mail
    if told and before.email:
        send("account/email/changed_by_staff", person, {"changes": told, "person": person}, email=before.email)
    if before.email and before.email != person.email:
        addresses = {"from_email": before.email, "to_email": person.email}
        send("account/email/email_replaced", person, addresses, email=before.email)
    tell_administrators(gettext("the account of %(person)s") % {"person": person}, changes, by=by, but=[person])


def tell_of_role(name: str, changes: Sequence[str], members: Iterable[User], *, by: User) -> None:
    """Write to everybody who has a role of which staff changed what it may do, and to the administrators."""
    there = list(members)
    for person in there:
        context = {"changes": changes, "person": person, "role": name}
        get_adapter().send_notification_mail("account/email/role_changed", person, context, email=person.email)
    tell_administrators(gettext("the role “%(name)s”") % {"name": name}, changes, by=by, but=there)


def tell_administrators(what: str, changes: Sequence[str], *, by: User, but: Iterable[User] = ()) -> None:
    """Write to all administrators but those who are told in another mail."""
    told = {person.pk for person in but}
    for administrator in administrators():
        if administrator.pk not in told:
            context = {"what": what, "changes": changes, "by": by}
            send = get_adapter().send_notification_mail
            send("account/email/administrators_told", administrator, context, email=administrator.email)
