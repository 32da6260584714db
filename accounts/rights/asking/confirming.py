"""Confirms the address of somebody who is not signed in: only then is a request theirs."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User
from accounts.rights.asking.opening import receive
from accounts.rights.mails.writing import tell_account
from accounts.rights.models import RightsRequest, State
from accounts.rights.models.transitions import Move
from accounts.rights.moves import By, IllegalMove, move


class AlreadyConfirmed(IllegalMove):
    """The link was used before. The request is there, and nothing more is to be done."""


def account_of(address: str) -> User | None:
    """Return whose confirmed address this is."""
    found = EmailAddress.objects.filter(email__iexact=address, verified=True, user__is_active=True)
    one = found.select_related("user").first()
    return one.user if one else None


@transaction.atomic
def confirm(request: RightsRequest) -> None:
    """Take a request as theirs who own the mailbox. It was received on the day on which it was sent.

    Where the address is of an account, the request is found in it from then on, and the account is told where it is
    written to at another address.

    Raises:
        AlreadyConfirmed: the link was used before.
        IllegalMove: the request was withdrawn meanwhile.
    """
    if request.state != State.UNCONFIRMED:
        raise AlreadyConfirmed(gettext("This address was confirmed already, and we have your request."))
    person = account_of(request.address)
    move(request, Move.CONFIRM, By.person(), "", {"person": person} if person else {})
    if person and person.email.lower() != request.address.lower():
        tell_account(request, person)
    receive(request)
