import pytest
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice
from freezegun import freeze_time

from accounts.second_factor import signals
from accounts.second_factor.changing import make_recovery_codes
from tests.accounts.second_factor.authenticator import Authenticator
from tests.accounts.second_factor.steps import sign_in_with_app
from tests.making.people import a_person, an_editor


@pytest.fixture(autouse=True)
def _urls(settings):
    settings.ROOT_URLCONF = "tests.accounts.second_factor.urls"


@pytest.fixture(autouse=True)
def clock():
    """Time that stands still until it is moved, in the middle of a code's thirty seconds."""
    with freeze_time("2026-03-02 12:00:10") as frozen:
        yield frozen


@pytest.fixture
def person(db):
    """Somebody with an account and no second factor."""
    return a_person(first_name="Ann")


@pytest.fixture
def app(person):
    """The person's authenticator app; with it they are enrolled."""
    return TOTPDevice.objects.create(user=person, name="My phone", tolerance=0)


@pytest.fixture
def codes(app):
    """The person's ten recovery codes, as shown."""
    return make_recovery_codes(app.user)


@pytest.fixture
def enrolled(person, app, codes):
    """The person, with an app and recovery codes."""
    return person


@pytest.fixture
def whole(client, app, codes, clock):
    """The browser of the enrolled person, signed in with the app so long ago that it does not count as confirming."""
    assert sign_in_with_app(client, app).status_code == 302
    clock.tick(330)
    return client


@pytest.fixture
def editor(db):
    return an_editor()


@pytest.fixture
def stranger(db):
    """Somebody else, who is enrolled, too."""
    other = a_person("bob@example.org")
    TOTPDevice.objects.create(user=other, name="Bob's phone", tolerance=0)
    return other


@pytest.fixture
def other_browser():
    return Client()


@pytest.fixture
def authenticator():
    return Authenticator()


@pytest.fixture
def heard():
    """What the signals said: their names and devices' names, in order."""
    said, receivers = [], []
    for name in ("given", "refused", "added", "renamed", "removed"):
        receivers.append((getattr(signals, f"factor_{name}"), name))
    receivers += [(signals.recovery_code_used, "recovery code used"), (signals.recovery_codes_made, "codes made")]
    hearers = []
    for signal, name in receivers:

        def hear(name=name, device=None, **kwargs):
            said.append((name, device.name if device else ""))

        signal.connect(hear)
        hearers.append((signal, hear))
    yield said
    for signal, hear in hearers:
        signal.disconnect(hear)
