"""What tests of sending share: a connection to a server of their own."""

import pytest

from policies.notices.sending.backends import open_connection

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def connect(settings):
    """`connect(server)` opens a connection to it as the sender would; more settings by name."""

    def to(server, patience=20, **changes):
        settings.NOTICES_EMAIL = {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": server.host, "EMAIL_PORT": server.port} | changes
        return open_connection(settings, patience)

    return to
