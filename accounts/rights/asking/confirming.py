"""Confirms the address of somebody who is not signed in: only then is a request theirs."""

from django.db import transaction
from django.utils.translation import gettext

from accounts.rights.asking.opening import account_with, receive, tell_other_address
from accounts.rights.models import RightsRequest, State
from accounts.rights.models.transitions import Move
from accounts.rights.moves import By, IllegalMove, move


class AlreadyConfirmed(IllegalMove):
    """The link was used before. The request is there, and nothing more is to be done."""


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
    person = account_with(request.address)
    move(request, Move.CONFIRM, By.person(), "", {"person": person} if person else {})
    if person:
        tell_other_address(request, person)
    receive(request)
