"""What raises a generation: whatever changes what the public sees, by whatever way; and nothing else."""

import pytest
from django.apps import apps
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from wagtail.models import Page

from accounts.models import triggers
from home.finished_pages.generation import Generation
from home.finished_pages.models import Generation as Row
from home.finished_pages.sources import source_of
from home.finished_pages.watched import VERSIONS, WHOLE_SITE
from home.finished_pages.wrapping import reader
from home.models import Organisation, StandardPage
from policies.versions.announcing import withdraw
from policies.versions.models import PolicyVersion
from tests.making.documents import a_document
from tests.making.finished_pages import LONDON, a_store, ask
from tests.making.policies import a_draft, announce, redraft

pytestmark = pytest.mark.django_db(transaction=True)


def numbers():
    return dict(Row.objects.values_list("scope", "number"))


def raised_by(deed):
    """Return the scopes that a deed raises."""
    before = numbers()
    deed()
    return {scope for scope, number in numbers().items() if number != before.get(scope)}


def test_an_announcement_raises_its_policy_and_the_first_of_a_policy_all_pages():
    page = a_draft()
    assert raised_by(lambda: announce(page)) == {"all", "site", "policies/privacy"}
