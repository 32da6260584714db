"""Which notices need a hand: paused ones, failures of late, and what nobody sends."""

import datetime as dt

import pytest
from django.utils import timezone

from policies.notices.heartbeat import beat
from policies.notices.models import AmendmentNotice, Heartbeat
from policies.notices.trouble import needing_a_hand
from tests.making.notices import a_notice, an_amendment

pytestmark = pytest.mark.django_db
LONG_AGO = dt.timedelta(hours=1)


@pytest.fixture
def notice(privacy) -> AmendmentNotice:
    made = a_notice(privacy)
    for part in Heartbeat.Part:
        beat(part)
    return made


def words(**fields) -> list[str]:
    AmendmentNotice.objects.update(**fields)
    return [trouble.words for trouble in needing_a_hand()]


def test_what_goes_its_way_needs_nobody(notice):
    for state in ("staging", "held", "sending", "stopped", "done"):
        assert words(state=state, state_since=timezone.now() - LONG_AGO) == []


def test_a_paused_one_needs_somebody(notice):
    (said,) = words(state="paused", state_reason="535 wrong password", recipients=3, sent=1)
    assert said.startswith("Paused since")
    assert said.endswith("with 2 e-mails left. 535 wrong password")


def test_failures_need_somebody_for_thirty_days(notice):
    since = timezone.now() - dt.timedelta(days=29)
    assert words(state="done", failed=2, state_since=since) == ["2 e-mails failed."]
    assert words(state="stopped") == []
    assert words(state="done", state_since=since - dt.timedelta(days=2)) == []


def test_what_nobody_sends_needs_somebody_for_each_program_that_stands_still(notice):
    Heartbeat.objects.update(at=timezone.now() - LONG_AGO)
    (said,) = words(state="sending", state_since=timezone.now() - LONG_AGO)
    assert "The housekeeping was not seen since" in said
    assert "No worker was seen since" in said


def test_it_costs_the_same_for_many(privacy, django_assert_num_queries):
    for number in range(4):
        an_amendment(privacy, f"cookies are {number} files")
    AmendmentNotice.objects.update(state="paused")
    with django_assert_num_queries(3):
        assert [str(trouble.notice) for trouble in needing_a_hand()]
