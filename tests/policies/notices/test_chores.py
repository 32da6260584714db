"""Housekeeping moves notices on, whatever happened to the tasks; where one part fails, the others are done."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from home.operations.housekeeping import keep_house, what_is_due
from policies.notices.chores import is_something_due
from policies.notices.models import AmendmentNotice, Delivery, NoticeSettings, NoticeWorker
from policies.notices.models.notices import NoticeKind, NoticeState
from tests.making.notices import a_notice, a_sending_notice, fresh
from tests.making.people import a_person
from tests.making.policies import a_draft
from tests.making.versions import put, row

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def ann(db):
    return a_person("ann@example.org")


def test_a_notice_whose_task_was_lost_is_staged_and_sent(privacy, ann):
    notice = a_notice(privacy)
    keep_house()
    assert (fresh(notice).state, notice.recipients) == (NoticeState.HELD, 1)
    assert not mail.outbox
    AmendmentNotice.objects.update(held_until=timezone.now() - HOUR)
    keep_house()
    assert [message.recipients() for message in mail.outbox] == [["ann@example.org"]]
    assert fresh(notice).state == NoticeState.DONE
    keep_house()
    assert len(mail.outbox) == 1


def test_the_mail_on_the_day_is_made_and_sent(db, ann):
    NoticeSettings.objects.update_or_create(pk=1, defaults={"mail_on_the_day": True})
    today = timezone.localdate()
    versions = put(a_draft(), row(1, dt.date(2024, 1, 1)), row(2, today))
    told = AmendmentNotice.objects.create(version=versions[1], state=NoticeState.DONE, held_until=timezone.now())
    keep_house()
    assert versions[1].notices.get(kind=NoticeKind.IN_FORCE).sent == 1
    assert "came into force" in mail.outbox[0].body
    assert fresh(told).sent == 0


def test_nobody_is_woken_while_a_worker_is_at_it(privacy, ann):
    a_sending_notice(privacy)
    NoticeWorker.objects.create(leased_until=timezone.now() + HOUR)
    keep_house()
    assert not mail.outbox


def test_what_a_dead_worker_held_is_sent(privacy, ann):
    notice = a_sending_notice(privacy)
    dead = NoticeWorker.objects.create(leased_until=timezone.now() - HOUR)
    Delivery.objects.update(state="sending", worker=dead.pk)
    assert not is_something_due()
    keep_house()
    assert len(mail.outbox) == 1
    assert fresh(notice).state == NoticeState.DONE


def test_nothing_is_due_while_all_wait_for_their_next_try(privacy, ann):
    a_sending_notice(privacy)
    assert is_something_due()
    Delivery.objects.update(due_at=timezone.now() + HOUR)
    assert not is_something_due()


def test_where_one_part_fails_the_others_are_done(privacy, ann, settings, caplog):
    other = a_sending_notice(privacy)
    settings.DEFAULT_FROM_EMAIL = "not an address"
    AmendmentNotice.objects.create(version=other.version, kind=NoticeKind.REMINDER, held_until=timezone.now())
    settings.NOTICES_BOUNCE_ADDRESS = "bounces@example.org"
    report = keep_house()
    assert fresh(other).state == NoticeState.DONE
    assert report.failed == 1
    assert "could not be staged and will be tried again" in caplog.text
    reminder = AmendmentNotice.objects.get(kind=NoticeKind.REMINDER)
    assert reminder.state == NoticeState.STAGING
    settings.DEFAULT_FROM_EMAIL = "policies@example.org"
    assert keep_house().failed == 0
    assert fresh(reminder).state == NoticeState.DONE


def test_a_dry_run_counts_the_notices_on_their_way(privacy):
    a_notice(privacy)
    assert what_is_due()["notices on their way"] == 1
    assert AmendmentNotice.objects.get().state == NoticeState.STAGING
