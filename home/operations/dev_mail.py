"""The mail that was sent on this machine, to be read in the browser at /dev/mail/. With DEBUG only."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

# What Django's file backend writes between two messages.
BETWEEN = b"\n" + b"-" * 79 + b"\n"
SHOWN = 50


@dataclass(frozen=True, slots=True)
class SentMail:
    to: str
    subject: str
    date: str
    text: str


def dev_mail(request: HttpRequest) -> HttpResponse:
    """List the newest mails. Links are clickable; codes are there to be copied."""
    if not settings.DEBUG:
        raise Http404
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    mails = list(sent_mails(Path(folder)))[:SHOWN] if folder else []
    return render(request, "home/dev_mail.html", {"mails": mails, "folder": folder})


def sent_mails(folder: Path) -> Iterator[SentMail]:
    """Yield the mails in a folder of Django's file backend, the newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files:
        for raw in reversed(path.read_bytes().split(BETWEEN)):
            if raw.strip():
                yield read_mail(raw)


def read_mail(raw: bytes) -> SentMail:
    message: EmailMessage = message_from_bytes(raw, policy=policy.default)
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    return SentMail(str(message["to"]), str(message["subject"]), str(message["date"]), text.strip())
