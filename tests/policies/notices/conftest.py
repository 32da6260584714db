"""What tests of sending share: a connection to a server of their own."""

import pytest

from policies.notices.sending.backends import open_connection
from tests.making.mailing import SMTP, Mailing


@pytest.fixture
def mailing(settings) -> Mailing:
    return Mailing(settings)


@pytest.fixture
def connect(settings):
    """`connect(server)` opens a connection to it as the sender would; more settings by name."""

    def to(server, patience=20, **changes):
        settings.NOTICES_EMAIL = {"EMAIL_BACKEND": SMTP, "EMAIL_HOST": server.host, "EMAIL_PORT": server.port} | changes
        return open_connection(settings, patience)

    return to
