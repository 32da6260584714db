"""A mail that is built once and filled for each person: bytes with slots between them. Pure.

Bodies are always quoted-printable: 7-bit clean, so that no server on the way has a reason to rewrite what was signed.
"""

import datetime as dt
import json
import re
import secrets
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from email.message import Message
from email.quoprimime import body_encode
from email.utils import format_datetime

from django.core.mail import EmailMessage

from policies.texts.document import clean_text

LONGEST_LINE = 998  # RFC 5322, without its end
LONGEST_VALUE = 300  # a line of a `To:` header with the longest name and address that `to_header` makes
LONGEST_NAME = 100
# A token stands on a line of its own: quoted-printable ends it after 76, and SMTP would double a dot that begins it.
TOKEN = re.compile(r"[A-Za-z0-9_:-][A-Za-z0-9._:-]{0,74}", re.ASCII)
PLAIN_NAME = re.compile(r"[ !#-\[\]-~]+", re.ASCII)
BYTES_OF_A_WORD = 45  # its base64 stays under the 75 letters of RFC 2047
FOLD_AT = 72


class FreezingError(ValueError):
    """A mail that cannot be frozen: sending it would not say to everyone what was meant."""


def sentinels(*slots: str) -> dict[str, str]:
    """Return a random stand-in for each slot: no text that anybody wrote can contain one."""
    return {slot: f"slot{secrets.token_hex(12)}" for slot in slots}


@dataclass(frozen=True, slots=True)
class FrozenMessage:
    """The bytes of a mail, and which value belongs between them. `dotted`: stuffed for SMTP already."""

    pieces: tuple[bytes, ...]
    slots: tuple[str, ...]
    dotted: bool = False

    def __post_init__(self) -> None:
        if len(self.pieces) != len(self.slots) + 1:
            raise FreezingError("There must be one piece more than there are slots.")

    @classmethod
    def freeze(
        cls, message: EmailMessage, sentinels: Mapping[str, str], expected: Mapping[str, int]
    ) -> "FrozenMessage":
        """Freeze a mail in which sentinels stand for what differs between people.

        `expected` says how often each slot must be found. Raises FreezingError if one is found more or less often, or
        if the mail has anything but text in it.
        """
        raw = _wire(message, sentinels.values())
        names = {sentinel.encode(): slot for slot, sentinel in sentinels.items()}
        parts = re.split(b"(" + b"|".join(map(re.escape, names)) + b")", raw) if names else [raw]
        slots = tuple(names[sentinel] for sentinel in parts[1::2])
        for slot in sentinels:
            if slots.count(slot) != expected.get(slot, 0):
                raise FreezingError(
                    f"The slot “{slot}” was found {slots.count(slot)} times, not {expected.get(slot, 0)}."
                )
        return cls(tuple(parts[::2]), slots)

    def fill(self, values: Mapping[str, bytes]) -> bytes:
        """Return the mail with a value in each slot; values come from `to_header`, `token_value` and `date_value`."""
        parts = [b""] * (2 * len(self.slots) + 1)
        parts[::2] = self.pieces
        parts[1::2] = [values[slot] for slot in self.slots]
        return b"".join(parts)

    def around(self, slot: str) -> tuple[str, str]:
        """Return what stands before and after a slot in the value of its header.

        Raises:
            ValueError: there is no such slot.
        """
        at = self.slots.index(slot)
        before, after = self.pieces[at].decode(), self.pieces[at + 1].decode()
        return before.rpartition("\r\n")[2].partition(": ")[2], after.partition("\r\n")[0]

    def stuffed(self) -> "FrozenMessage":
        """Return it with the dot that begins a line doubled (RFC 5321, 4.5.2). No value begins a line with one."""
        if self.dotted:
            return self
        first, *others = (piece.replace(b"\r\n.", b"\r\n..") for piece in self.pieces)
        return replace(self, pieces=(b"." + first if first.startswith(b".") else first, *others), dotted=True)

    def to_json(self) -> str:
        return json.dumps(
            {"pieces": [piece.decode("ascii") for piece in self.pieces], "slots": self.slots, "dotted": self.dotted}
        )

    @classmethod
    def from_json(cls, text: str) -> "FrozenMessage":
        data = json.loads(text)
        return cls(tuple(piece.encode("ascii") for piece in data["pieces"]), tuple(data["slots"]), data["dotted"])


