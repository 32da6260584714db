"""What tests of sending share."""

import pytest

from policies.notices.sending import connections, lease, loop, worker
from tests.making.clock import Clock, Selectors


@pytest.fixture
def clock(monkeypatch) -> Clock:
    """Let workers go by a clock of their own, which stands still while a server thinks."""
    clock = Clock()
    for module in (connections, lease, loop, worker):
        monkeypatch.setattr(module, "time", clock)
    monkeypatch.setattr(connections, "selectors", Selectors(clock))
    return clock
