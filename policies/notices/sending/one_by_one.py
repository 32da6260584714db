"""Sends through any Django mail backend, one mail at a time, and says what became of each one."""

import smtplib
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, Policy
from email.utils import parseaddr
from typing import cast

from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from policies.notices.letter.marks import IN_MESSAGE_ID
from policies.notices.sending.envelopes import (
    ABOUT_US,
    CLOSING,
    Envelope,
    Outcome,
    Verdict,
    one_line,
    unsafe,
    verdict_on,
)

# Given to an EmailMessage by other means than `headers`.
NOT_REPEATED = ("subject", "from", "to", "mime-version")


class OneByOne:
    """A mail backend that knows nothing of envelopes, used as if it pipelined: `post()` sends all of it at once."""

    usable = True
    open_key = None
    _outcome: Outcome | None = None

    def __init__(self, backend: BaseEmailBackend) -> None:
        self.backend = backend

    def has_buffered(self) -> bool:
        """There is never anything to wait for."""
        return True

    def post(self, envelope: Envelope | None = None) -> None:
        """Send this mail, whole. Never raises."""
        self._outcome = None if envelope is None else self._send(envelope)

    def collect(self) -> list[Outcome]:
        """What became of the mail that was posted."""
        outcome, self._outcome = self._outcome, None
        return [outcome] if outcome else []

    def quit(self) -> None:
        """Close. Never raises."""
        self.close()

    def close(self) -> None:
        self.usable = False
        with suppress(Exception):
            self.backend.close()

    def _send(self, envelope: Envelope) -> Outcome:
        if words := unsafe(envelope.recipient):
            return Outcome(envelope.key, Verdict.REFUSED, 553, words)
        mail = None
        try:
            mail = FrozenMail(envelope)
            sent = self.backend.send_messages([mail])
        # Every backend has errors of its own, and one mail must not stop the others.
        except Exception as problem:
            outcome = _refused_by_service(envelope.key, mail) or _judge(envelope.key, problem)
            self.usable = outcome.verdict not in {Verdict.DOUBT, Verdict.NOT_HANDED_OVER}
            return outcome
        if sent == 0:
            return Outcome(envelope.key, Verdict.LATER, 0, "The mail backend sent nothing and did not say why.")
        return Outcome(envelope.key, Verdict.ACCEPTED, 250, "Taken by the mail backend.")


class FrozenMessage(EmailMessage):
    """A parsed mail that is written out with the bytes it was read from."""

    frozen = b""

    def as_bytes(self, unixfrom: bool = False, policy: Policy | None = None, linesep: str = "\r\n") -> bytes:
        if not self.frozen:
            return super().as_bytes(unixfrom, policy)
        return self.frozen.replace(b"\r\n", linesep.encode())


class FrozenMail(EmailMultiAlternatives):
    """A frozen mail for Django's backends, and in parts for those that hand parts to somebody's API."""

    def __init__(self, envelope: Envelope) -> None:
        self.envelope = envelope
        mail = self.message()
        self._tell_mail_services(mail)
        text, html = mail.get_body(("plain",)), mail.get_body(("html",))
        super().__init__(
            subject=str(mail["Subject"] or ""),
            body=text.get_content() if text else "",
            from_email=str(mail["From"] or envelope.sender),
            to=[str(mail["To"] or envelope.recipient)],
            headers=_headers(mail),
            alternatives=[(html.get_content(), "text/html")] if html else None,
        )

    def _tell_mail_services(self, mail: EmailMessage) -> None:
        """What django-anymail reads from a mail: where reports go, if not to its author, and what is said in them."""
        if parseaddr(str(mail["From"] or ""))[1] != self.envelope.sender:
            self.envelope_sender = self.envelope.sender
        if mark := IN_MESSAGE_ID.fullmatch(str(mail["Message-ID"] or "").strip()):
            self.metadata = {"delivery": f"{mark['pk']}.{mark['mac']}"}

    def message(self, *, policy: Policy = SMTP) -> FrozenMessage:  # type: ignore[override]
        raw = undo_dots(self.envelope.body)
        mail = cast(FrozenMessage, message_from_bytes(raw, _class=FrozenMessage, policy=policy))
        mail.frozen = raw
        return mail

    def recipients(self) -> list[str]:
        return [self.envelope.recipient]


def undo_dots(body: bytes) -> bytes:
    """The mail as it is read, without the doubled dots it is sent with."""
    return (b"\r\n" + body).replace(b"\r\n..", b"\r\n.")[2:]


def _refused_by_service(key: int, mail: FrozenMail | None) -> Outcome | None:
    """Some mail services say with "200 OK" that they will not send this; django-anymail notes it on the mail."""
    said = getattr(getattr(mail, "anymail_status", None), "status", None) or set()
    if not said or said - {"invalid", "rejected"}:
        return None
    return Outcome(key, Verdict.REFUSED, 550, f"The mail service says: {', '.join(sorted(said))}.")


def _judge(key: int, problem: Exception) -> Outcome:
    """What an error of a backend means for the mail; one that is not known leaves it in doubt."""
    match problem:
        case smtplib.SMTPRecipientsRefused(recipients=refused) if refused:
            return _said(key, *next(iter(refused.values())))
        case smtplib.SMTPSenderRefused(smtp_code=code, smtp_error=words):
            return _said(key, code, words, everybody=True)
        case smtplib.SMTPConnectError() | smtplib.SMTPHeloError() | ConnectionRefusedError():
            return Outcome(key, Verdict.NOT_HANDED_OVER, 0, type(problem).__name__)
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=words):
            return _said(key, code, words)
        case ValueError():
            return Outcome(key, Verdict.REFUSED, 0, one_line(str(problem).encode(errors="replace")))
    # Backends for somebody's API say what HTTP said.
    status = getattr(problem, "status_code", None)
    words = one_line(f"{type(problem).__name__}: {problem}".encode(errors="replace"))
    if not isinstance(status, int) or status < 400:
        return Outcome(key, Verdict.DOUBT, 0, words)
    verdict = Verdict.LATER if status == 429 or status >= 500 else Verdict.REFUSED
    return Outcome(key, verdict, status, words, everybody=status in {401, 402, 403})


def _said(key: int, code: int, words: bytes | str, everybody: bool = False) -> Outcome:
    said = one_line(words if isinstance(words, bytes) else words.encode())
    if code == CLOSING:
        return Outcome(key, Verdict.NOT_HANDED_OVER, code, said)
    if not 400 <= code < 600:
        return Outcome(key, Verdict.DOUBT, 0, said)
    return Outcome(key, verdict_on(code), code, said, everybody or code in ABOUT_US)


def _headers(mail: EmailMessage) -> dict[str, str]:
    return {
        name: str(value)
        for name, value in mail.items()
        if name.lower() not in NOT_REPEATED and not name.lower().startswith("content-")
    }
