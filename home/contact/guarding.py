"""Keeps programs from filling the enquiries: no puzzle and nobody else's service, and a person is told what to do.

What is refused is said in words at the form, in which everything typed still stands.
"""

import datetime as dt
import re
import secrets
from dataclasses import dataclass
from typing import Final

from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.values.wording import Words

LEAST: Final = dt.timedelta(seconds=3)
LONGEST: Final = dt.timedelta(hours=24)
MOST_LINKS: Final = 3
SIGNER: Final = Signer(salt="home.contact.stamp")
_LINK = re.compile(r"https?://|\bwww\.|\[url|<a\s", re.IGNORECASE)

TOO_QUICK: Final = _(
    "That was quicker than people write, so it was not sent yet. Nothing is lost: press the button again."
)
TOO_LATE: Final = _(
    "The page was open for more than a day, so it was not sent yet. Nothing is lost: press the button again."
)
NOT_EMPTY: Final = _(
    "Programs fill this in, so your message was not sent yet. Empty this field, and press the button again."
)
TOO_MANY_LINKS: Final = format_lazy(
    _(
        "There are more than {most_links} links in your message, as in advertisements, so it was not "
        "sent. Take some out, for example the “https://” in front of them, and press the button again."
    ),
    most_links=MOST_LINKS,
)
TOO_MANY: Final = _(
    "Several messages came from you, or from your network, within an hour, so this one was not sent. What you typed is "
    "still here: try again later, or write to us by e-mail or by post."
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a form was handed out. `key` is its own: the same form sent twice is one enquiry."""

    key: str
    at: dt.datetime

    def __str__(self) -> str:
        return SIGNER.sign(f"{self.key}-{int(self.at.timestamp())}")


def new_stamp() -> Stamp:
    return Stamp(secrets.token_hex(8), timezone.now())


def read_stamp(text: str) -> Stamp | None:
    """Return the stamp that a form was sent with; None where it is none of ours."""
    try:
        key, _, seconds = SIGNER.unsign(text).partition("-")
        return Stamp(key, dt.datetime.fromtimestamp(int(seconds), dt.UTC))
    except (BadSignature, ValueError):
        return None


def objection_to_time(stamp: Stamp | None) -> Words:
    """Return what to say where a form came back too soon or too late; nothing where it is well."""
    if stamp is None or timezone.now() - stamp.at > LONGEST:
        return TOO_LATE
    return TOO_QUICK if timezone.now() - stamp.at < LEAST else ""


def objection_to_links(words: str) -> Words:
    """Return what to say where a message has too many links; nothing where it is well."""
    return TOO_MANY_LINKS if len(_LINK.findall(words)) > MOST_LINKS else ""
