"""Opens the connection that notices leave by: through Django's SMTP backend, pipelining, or through any other."""

import smtplib
import ssl
from contextlib import suppress
from typing import Any

from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

from policies.notices.sending.envelopes import one_line
from policies.notices.sending.one_by_one import OneByOne
from policies.notices.sending.pipelining import PipelinedSMTP, PipelinedSMTP_SSL, Pipelining

DJANGO_SMTP = "django.core.mail.backends.smtp.EmailBackend"
# A short timeout behind the dot makes doubt; RFC 5321, 4.5.3.2.6 asks for ten minutes.
PATIENCE_SECONDS = 300
OPENING_SECONDS = 20


class ServerRefusesUs(Exception):
    """Nothing can be sent until somebody changes a setting or the server: name, password, certificate, our address."""


class ServerAway(Exception):
    """The server cannot be reached or does not want to talk now: try again later."""


class PipelinedBackend(EmailBackend):
    """Django's SMTP backend, its `connection` pipelining."""

    @property
    def connection_class(self) -> type[Pipelining]:
        return PipelinedSMTP_SSL if self.use_ssl else PipelinedSMTP

    def open(self) -> bool | None:
        opened = super().open()
        if opened and self.connection:
            # After STARTTLS what was offered before does not count.
            self.connection.ehlo_or_helo_if_needed()
        return opened


def open_connection(settings: LazySettings, patience: float = PATIENCE_SECONDS) -> Pipelining | OneByOne:
    """Open a connection as `settings.NOTICES_EMAIL` says, or, where that is empty, as for all other mail.

    Once open, its server may take `patience` seconds to answer.
    Raises `ServerAway` and `ServerRefusesUs`, with a reason a person can act on.
    """
    backend = None
    try:
        backend = _backend(settings)
        backend.open()
    except Exception as problem:
        if backend:
            with suppress(Exception):
                backend.close()
        raise _why(problem) from problem
    if not isinstance(backend, PipelinedBackend):
        return OneByOne(backend)
    connection = backend.connection
    assert isinstance(connection, Pipelining) and connection.sock  # noqa: S101
    connection.sock.settimeout(patience)
    return connection


def _backend(settings: LazySettings) -> BaseEmailBackend:
    email = getattr(settings, "NOTICES_EMAIL", None) or {}
    path = email.get("EMAIL_BACKEND") or settings.EMAIL_BACKEND
    values = _own_server(email) if email else {}
    if path == DJANGO_SMTP:
        timeout = email.get("EMAIL_TIMEOUT") or settings.EMAIL_TIMEOUT or OPENING_SECONDS
        return PipelinedBackend(timeout=timeout, **values)
    # Another backend may not know what a port or a password is.
    return get_connection(path, **{name: value for name, value in values.items() if value and name != "port"})


def _own_server(email: dict[str, object]) -> dict[str, Any]:
    """Nothing is None, for which Django would take what is set for the other server, its password too."""
    use_tls, use_ssl = bool(email.get("EMAIL_USE_TLS")), bool(email.get("EMAIL_USE_SSL"))
    values = {
        "host": email.get("EMAIL_HOST") or "",
        "port": email.get("EMAIL_PORT") or (465 if use_ssl else 587 if use_tls else 25),
        "username": email.get("EMAIL_HOST_USER") or "",
        "password": email.get("EMAIL_HOST_PASSWORD") or "",
        "use_tls": use_tls,
        "use_ssl": use_ssl,
    }
    path = email.get("EMAIL_FILE_PATH")
    return values | {"file_path": path} if path else values


def _why(problem: Exception) -> ServerRefusesUs | ServerAway:
    words = one_line(str(problem).encode(errors="replace"))
    match problem:
        case smtplib.SMTPAuthenticationError(smtp_code=code) if code >= 500:
            return ServerRefusesUs(f"The mail server does not accept our name and password: {words}")
        case ssl.SSLCertVerificationError():
            return ServerRefusesUs(f"The mail server's certificate is not one we trust: {words}")
        case ssl.SSLError(reason="WRONG_VERSION_NUMBER"):
            return ServerRefusesUs("The mail server does not speak TLS on this port: use smtp+tls:// or another port.")
        case smtplib.SMTPResponseException(smtp_code=code) if code >= 500:
            return ServerRefusesUs(f"The mail server does not want our mail: {words}")
        case smtplib.SMTPNotSupportedError():
            return ServerRefusesUs(f"The mail server does not offer what the settings ask for: {words}")
        case smtplib.SMTPServerDisconnected() | smtplib.SMTPResponseException():
            return ServerAway(f"The mail server does not talk to us now: {words}")
        case smtplib.SMTPException():
            return ServerRefusesUs(f"The mail server offers no way to sign in that we know: {words}")
        case UnicodeError():
            return ServerRefusesUs("The mail server's name, our name or password hold letters that cannot be sent.")
        case ImproperlyConfigured() | ImportError() | ValueError() | TypeError():
            return ServerRefusesUs(f"The mail settings cannot be used: {words}")
    return ServerAway(f"The mail server cannot be reached: {words}")