def _wire(message: EmailMessage, sentinels: Iterable[str]) -> bytes:
    """Return the mail as it goes over the wire, with the sentinels still in it."""
    built = message.message()
    for part in built.walk():
        if not part.is_multipart():
            _quote(part, tuple(sentinels))
    raw: bytes = built.as_bytes().removesuffix(b"\n") + b"\n"
    # A value that is too long to fold goes back behind its name; quoted text has no space at the end of a line.
    raw = raw.replace(b": \n ", b": ")
    if b"\r" in raw or not raw.isascii():
        raise FreezingError("A header of the mail has a bare CR or a letter outside of ASCII in it.")
    raw = raw.replace(b"\n", b"\r\n")
    if any(len(line) + LONGEST_VALUE > LONGEST_LINE for line in raw.splitlines()):
        raise FreezingError("A header of the mail is too long.")
    return raw


def _quote(part: Message, sentinels: tuple[str, ...]) -> None:
    """Write a part of text as quoted-printable, whatever Django has chosen by its content."""
    if part.get_content_maintype() != "text":
        raise FreezingError(f"A notice is text; it cannot hold a part of type {part.get_content_type()}.")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)  # noqa: S101  (a part that is not a multipart has no other content)
    part.set_payload(_quoted(content.decode(), sentinels))
    del part["Content-Transfer-Encoding"]
    part["Content-Transfer-Encoding"] = "quoted-printable"


def _quoted(text: str, sentinels: tuple[str, ...]) -> str:
    """Return text as quoted-printable, each sentinel whole and on a line of its own between soft breaks."""
    if not sentinels:
        return _quoted_piece(text)
    pieces = re.split("(" + "|".join(map(re.escape, sentinels)) + ")", text)
    return "=\n".join(piece if at % 2 else _quoted_piece(piece) for at, piece in enumerate(pieces))


def _quoted_piece(text: str) -> str:
    """Return quoted text in which no line begins with a dot or “From ”, which servers would change."""
    lines = body_encode(text.encode().decode("latin-1"), maxlinelen=74)
    return re.sub(r"^(?:\.|From )", lambda found: f"={ord(found[0][0]):02X}{found[0][1:]}", lines, flags=re.MULTILINE)


def to_header(name: str, address: str) -> bytes:
    """Return the value of a `To:` header, folded; the name cleaned, cut and encoded (RFC 2047).

    `address` is a `MailAddress.envelope`. Raises ValueError if it is not one.
    """
    lines, length = [""], len("To: ")
    for word in _mailbox_words(name, address):
        if lines[-1] and length + len(word) > FOLD_AT:
            lines.append("")
            length = 0
        lines[-1] += f" {word}" if lines[-1] else word
        length += len(word) + 1
    return "\r\n ".join(lines).encode()


def mailbox(name: str, address: str) -> str:
    """Return the same for a header that Django folds."""
    return " ".join(_mailbox_words(name, address))


def _mailbox_words(name: str, address: str) -> list[str]:
    if not address.isprintable() or set(address) & set("<>"):
        raise ValueError("This is not the address of an envelope; make one with read_address().")
    name = clean_text(name).strip()[:LONGEST_NAME].strip()
    if not name:
        return [address]
    if PLAIN_NAME.fullmatch(name) and "=?" not in name:
        return [f'"{name}"', f"<{address}>"]
    return [*_encoded_words(name), f"<{address}>"]


def header_text(text: str) -> str:
    """Return text for a header such as `Subject:` in ASCII: as it is, or in encoded words."""
    return text if text.isascii() and "=?" not in text else " ".join(_encoded_words(text))


def _encoded_words(text: str) -> Iterator[str]:
    """Encode words that end between letters: one that is cut inside of a letter is shown as rubbish."""
    word = b""
    for letter in text:
        if len(word) + len(letter.encode()) > BYTES_OF_A_WORD:
            yield _encoded_word(word)
            word = b""
        word += letter.encode()
    yield _encoded_word(word)


def _encoded_word(text: bytes) -> str:
    return f"=?utf-8?b?{b64encode(text).decode()}?="


def token_value(text: str) -> bytes:
    """Return a token for links and Message-IDs. Raises ValueError unless it means the same in both, as it is."""
    if not TOKEN.fullmatch(text):
        raise ValueError("A token has 1 to 75 of A-Z a-z 0-9 . _ : - and does not begin with a dot.")
    return text.encode("ascii")


def date_value(moment: dt.datetime) -> bytes:
    """Return the value of a `Date:` header."""
    return format_datetime(moment.astimezone(dt.UTC)).encode("ascii")
