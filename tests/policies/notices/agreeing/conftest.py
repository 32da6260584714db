"""Every question is about a policy in the database; what the site remembers of them is forgotten between tests."""

import datetime as dt

import pytest
from django.core.cache import cache

from policies.writing.models import PolicyPage
from tests.making.policies import a_document, a_draft
from tests.making.versions import put, row


@pytest.fixture(autouse=True)
def _database(db):
    pass


@pytest.fixture
def terms(today) -> PolicyPage:
    """Terms whose version 2.0, in force since 10 June 2026, asks for acceptance within ten days, and for an age.

    Today is 15 June 2026. Version 1.0 asked for acceptance, too.
    """
    page = a_draft(a_document("terms apply", title="Terms of use"), "terms")
    chosen = {"asks_for": "acceptance", "grace_days": 10, "least_age": 16}
    PolicyPage.objects.filter(pk=page.pk).update(about_personal_data=False, **chosen)
    texts = [a_document(words, title="Terms of use") for words in ("terms apply", "terms apply to all")]
    asks = chosen | {"asks_anew": True}
    put(
        page,
        row(1, dt.date(2025, 1, 1), document=texts[0], **asks),
        row(2, dt.date(2026, 6, 10), document=texts[1], change_summary="Now they apply to all.", **asks),
    )
    cache.clear()
    return page
