"""Every page that is read is asked of the database."""

import pytest


@pytest.fixture(autouse=True)
def _database(db):
    pass
