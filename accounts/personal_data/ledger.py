"""The erasure ledger: who was erased, kept where no restore of the database reaches it, and without saying who it was.

Lines that are only added to, in a file or in a database of their own (`ledger_places.py`). Each is JSON and holds the
hash of the one before. Addresses are in it as keyed hashes: they say whether a row that came back is one that was
erased, and nothing else.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.personal_data.ledger_places import place
from accounts.personal_data.register import NOBODY
from accounts.values.person import Person

SALT = "accounts.personal_data.ledger"
START = "0" * 64


class Damaged(Exception):
    """The ledger is not what was written: a line was changed, lost or put in."""


class What(StrEnum):
    ERASING = "erasing"  # about to be committed
    ERASED = "erased"
    KEPT = "kept"  # it failed, or was taken back after it had failed


@dataclass(frozen=True)
class Erased:
    """A person as the ledger knows them. `joined` is the hash of when exactly they joined: no two share one."""

    number: int
    joined: str
    addresses: tuple[str, ...]
    reason: str
    by: int | None = None


@dataclass(frozen=True)
class Line:
    what: What
    at: dt.datetime
    erased: Erased


@dataclass(frozen=True)
class Contents:
    lines: tuple[Line, ...]
    last_hash: str
    torn: bool  # the machine stopped while the last line was written

    def to_repeat(self) -> list[Line]:
        """Return the newest line of each person who is erased, or may be: killed between the lines, nobody knows."""
        newest = {(line.erased.number, line.erased.joined): line for line in self.lines}
        return [line for line in newest.values() if line.what is not What.KEPT]


def erased_person(person: Person, addresses: Iterable[str], reason: str, by: int | None = None) -> Erased:
    """Describe a person for the ledger, while they are still there."""
    known = {person.email.lower(), *(address.lower() for address in addresses)} - {""}
    return Erased(
        number=person.pk,
        joined=keyed(joined(person)),
        addresses=tuple(sorted(keyed(address) for address in known)),
        reason=reason,
        by=by,
    )


def erased_address(address: str, reason: str, by: int | None = None) -> Erased:
    """Describe somebody without an account, of whom everything was found by one address."""
    hashed = keyed(address.lower())
    return Erased(number=NOBODY, joined=hashed, addresses=(hashed,), reason=reason, by=by)


def is_same(person: Person, line: Line, addresses: Iterable[str]) -> bool:
    """Whether a row of today is the person of a line.

    A number alone is not enough: after a restore it is given out again. Who joined after the line was written is
    somebody else, or has come back of their own will.
    """
    if person.pk != line.erased.number or person.date_joined > line.at:
        return False
    if line.erased.joined in keyed_by_any(joined(person)):
        return True
    hashes = {found for address in (person.email, *addresses) for found in keyed_by_any(address.lower())}
    return not hashes.isdisjoint(line.erased.addresses)


def joined(person: Person) -> str:
    return person.date_joined.astimezone(dt.UTC).isoformat()


def keyed(text: str, secret: str | None = None) -> str:
    return salted_hmac(SALT, text, secret=secret, algorithm="sha256").hexdigest()


def keyed_by_any(text: str) -> set[str]:
    """Hash with the present key and with those before it, since lines are as old as the ledger."""
    return {keyed(text, str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}


def write(what: What, erased: Erased) -> None:
    """Add a line and wait until it is kept for good.

    Raises:
        Damaged: the ledger does not fit together; nothing was added.
        OSError: it cannot be written.
    """
    with place().adding() as opened:
        contents = parse(opened.content)
        text = encode(Line(what, timezone.now(), erased), contents.last_hash)
        # What a torn line left is ended first, so that this one stands alone.
        opened.add((b"\n" if contents.torn else b"") + text)


def read() -> Contents:
    """Return what stands in the ledger; nothing where there is none yet.

    Raises:
        Damaged: it does not fit together.
        OSError: it cannot be read.
    """
    return parse(place().read() or b"")


def encode(line: Line, previous: str) -> bytes:
    fields: dict[str, object] = {"what": line.what.value, "at": line.at.isoformat(), **vars(line.erased)}
    fields["previous"] = previous
    return canonical(fields | {"hash": hash_of(fields)}) + b"\n"


def canonical(fields: dict[str, object]) -> bytes:
    return json.dumps(fields, sort_keys=True, separators=(",", ":")).encode()


def hash_of(fields: dict[str, object]) -> str:
    return hashlib.sha256(canonical(fields)).hexdigest()


def parse(data: bytes) -> Contents:
    """Read and check every line.

    One that was not finished is passed over: what it announced had not begun. It stands at the end, or before a whole
    line that follows the last whole one; anywhere else something is missing.

    Raises:
        Damaged: a line was changed or is missing, or is not whole where it should be.
    """
    *pieces, rest = data.split(b"\n")
    lines, previous, unfinished = [], START, False
    for number, text in enumerate([*pieces, rest] if rest else pieces, 1):
        fields = decode(text)
        unfinished = fields is None and (text is rest or is_begun(text))
        if unfinished:
            continue
        if fields is None or fields["previous"] != previous or fields["hash"] != hash_of(without_hash(fields)):
            raise Damaged(f"Line {number} of {place()} is not what was written, or one before it is missing.")
        lines.append(line_of(fields))
        previous = fields["hash"]
    if unfinished and not rest:
        raise Damaged(f"Line {len(pieces)} of {place()} is not whole.")
    return Contents(tuple(lines), previous, torn=bool(rest))


def decode(text: bytes) -> dict[str, Any] | None:
    try:
        fields = json.loads(text)
    except ValueError:
        return None
    return fields if isinstance(fields, dict) and {"hash", "previous"} <= fields.keys() else None


def is_begun(text: bytes) -> bool:
    return text.startswith(b"{") and not text.endswith(b"}")


def without_hash(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if name != "hash"}


def line_of(fields: dict[str, Any]) -> Line:
    erased = Erased(fields["number"], fields["joined"], tuple(fields["addresses"]), fields["reason"], fields["by"])
    return Line(What(fields["what"]), dt.datetime.fromisoformat(fields["at"]), erased)
