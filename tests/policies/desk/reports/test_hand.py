"""What needs a hand, on the first page of the CMS and as a report."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, Workflow

from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import NoticeState
from policies.notices.sending.staging import stage_recipients
from policies.notices.steering import pause
from tests.making.editing import AMENDMENT, NEW, a_waiting_draft, fresh
from tests.making.notices import a_notice
from tests.making.people import text_of
from tests.making.policies import announce

pytestmark = pytest.mark.django_db
PANEL = 'id="needs-a-hand-section"'


def home(client) -> str:
    return client.get("/cms/").text


def hand(client) -> str:
    return text_of(client.get(reverse("policies_reports:hand")))


def test_nothing_is_shown_where_nothing_needs_a_hand(privacy, cms):
    AmendmentNotice.objects.update(state=NoticeState.DONE)
    html = home(cms)
    assert PANEL not in html


def test_a_draft_that_differs_is_shown_with_who_saved_it(privacy, cms, editor):
    a_waiting_draft(privacy, user=editor)
    html = home(cms)
    assert PANEL in html
    assert "Differs from what was announced, saved by Edith on" in html
    assert reverse("wagtailadmin_pages:edit", args=[privacy.pk]) in html


def test_an_upcoming_version_is_shown_with_the_days_left(privacy, cms):
    announce(privacy, NEW, effective_from=timezone.localdate() + dt.timedelta(days=30))
    assert "Version 2.0 comes into force on" in home(cms)
    assert "in 30 days." in home(cms)


def test_what_is_scheduled_is_shown_as_that_and_not_as_a_draft(privacy, cms):
    a_waiting_draft(privacy, go_live_at=timezone.now() + dt.timedelta(days=2)).publish()
    html = home(cms)
    assert "Will be announced on" in html
    assert "Differs from what was announced" not in html


def test_what_should_have_been_announced_is_called_late(privacy, cms):
    revision = a_waiting_draft(privacy, go_live_at=timezone.now() + dt.timedelta(days=2))
    revision.publish()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - dt.timedelta(days=1))
    assert "Was to be announced on" in hand(cms)


def test_a_review_that_waits_is_shown_with_who_asked_for_it(privacy, cms, editor):
    a_waiting_draft(privacy, user=editor)
    Workflow.objects.get(name="Policy approval").start(fresh(privacy), editor)
    html = hand(cms)
    assert "asked for by Edith" in html
    assert "Due on" in html
    assert "Differs from what was announced" not in html


def test_a_paused_notice_is_shown_with_its_reason(privacy, cms):
    notice = a_notice(privacy)
    stage_recipients(notice)
    notice.refresh_from_db()
    pause(notice, because="A wrong link.")
    assert "A wrong link." in home(cms)


def test_failed_mails_are_shown(privacy, cms):
    notice = a_notice(privacy)
    AmendmentNotice.objects.filter(pk=notice.pk).update(failed=3, recipients=3, state=NoticeState.DONE)
    assert "3 e-mails failed." in home(cms)


def test_a_notice_that_nothing_can_send_is_shown(privacy, cms):
    notice = a_notice(privacy)
    AmendmentNotice.objects.filter(pk=notice.pk).update(state_since=timezone.now() - dt.timedelta(hours=1))
    html = home(cms)
    assert "No worker was seen" in html
    assert reverse("notices:inspect", args=[notice.pk]) in html


def test_only_what_somebody_may_see_is_shown_to_them(privacy, browser_of):
    a_waiting_draft(privacy)
    notice = a_notice(privacy, **AMENDMENT)
    AmendmentNotice.objects.filter(pk=notice.pk).update(failed=3, state=NoticeState.DONE)
    a_waiting_draft(privacy)
    assert PANEL not in home(browser_of("staff"))
    editors = home(browser_of("editor"))
    assert "Differs from what was announced" in editors
    assert "e-mails failed" not in editors
    theirs = home(browser_of("data protection"))
    assert "Differs from what was announced" not in theirs
    assert "3 e-mails failed." in theirs


def test_the_summary_counts_policies_in_force_and_upcoming(privacy, cms, browser_of):
    announce(privacy, NEW, effective_from=timezone.localdate() + dt.timedelta(days=30))
    html = home(cms)
    assert "1 policy in force" in html
    assert "1 amendment upcoming" in html
    assert "1 policy in force" not in home(browser_of("staff"))
