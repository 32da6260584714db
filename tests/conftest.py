"""What every test may use. Triggers stand in tests as they do outside: only a flush may lift them."""

import pytest
from django.core.cache import cache
from django.test import TransactionTestCase

from policies import triggers


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
