"""Somebody at the edit form of a policy, and places for it in the tree."""

import pytest
from wagtail.models import Page

from policies.writing.models import PolicyIndexPage
from tests.making.editing import Editor


@pytest.fixture
def edith(cms, privacy) -> Editor:
    """An editor of the privacy policy, which was announced as 1.0."""
    return Editor(cms, privacy)


@pytest.fixture
def elsewhere(db) -> PolicyIndexPage:
    """Another parent, where slugs of policies are free in the tree."""
    return Page.objects.get(depth=2).add_child(instance=PolicyIndexPage(title="Old", slug="old"))
