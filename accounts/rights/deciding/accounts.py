"""Whose data a request is about: the account, where there is one and it is sure."""

from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.rights.models import RightsRequest


def account_of(request: RightsRequest) -> User | None:
    """Return the account that a request is about, as far as that can be known.

    Who acts for another asks about the other, who must be named. An address without a sign-in counts where the account
    with it has confirmed it; staff look at what is found before anything is done.
    """
    if request.acting_for:
        return None
    if request.person:
        return request.person
    return account_with(request.address) if request.address else None


def account_with(address: str) -> User | None:
    """Return the account that has confirmed an address."""
    found = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    return found.user if found else None
