"""Which version an announcement amends: one answer, from the database and from memory."""

import datetime as dt

import pytest
from django.utils import timezone

from policies.models import PolicyVersion
from policies.versions.announcing import withdraw
from policies.versions.history import History
from tests.making.policies import a_document, announce

pytestmark = pytest.mark.django_db


def test_the_database_and_the_history_say_the_same(privacy):
    later = timezone.localdate() + dt.timedelta(days=30)
    second = announce(privacy, a_document("cookies are large files"), effective_from=later)
    withdraw(second, reason="A mistake.")
    announce(privacy, a_document("cookies are gone"))
    history = History(PolicyVersion.objects.all(), on=timezone.localdate())
    found = {}
    for entry in history:
        version = entry.version
        before = PolicyVersion.objects.newest_kept(privacy.pk, before=version.sequence)
        assert history.before(version) == before
        found[version.number] = before and before.number
    assert found == {"3.0": "1.0", "2.0": "1.0", "1.0": None}
    assert PolicyVersion.objects.newest_kept(privacy.pk).number == "3.0"
