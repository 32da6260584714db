"""What is handed to a mail server, and what it may answer."""

import enum
import re
from dataclasses import dataclass

# Need a name and password, or TLS, first (RFC 4954, RFC 3207): true for whoever comes next as well.
ABOUT_US = {530, 534, 535, 538}
CLOSING = 421
UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f<>\ud800-\udfff]")


class Verdict(enum.Enum):
    """What became of a mail."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"
    DOUBT = "doubt"  # the dot left and no answer came: delivered or not
    NOT_HANDED_OVER = "not handed over"  # for no reason of its own: no attempt


@dataclass(frozen=True, slots=True)
class Envelope:
    """One mail to one person, named `key` in its outcome. `body`: headers, CRLF, doubled dots, no final dot."""

    key: int
    sender: str
    recipient: str
    body: bytes

    def __post_init__(self) -> None:
        # What came after such a line would be read as commands.
        if not self.body.endswith(b"\r\n") or self.body.startswith(b".\r\n") or b"\r\n.\r\n" in self.body:
            raise ValueError("A body must have its dots doubled and end with CRLF.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one mail, the server's reply code (0: none) and words. `everybody`: not about this person."""

    key: int
    verdict: Verdict
    code: int
    reply: str
    everybody: bool = False


def verdict_on(code: int) -> Verdict:
    return Verdict.LATER if code < 500 else Verdict.REFUSED


def unsafe(address: str) -> str:
    """Why an address must not stand in a command; smtplib's own quoting lets some of these through."""
    if not address or UNSAFE.search(address):
        return "The address is empty or holds a control character, < or >."
    return ""


def one_line(words: bytes) -> str:
    text = words.decode(errors="replace")
    if text.isprintable():
        return " ".join(text.split())[:500]
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:500]
