"""The signed links by which somebody without an account confirms an address, and leaves. Nothing is stored for them."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from accounts.flows.links import BadLink
from policies.notices.models.followers import CONFIRM_WITHIN


@dataclass(frozen=True, slots=True)
class Links:
    """Links of one purpose; each is of one follower. `lasts`: how long; None for as long as there is a follower."""

    page: str
    lasts: dt.timedelta | None

    def token(self, follower: int) -> str:
        """Return 75 characters of `A-Z a-z 0-9 : _ -` at most: a token fits into one line of a mail."""
        return self._signer.sign(str(follower))

    def url(self, follower: int) -> str:
        return settings.SITE_URL + reverse(f"policies:{self.page}", args=[self.token(follower)])

    def read(self, token: str) -> int:
        """Return the number of the follower, who may have left.

        Raises:
            BadLink: the token is not ours, is not whole, or has ended.
        """
        try:
            return int(self._signer.unsign(token, max_age=self.lasts))
        except (BadSignature, ValueError) as error:
            raise BadLink from error

    @property
    def _signer(self) -> TimestampSigner:
        return TimestampSigner(salt=f"policies.notices.followers.{self.page}")


CONFIRMING: Final = Links("follow_confirm", CONFIRM_WITHIN)
LEAVING: Final = Links("follow_leave", None)
KEPT: Final = Links("follow_kept", None)
