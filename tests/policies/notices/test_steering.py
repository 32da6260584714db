"""Stopping, pausing, resuming and retrying; and that a notice goes only where it may."""

import datetime as dt

import pytest
from django.utils import timezone

from policies.notices import steering
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.models.notices import NOTICE_TRANSITIONS, IllegalTransition, NoticeState
from policies.notices.sending.staging import stage_recipients
from tests.making.notices import a_notice, a_sending_notice, fresh, states
from tests.making.people import a_person

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def held(privacy) -> AmendmentNotice:
    notice = a_notice(privacy)
    stage_recipients(notice)
    return fresh(notice)


@pytest.mark.parametrize("here", NoticeState.values)
@pytest.mark.parametrize("there", NoticeState.values)
def test_a_notice_goes_only_where_it_may(privacy, here, there):
    notice = a_notice(privacy)
    AmendmentNotice.objects.update(state=here)
    if there in NOTICE_TRANSITIONS[here]:
        notice.move_to(NoticeState(there))
        assert fresh(notice).state == there
    else:
        with pytest.raises(IllegalTransition, match=f"is {here}"):
            notice.move_to(NoticeState(there))
        assert fresh(notice).state == here


def test_a_notice_stopped_during_the_hold_reaches_nobody(privacy):
    a_person("ann@example.org")
    notice = held(privacy)
    steering.stop(notice, because="A wrong date.")
    assert states(notice) == {"ann@example.org": "skipped stopped"}
    assert (notice.state, notice.state_reason, notice.skipped) == (NoticeState.STOPPED, "A wrong date.", 1)


def test_what_was_sent_before_a_stop_stays_sent(privacy):
    a_person("ann@example.org")
    a_person("ben@example.org")
    notice = a_sending_notice(privacy)
    Delivery.objects.filter(person__email="ann@example.org").update(state="sent")
    steering.stop(notice, because="A wrong date.")
    assert states(notice) == {"ann@example.org": "sent", "ben@example.org": "skipped stopped"}
    assert (notice.sent, notice.skipped) == (1, 1)


def test_a_stopped_notice_is_not_started_again(privacy):
    notice = held(privacy)
    steering.stop(notice, because="A wrong date.")
    for again in (steering.resume, steering.retry_failed):
        Delivery.objects.create(notice=notice, state="failed", reason="refused")
        with pytest.raises(IllegalTransition):
            again(notice)


def test_a_notice_paused_in_its_hold_goes_on_with_the_hold(privacy):
    notice = held(privacy)
    steering.pause(notice, because="")
    steering.resume(notice)
    assert notice.state == NoticeState.HELD


def test_a_notice_paused_longer_than_its_hold_goes_on_with_sending(privacy):
    notice = held(privacy)
    steering.pause(notice, because="")
    AmendmentNotice.objects.update(held_until=timezone.now() - HOUR)
    steering.resume(fresh(notice))
    assert notice.state == NoticeState.SENDING


def test_those_that_failed_are_tried_from_the_beginning(privacy):
    a_person("ann@example.org")
    a_person("ben@example.org")
    notice = a_sending_notice(privacy)
    Delivery.objects.filter(person__email="ann@example.org").update(
        state="failed", reason="gave-up", reply="452 full", attempts=9, doubts=1, first_tried_at=timezone.now()
    )
    Delivery.objects.filter(person__email="ben@example.org").update(state="sent")
    AmendmentNotice.objects.update(state=NoticeState.DONE)
    assert steering.retry_failed(notice) == 1
    assert (notice.state, notice.failed, notice.sent) == (NoticeState.SENDING, 0, 1)
    again = Delivery.objects.get(person__email="ann@example.org")
    assert (again.state, again.reason, again.reply, again.attempts, again.doubts) == ("pending", "", "", 0, 0)
    assert again.first_tried_at is None


def test_retrying_where_nothing_failed_changes_nothing(privacy):
    notice = held(privacy)
    AmendmentNotice.objects.update(state=NoticeState.DONE)
    assert steering.retry_failed(notice) == 0
    assert notice.state == NoticeState.DONE
