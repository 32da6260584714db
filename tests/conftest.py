"""What every test may use. Triggers stand in tests as they do outside: only a flush may lift them."""

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from policies.versions import triggers


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """The cache outlives the rows that a test rolls back."""
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def _flushing_lifts_the_triggers():
    flush = TransactionTestCase._fixture_teardown

    def teardown(self):
        aliases = self._databases_names(include_mirrors=False)
        for alias in aliases:
            triggers.lift(alias)
        try:
            flush(self)
        finally:
            for alias in aliases:
                triggers.install(alias)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture
def verified(db):
    """Sign a person in with a second factor given, whatever the way: `verified(client, user)` returns the client."""

    def sign_in(client, user):
        device, _ = TOTPDevice.objects.get_or_create(
            user=user, confirmed=True, defaults={"name": "Phone", "tolerance": 0}
        )
        client.force_login(user)
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
        return client

    return sign_in
