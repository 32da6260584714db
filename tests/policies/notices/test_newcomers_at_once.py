"""Newcomers are written down once, however many workers look for them at the same moment."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.sending.staging import stage_newcomers, stage_recipients
from policies.writing.models import PolicyPage
from tests.making.notices import fresh, states
from tests.making.people import a_person
from tests.making.policies import a_document, a_draft, announce
from tests.making.simultaneous import HANDS, at_once

pytestmark = [
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite in memory knows one connection"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
assert connection  # named by the condition above


@pytest.fixture
def notice():
    """That of an amendment which comes into force in a month, open to newcomers; one person was there before."""
    a_person("old@example.org")
    page = a_draft()
    announce(page)
    amendment = {"effective_from": timezone.localdate() + dt.timedelta(days=30), "tell_newcomers": True}
    version = announce(PolicyPage.objects.get(pk=page.pk), a_document("cookies are large files"), **amendment)
    notice = AmendmentNotice.objects.get(version=version)
    stage_recipients(notice)
    return fresh(notice)


def test_workers_who_look_at_the_same_moment_add_each_newcomer_once(notice):
    for number in range(5):
        a_person(f"new{number}@example.org")
    added = at_once(*[lambda: stage_newcomers(notice)] * HANDS)
    assert sorted(added) == [0] * (HANDS - 1) + [5]
    assert len(states(fresh(notice))) == fresh(notice).recipients == 6


def test_whoever_registers_while_they_look_is_added_by_one_of_the_next_looks(notice):
    def registers(number):
        return lambda: a_person(f"new{number}@example.org").pk

    at_once(*map(registers, range(3)), *[lambda: stage_newcomers(notice)] * 3)
    stage_newcomers(notice)
    assert sorted(states(fresh(notice))) == [*(f"new{number}@example.org" for number in range(3)), "old@example.org"]
    assert Delivery.objects.filter(notice=notice).count() == fresh(notice).recipients == 4
