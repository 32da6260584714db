"""How often somebody may ask to follow: by network, and by the address that is typed. The same whether it is known."""

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

APP: Final = "policies.notices.followers"
RATES: Final = {"form": "10/m/ip,30/h/ip", "address": "3/h/key,6/d/key", "link": "120/m/ip"}


def may(request: HttpRequest, action: str, key: str = "") -> bool:
    """Count one more, and return whether it is within the limits.

    Args:
        request: from where.
        action: one of RATES.
        key: what is counted besides, such as an address; kept as a hash.
    """
    used = ratelimit.consume(request, app=APP, action=action, config=RATES, key=key or None, limit_get=True)
    return used is not None
