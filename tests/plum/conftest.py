"""What tests of the whole site share."""

import pytest

from policies.writing.models import PolicyPage
from tests.policies.conftest import a_draft, announce


@pytest.fixture
def privacy(db) -> PolicyPage:
    """A policy announced as version 1.0 today."""
    page = a_draft()
    announce(page)
    return PolicyPage.objects.get(pk=page.pk)
