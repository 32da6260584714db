"""Reads a mail that came back and says whether it reports that one of ours could not be delivered (RFC 3464). Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import Message
from itertools import chain, islice, takewhile

# Codes (RFC 3463) that say that the mailbox is not there and will not be tomorrow: no such mailbox, system or address;
# moved; takes no mail; disabled; no such domain. A full mailbox, or a refusal as spam, says nothing about the address,
# and 5.1.0, 5.1.7 and 5.1.8 are said of senders, too.
DEAD = re.compile(r"5\.(?:1\.(?:[1236]|10)|2\.1|4\.4)", re.ASCII)
CODE = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\w)", re.ASCII)
UNSPECIFIC = re.compile(r"\d\.0\.0", re.ASCII)

# Headers in which the mail system notes for which address of ours the report came.
DELIVERED_TO = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to")
RETURNED = ("message/rfc822", "message/global", "message/global-headers", "message/rfc822-headers")
# Before RFC 3834 every program that answers for people had a header of its own.
ANSWERING_MACHINE = ("x-autoreply", "x-autorespond", "x-autoresponder")
QMAIL = re.compile(r"\s*Hi\. This is ")

# So much of a mail is read: reports say why at their beginning.
LONGEST = 200_000
MANY = 50


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the mail to one recipient, `addresses` being all the names that the report has for them."""

    addresses: frozenset[str]
    failed: bool
    code: str
    words: str

    @property
    def dead(self) -> bool:
        """Whether nothing will ever arrive there."""
        return bool(DEAD.fullmatch(self.code))


@dataclass(frozen=True, slots=True)
class Report:
    """A mail that came back.

    `addressed_to` are the addresses it was sent to, `message_ids` those of the mails it is about. `by_machine` says
    that no person has written it; without `fates` it is then out of office, a receipt or the like.
    """

    addressed_to: tuple[str, ...]
    message_ids: tuple[str, ...]
    fates: tuple[Fate, ...]
    by_machine: bool

    @property
    def tells_failure(self) -> bool:
        return any(fate.failed for fate in self.fates)

    def failure_of(self, addresses: Iterable[str]) -> Fate | None:
        """Return what failed for the recipient with these addresses; for whoever failed if they are not named."""
        ours = {address.lower() for address in addresses}
        named = [fate for fate in self.fates if fate.addresses & ours]
        return next((fate for fate in named or self.fates if fate.failed), None)


def read_report(raw: bytes) -> Report:
    """Read a mail that came back.

    Bounces are known by their form only: RFC 3464 and 6533, Exim's header, qmail's letter. What merely looks like one
    is left to a person, since a warning of a delay, or an answer for somebody away, looks the same.

    Args:
        raw: the mail as it lies in the mailbox; what is beyond `LONGEST` is not looked at.
    """
    mail = message_from_bytes(raw[:LONGEST], policy=policy.compat32)
    letter = _qmail_letter(mail)
    found = list(_delivery_status(mail)) or list(_in_qmail_letter(letter)) or list(_in_exim_header(mail))
    ids = chain(_returned_ids(mail), _qmail_copy_ids(letter), _referred_ids(mail))
    return Report(_addressed_to(mail), tuple(islice(ids, MANY)), tuple(found), bool(found) or _is_answering(mail))


def _delivery_status(mail: Message) -> Iterator[Fate]:
    """RFC 3464: the first group of fields is about the message, each other about a recipient."""
    for part in mail.walk():
        if part.get_content_type() in {"message/delivery-status", "message/global-delivery-status"}:
            yield from (_fate(group, mail) for group in _groups(part) if group["Action"])


def _groups(part: Message) -> Iterator[Message]:
    """Python takes the international form for a mail: its first group for the headers, all others for the body."""
    for group in part.get_payload() if part.is_multipart() else ():
        if isinstance(group, Message):
            yield group
            body = group.get_payload()
            yield from map(message_from_string, re.split(r"\r?\n\r?\n", body) if isinstance(body, str) else ())


def _fate(group: Message, mail: Message) -> Fate:
    recipients = (_value(group, name).rpartition(";")[2] for name in ("original-recipient", "final-recipient"))
    addresses, status = _addresses(recipients), _value(group, "status")
    words = _value(group, "diagnostic-code").partition(";")[2] or _said_in_text(mail, addresses)
    action = re.split(r"[\s(;]", _value(group, "action").lower(), maxsplit=1)[0]
    return Fate(addresses, action == "failed", _code(status, words), plain(words or _code(status)))


