"""Makes the mail to one person from the frozen one."""

import secrets
import time
from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings
from django.utils import timezone

from accounts.flows.unsubscribe_links import POLICY_MAIL, unsubscribe_token
from accounts.values.mail_address import MailAddress, read_address
from accounts.values.organisation import organisation
from policies.notices.followers.links import LEAVING
from policies.notices.letter.marks import mark_of
from policies.notices.letter.message import FrozenMessage, date_value, to_header, token_value
from policies.notices.models.notices import AmendmentNotice
from policies.notices.sending.envelopes import Envelope
from policies.notices.sending.outbox import Claimed


class Stationery:
    """What all mails of one notice have in common, ready to be filled in."""

    def __init__(self, notice: AmendmentNotice) -> None:
        self.message = FrozenMessage.from_json(notice.message).stuffed()
        self.has_way_out = "unsubscribe" in self.message.slots
        self.answers = "in_reply_to" in self.message.slots
        self.local, self.domain, self.marked = _sender()

    def envelope(self, claimed: Claimed) -> tuple[Envelope, MailAddress]:
        """Return the mail to one person, and their address as servers know it.

        Raises:
            ValueError: it cannot be written to; the message says why.
        """
        address = read_address(claimed.address)
        mark = mark_of(claimed.pk)
        values = {
            "to": to_header(claimed.name, address.envelope),
            "date": _date(int(time.time())),
            "message_id": token_value(mark),
        }
        if self.has_way_out:
            values["unsubscribe"] = token_value(_way_out(claimed))
        if self.answers:
            values["in_reply_to"] = token_value(mark_of(claimed.follows or 0))
        sender = f"{self.local}+{mark}@{self.domain}" if self.marked else f"{self.local}@{self.domain}"
        return Envelope(claimed.pk, sender, address.envelope, self.message.fill(values)), address


def _way_out(claimed: Claimed) -> str:
    """Return the token of the link by which whom it is for leaves, without signing in."""
    if claimed.follower_id is not None:
        return LEAVING.token(claimed.follower_id)
    return unsubscribe_token(claimed.person_id or 0, POLICY_MAIL)


def trial_envelope(message: FrozenMessage, notice: AmendmentNotice, address: str) -> Envelope:
    """Return the mail for somebody who only wants to see it: its marks belong to nobody.

    Raises:
        AddressRefused: the address cannot be written to.
    """
    to = read_address(address).envelope
    stuffed, (local, domain, _) = message.stuffed(), _sender()
    values = {
        "to": to_header("", to),
        "date": _date(int(time.time())),
        "message_id": token_value(f"trial.{secrets.token_hex(8)}"),
        "unsubscribe": b"trial",
        "in_reply_to": b"trial",
    }
    return Envelope(0, f"{local}@{domain}", to, stuffed.fill(values))


@lru_cache(maxsize=2)
def _date(second: int) -> bytes:
    return date_value(timezone.now())


def _sender() -> tuple[str, str, bool]:
    """Return both halves of the address that reports come back to, and whether it takes a mark (VERP)."""
    marked = settings.NOTICES_BOUNCE_ADDRESS
    address = read_address(parseaddr(marked)[1] or organisation().from_address).envelope
    local, _, domain = address.rpartition("@")
    return local, domain, bool(marked)
