"""The mail that was sent on this machine, to be read in the browser at /dev/mail/. With DEBUG only.

Each is shown as text, and at an address of its own as mail programs show it: sandboxed, without scripts or images.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import islice
from pathlib import Path

from csp.constants import NONE, UNSAFE_INLINE
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

# What Django's file backend writes between two messages.
BETWEEN = b"\n" + b"-" * 79 + b"\n"
SHOWN = 50
# For a mail's own HTML, whoever wrote it: styles only, and links that open elsewhere.
SANDBOX = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "frame-ancestors": [NONE],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@dataclass(frozen=True, slots=True)
class SentMail:
    to: str
    subject: str
    date: str
    text: str
    html: str
    key: str


def dev_mail(request: HttpRequest) -> HttpResponse:
    """List the newest mails. Links are clickable; codes are there to be copied."""
    return render(request, "home/dev_mail.html", {"mails": newest_mails()})


def dev_mail_html(request: HttpRequest, key: str) -> HttpResponse:
    """Show one mail as mail programs do.

    Raises:
        Http404: none of the newest mails has this key and HTML, or this is no machine of a developer.
    """
    for mail in newest_mails():
        if mail.key == key and mail.html:
            return HttpResponse(mail.html)
    raise Http404


def newest_mails() -> list[SentMail]:
    """Return the mails to be shown.

    Raises:
        Http404: this is no machine of a developer.
    """
    if not settings.DEBUG:
        raise Http404
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    return list(islice(sent_mails(Path(folder)), SHOWN)) if folder else []


def sent_mails(folder: Path) -> Iterator[SentMail]:
    """Yield the mails in a folder of Django's file backend, the newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files:
        for raw in reversed(path.read_bytes().split(BETWEEN)):
            if raw.strip():
                yield read_mail(raw)


def read_mail(raw: bytes) -> SentMail:
    message: EmailMessage = message_from_bytes(raw, policy=policy.default)
    text, html = (_body(message, kind) for kind in ("plain", "html"))
    key = hashlib.sha256(raw).hexdigest()[:20]
    return SentMail(str(message["to"]), str(message["subject"]), str(message["date"]), text.strip(), html, key)


def _body(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return body.get_content() if body else ""
