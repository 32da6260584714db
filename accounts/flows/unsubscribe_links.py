"""The signed links by which people unsubscribe without signing in (RFC 8058), and find the way back.

A link says who and what, and when it was made; nothing is stored for it.
"""

import datetime as dt
from functools import cache

from django.core.signing import BadSignature, TimestampSigner

from accounts.flows.links import BadLink
from accounts.models import ConsentRecord

POLICY_MAIL = "policy_mail"
MARKETING = ConsentRecord.Purpose.MARKETING_BY_EMAIL.value
# Short, so that a token fits into one line of a mail.
PURPOSES = {POLICY_MAIL: "p", MARKETING: "m"}
LETTERS = {letter: purpose for purpose, letter in PURPOSES.items()}

LASTS = dt.timedelta(days=365)
WAY_BACK_LASTS = dt.timedelta(days=1)


@cache
def _signer(salt: str) -> TimestampSigner:
    return TimestampSigner(salt=f"accounts.unsubscribing.{salt}")


def unsubscribe_token(person_id: int, purpose: str) -> str:
    """Return the token of `/account/unsubscribe/<token>/`, 75 characters of `A-Z a-z 0-9 : _ -` at most.

    It lasts a year.

    Args:
        person_id: who gets the mail.
        purpose: which mail it stops, of `PURPOSES`.

    Raises:
        ValueError: there is no such mail.
    """
    if purpose not in PURPOSES:
        raise ValueError(f"Nobody can unsubscribe from {purpose!r}. Choose one of {', '.join(sorted(PURPOSES))}.")
    return _signer("leave").sign(f"{person_id}:{PURPOSES[purpose]}")


def read_unsubscribe_token(token: str) -> tuple[int, str]:
    """Return the person's number and the purpose.

    Raises:
        BadLink: the token is not ours, is not whole, or is older than a year.
    """
    return _read("leave", token, LASTS)


def way_back_token(person_id: int, purpose: str) -> str:
    """Return the token that undoes it. It lasts a day."""
    return _signer("back").sign(f"{person_id}:{PURPOSES[purpose]}")


def read_way_back_token(token: str) -> tuple[int, str]:
    """As `read_unsubscribe_token`, of a day."""
    return _read("back", token, WAY_BACK_LASTS)


def _read(salt: str, token: str, lasts: dt.timedelta) -> tuple[int, str]:
    try:
        person_id, letter = _signer(salt).unsign(token, max_age=lasts).split(":")
    except BadSignature as error:
        raise BadLink from error
    return int(person_id), LETTERS[letter]


def masked(address: str) -> str:
    """Return as much of an address as its owner needs to recognise it: a…@example.org."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
