"""The mark that each mail carries, by which what comes back is known again."""

import hmac
import re
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

# A mark is the delivery's number and proof that we wrote it: nobody else's report can spoil a delivery.
MARK = r"(?P<pk>[1-9][0-9]{0,18})\.(?P<mac>[0-9a-f]{20})"
IN_MESSAGE_ID = re.compile(rf"<?[a-z-]+-[0-9]+\.{MARK}@[^@\s]+>?", re.ASCII)
IN_RETURN_ADDRESS = re.compile(rf"<?[^\s<>]+\+{MARK}@[^@\s]+>?", re.ASCII | re.IGNORECASE)


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
