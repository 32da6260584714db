"""A clock for what the doctor finds out by it."""

import pytest
from freezegun import freeze_time


@pytest.fixture
def freezer():
    """A clock that stands still until it is told to move."""
    with freeze_time(ignore=["uuid"]) as clock:
        yield clock
