"""Mail servers at their worst, as Django's mail backends: none that answers, and one that quotes whom it refuses."""

from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.locmem import EmailBackend


class Unreachable(EmailBackend):
    """No server answers."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("no mail server")


class Refusing(EmailBackend):
    """The server takes nobody; the error holds every address, as smtplib's does."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({to: (550, f"{to} is unknown here".encode()) for m in messages for to in m.to})


def back(settings) -> None:
    """The server answers again."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
