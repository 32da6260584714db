"""A mail as its reader sees it: as text and as HTML."""

import datetime as dt
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from django.utils import timezone

from policies.notices.letter.message import FrozenMessage, date_value, token_value

# Stands where a link would act for a person, or name their own mail.
LEFT_OUT = "left-out-of-this-copy"


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What a mail program shows."""

    subject: str
    text: str
    html: str


def read(raw: bytes) -> ReadMail:
    """Return what a mail says, from its bytes."""
    mail = message_from_bytes(raw, policy=policy.default)
    return ReadMail(str(mail["Subject"]), _body(mail, "plain"), _body(mail, "html"))


def _body(mail: EmailMessage, kind: str) -> str:
    body = mail.get_body((kind,))
    return body.get_content() if body else ""


def specimen(message: FrozenMessage, at: dt.datetime | None = None) -> bytes:
    """Return a frozen mail to nobody: what differs from person to person is left out.

    Args:
        message: the mail.
        at: its date; now, if None.
    """
    values = dict.fromkeys(message.slots, token_value(LEFT_OUT))
    return message.fill(values | {"to": b"undisclosed-recipients:;", "date": date_value(at or timezone.now())})