def _in_exim_header(mail: Message) -> Iterator[Fate]:
    """What Exim wrote before it knew RFC 3464, and some still do."""
    if addresses := _addresses([_value(mail, "x-failed-recipients")]):
        said = _said_in_text(mail, addresses)
        yield Fate(addresses, True, _code(said), plain(said))


def _said_in_text(mail: Message, addresses: frozenset[str]) -> str:
    """Return the lines below an address, up to the next empty one: there Exim says what it found out itself."""
    part = next((part for part in mail.walk() if part.get_content_type() == "text/plain"), mail)
    lines = iter(_text(part).splitlines())
    if any(line.strip().lower() in addresses for line in lines):
        return " ".join(takewhile(str.strip, lines))
    return ""


def _qmail_letter(mail: Message) -> list[str]:
    """Return the paragraphs of a letter as qmail writes it, none if it is not one."""
    text = _text(mail).replace("\r\n", "\n") if not mail.is_multipart() else ""
    return text.split("\n\n") if QMAIL.match(text) else []


def _in_qmail_letter(paragraphs: list[str]) -> Iterator[Fate]:
    for paragraph in paragraphs[1:]:
        if paragraph.startswith("-"):
            return
        recipient, colon, why = paragraph.strip().partition(">:")
        if recipient.startswith("<") and colon:
            yield Fate(_addresses([recipient]), True, _code(why), plain(why))


def _qmail_copy_ids(paragraphs: list[str]) -> Iterator[str]:
    """Behind the line of dashes is the mail that came back."""
    dashes = next((at for at, paragraph in enumerate(paragraphs) if paragraph.startswith("-")), len(paragraphs))
    if copy := paragraphs[dashes + 1 : dashes + 2]:
        yield from _ids(message_from_string(copy[0]), "message-id")


def _is_answering(mail: Message) -> bool:
    """RFC 3834, and what came before; receipts (RFC 8098)."""
    submitted = _value(mail, "auto-submitted").lower().partition(";")[0].strip()
    return (
        submitted not in {"", "no"}
        or any(mail[name] for name in ANSWERING_MACHINE)
        or _value(mail, "precedence").lower() in {"auto_reply", "bulk", "junk"}
        or str(mail.get_param("report-type", "")).lower() == "disposition-notification"
    )


def _returned_ids(mail: Message) -> Iterator[str]:
    """The mails that came back: whole, or their headers only."""
    for part in mail.walk():
        payload = part.get_payload()
        if part.get_content_type() == "text/rfc822-headers" and not part.is_multipart():
            yield from _ids(message_from_string(_text(part)), "message-id")
        elif part.get_content_type() in RETURNED and isinstance(payload, list) and isinstance(payload[0], Message):
            yield from _ids(payload[0], "message-id")


def _referred_ids(mail: Message) -> Iterator[str]:
    yield from _ids(mail, "in-reply-to")
    yield from _ids(mail, "references")


def _ids(mail: Message, name: str) -> Iterator[str]:
    yield from _value(mail, name)[:2000].split()


def _addressed_to(mail: Message) -> tuple[str, ...]:
    found = _tokens(str(value) for name in DELIVERED_TO for value in mail.get_all(name, []))
    return tuple(islice(dict.fromkeys(found), MANY))


def _addresses(values: Iterable[str]) -> frozenset[str]:
    return frozenset(token.lower() for token in islice(_tokens(values), MANY))


def _tokens(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from (token for token in re.split(r"[\s<>,;]+", value[:LONGEST]) if "@" in token and len(token) < 400)


def _code(*texts: str) -> str:
    """Return the first code that says anything; else the first."""
    codes = [found[0] for found in map(CODE.search, texts) if found]
    return next((code for code in codes if not UNSPECIFIC.fullmatch(code)), codes[0] if codes else "")


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def _value(fields: Message, name: str) -> str:
    return str(fields.get(name, "")).strip()


def plain(words: str) -> str:
    """Return words of a stranger on one line, without what cannot be printed."""
    shown = "".join(letter if letter.isprintable() else " " for letter in words[:2000])
    return " ".join(shown.split())[:500] or "No reason given."
