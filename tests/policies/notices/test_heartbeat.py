"""Workers and the housekeeping leave a trace, at the cost of a row now and then and never of one for a mail."""

import datetime as dt

import pytest
from django.utils import timezone

from home.operations.housekeeping import keep_house
from policies.notices.chores import is_a_worker_missed
from policies.notices.heartbeat import PATIENCE, beat, last_seen
from policies.notices.models import AmendmentNotice, Heartbeat
from policies.notices.sending.rounds import work
from policies.notices.sending.staging import stage_recipients
from tests.making.mailing import many_people
from tests.making.notices import a_notice, a_sending_notice

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def long_ago() -> None:
    Heartbeat.objects.update(at=timezone.now() - HOUR)


def test_a_round_of_work_and_the_housekeeping_are_seen(db):
    Heartbeat.objects.all().delete()
    work()
    assert last_seen().keys() == {Heartbeat.Part.WORKER}
    keep_house()
    assert last_seen().keys() == {Heartbeat.Part.WORKER, Heartbeat.Part.HOUSEKEEPING, Heartbeat.Part.ROUND}


def test_a_trace_is_written_over(db):
    for _ in range(3):
        beat(Heartbeat.Part.WORKER)
    long_ago()
    beat(Heartbeat.Part.WORKER)
    assert Heartbeat.objects.filter(part=Heartbeat.Part.WORKER).count() == 1
    assert timezone.now() - last_seen()[Heartbeat.Part.WORKER] < PATIENCE


def test_many_mails_cost_no_more_traces_than_one(privacy, mailoutbox, monkeypatch):
    many_people(20)
    a_sending_notice(privacy)
    beats = []
    monkeypatch.setattr("policies.notices.sending.rounds.beat", beats.append)
    work()
    assert len(mailoutbox) == 20
    assert beats == [Heartbeat.Part.WORKER]


def test_a_worker_is_asked_to_show_itself_while_a_notice_waits_for_its_hour(privacy):
    notice = a_notice(privacy)
    stage_recipients(notice)
    long_ago()
    keep_house()
    assert timezone.now() - last_seen()[Heartbeat.Part.WORKER] < PATIENCE
    assert AmendmentNotice.objects.get().state == "held"


@pytest.mark.parametrize("state", ["paused", "stopped", "done"])
def test_where_nothing_waits_somebody_is_asked_after_ten_minutes_only(privacy, state):
    a_notice(privacy)
    AmendmentNotice.objects.update(state=state)
    ago(9)
    assert not is_a_worker_missed()
    keep_house()
    assert timezone.now() - last_seen()[Heartbeat.Part.WORKER] > PATIENCE
    ago(11)
    keep_house()
    assert timezone.now() - last_seen()[Heartbeat.Part.WORKER] < PATIENCE


def ago(minutes: int) -> None:
    beat(Heartbeat.Part.WORKER)
    Heartbeat.objects.update(at=timezone.now() - dt.timedelta(minutes=minutes))


def test_nobody_is_asked_again_who_was_seen_just_now(privacy):
    a_notice(privacy)
    beat(Heartbeat.Part.WORKER)
    assert not is_a_worker_missed()
