"""How often forms and links without a sign-in may be used, counted by allauth as it counts its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from allauth.core.internal import ratelimit
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class FormLimits:
    """The limits of one room.

    Attributes:
        app: under which name they are counted.
        rates: for each action how often, in allauth's words, such as “10/m/ip,3/h/key”.
    """

    app: str
    rates: Mapping[str, str]

    def may(self, request: HttpRequest, action: str, key: str = "") -> bool:
        """Count one more, and return whether it is within the limits.

        Args:
            request: from where.
            action: one of the rates.
            key: what is counted besides, such as an address; kept as a hash, in any case of its letters.
        """
        key = key.lower()
        used = ratelimit.consume(
            request, app=self.app, action=action, config=self.rates, key=key or None, limit_get=True
        )
        return used is not None
