"""Makes the mail to one person from the frozen one, and marks it so that what comes back is known again."""

import hmac
import re
import secrets
import time
from collections.abc import Iterator
from email.utils import parseaddr
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from accounts.flows.unsubscribe_links import POLICY_MAIL, unsubscribe_token
from policies.notices.letter.mailboxes import MailAddress, read_address
from policies.notices.letter.message import FrozenMessage, date_value, to_header, token_value
from policies.notices.models.notices import AmendmentNotice
from policies.notices.sending.envelopes import Envelope
from policies.notices.sending.outbox import Claimed

# A mark is the delivery's number and proof that we wrote it: nobody else's report can spoil a delivery.
MARK = r"(?P<pk>[1-9][0-9]{0,18})\.(?P<mac>[0-9a-f]{20})"
IN_MESSAGE_ID = re.compile(rf"<?[a-z-]+-[0-9]+\.{MARK}@[^@\s]+>?", re.ASCII)
IN_RETURN_ADDRESS = re.compile(rf"<?[^\s<>]+\+{MARK}@[^@\s]+>?", re.ASCII | re.IGNORECASE)


class Stationery:
    """What all mails of one notice have in common, ready to be filled in."""

    def __init__(self, notice: AmendmentNotice) -> None:
        self.message = FrozenMessage.from_json(notice.message).stuffed()
        self.has_way_out = "unsubscribe" in self.message.slots
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
            values["unsubscribe"] = token_value(unsubscribe_token(claimed.person_id or 0, POLICY_MAIL))
        sender = f"{self.local}+{mark}@{self.domain}" if self.marked else f"{self.local}@{self.domain}"
        return Envelope(claimed.pk, sender, address.envelope, self.message.fill(values)), address


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
    }
    return Envelope(0, f"{local}@{domain}", to, stuffed.fill(values))


def mark_of(pk: int) -> str:
    """Return the delivery's number with its proof: the same for ever, and for every try."""
    return f"{pk}.{_mac(_key(settings.SECRET_KEY), pk)}"


def read_message_id(text: str) -> int | None:
    """Return the number of the delivery that a Message-ID of ours belongs to."""
    return _read(IN_MESSAGE_ID, text)


def read_return_address(text: str) -> int | None:
    """Return the number of the delivery that a report to this address is about."""
    return _read(IN_RETURN_ADDRESS, text)


def _read(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.fullmatch(text.strip())
    if found is None:
        return None
    pk, mac = int(found["pk"]), found["mac"].lower()
    proved = [hmac.compare_digest(_mac(key, pk), mac) for key in _keys()]
    return pk if any(proved) else None


def _keys() -> Iterator[bytes]:
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield _key(secret)


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    return sha256(b"policies.notices.posting:" + secret.encode()).digest()


def _mac(key: bytes, pk: int) -> str:
    return hmac.digest(key, str(pk).encode(), "sha256")[:10].hex()


@lru_cache(maxsize=2)
def _date(second: int) -> bytes:
    return date_value(timezone.now())


def _sender() -> tuple[str, str, bool]:
    """Return both halves of the address that reports come back to, and whether it takes a mark (VERP)."""
    marked = settings.NOTICES_BOUNCE_ADDRESS
    address = read_address(parseaddr(marked or settings.DEFAULT_FROM_EMAIL)[1]).envelope
    local, _, domain = address.rpartition("@")
    return local, domain, bool(marked)
