"""How often somebody may ask, as elsewhere in accounts: by network, by the address that is typed, and by account."""

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

APP: Final = "accounts.rights"
# The same for an address that has an account as for one that has none.
RATES: Final = {
    "form": "10/m/ip,30/h/ip",
    "address": "3/h/key,6/d/key",
    "account": "10/h/user",
    "message": "20/h/key",
    "link": "3/h/key",
    "page": "120/m/ip",
}


def may(request: HttpRequest, action: str, key: str = "") -> bool:
    """Count one more, and return whether it is within the limits.

    Args:
        request: from where.
        action: one of RATES.
        key: what is counted besides, such as an address; kept as a hash.
    """
    used = ratelimit.consume(request, app=APP, action=action, config=RATES, key=key.lower() or None, limit_get=True)
    return used is not None
