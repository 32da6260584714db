"""Somebody who brings documents in, and those who may not."""

import pytest

from tests.making.intake import Importer


@pytest.fixture
def importer(cms, privacy) -> Importer:
    """An administrator who brings a document into the privacy policy, announced as 1.0."""
    return Importer(cms, privacy)


@pytest.fixture
def newcomer(cms, db) -> Importer:
    """An administrator who brings a new policy in."""
    return Importer(cms)
