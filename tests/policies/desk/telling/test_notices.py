"""Notices in the CMS: the list, the status page, what moves by itself, and who may look."""

import datetime as dt

import pytest
from django.utils import timezone
from freezegun import freeze_time

from policies.notices.heartbeat import beat
from policies.notices.models import AmendmentNotice, Delivery, Heartbeat, NoticeWorker
from policies.notices.models.notices import NoticeState
from tests.making.editing import Editor
from tests.making.notice_pages import LIST, history_of, page_of
from tests.making.notices import a_notice, a_sending_notice, an_amendment
from tests.making.people import a_person, text_of
from tests.making.policies import a_document

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


def pages_of(notice) -> list[str]:
    return [LIST, f"{LIST}results/", page_of(notice), page_of(notice, "progress"), history_of(notice)]


@pytest.mark.parametrize(
    ("who", "status"),
    [("nobody", 302), ("editor", 200), ("approver", 200), ("data protection", 200), ("superuser", 200)],
)
def test_who_may_look_at_notices_sees_every_page_and_who_may_not_sees_none(held, staff, who, status):
    client = staff(who)
    for address in pages_of(held):
        assert client.get(address).status_code == status, address


def test_without_signing_in_there_is_nothing(held, client):
    for address in pages_of(held):
        assert client.get(address).url.startswith("/account/login/"), address


def test_the_entry_in_the_menu_is_for_those_who_may_look(held, staff):
    assert '"url": "/cms/notices/"' in staff("editor").get("/cms/").text
    assert '"url": "/cms/notices/"' not in staff("nobody").get("/cms/").text


@pytest.mark.parametrize("action", ["new", "edit/{}", "delete/{}", "copy/{}", "usage/{}"])
def test_nothing_is_made_changed_or_deleted_here(held, cms, action):
    assert cms.get(f"{LIST}{action.format(held.pk)}/").status_code == 404


def test_the_list_says_where_each_stands(held, cms):
    text = text_of(cms.get(LIST))
    for words in ("Privacy policy 2.0", "Announced", "Waiting for the hold to end", "E-mails from"):
        assert words in text
    assert page_of(held) in cms.get(LIST).text


def test_the_list_costs_the_same_with_many_notices(privacy, cms, django_assert_max_num_queries):
    for number in range(4):
        an_amendment(privacy, f"cookies are {number} files")
    cms.get(LIST)
    with django_assert_max_num_queries(14):
        cms.get(LIST)


def test_a_held_notice_says_when_its_mails_start_and_that_it_can_be_stopped(held, cms):
    text = text_of(cms.get(page_of(held)))
    at = f"{timezone.localtime(held.held_until):%-d %B %Y, %H:%M}"
    assert f"The e-mails start at {at}. Until then it can be stopped" in text
    for words in ("Stop it for good", "Pause it", "Waiting 2"):
        assert words in text
    assert "Try those that failed again" not in text


def test_a_sending_notice_says_how_fast_it_goes_and_how_long_it_takes(privacy, cms):
    notice = a_sending_notice(privacy)
    now = timezone.now()
    since = now - dt.timedelta(seconds=100)
    AmendmentNotice.objects.update(
        recipients=1000, sent=450, skipped=50, unreachable=0, settled_before=50, state_since=since
    )
    with freeze_time(now, ignore=["uuid"]):
        text = text_of(cms.get(page_of(notice, "progress")))
        assert "500 of 1,000 settled, 4 e-mails a second, about 2 minutes left" in text
        AmendmentNotice.objects.update(sent=30, skipped=0, settled_before=0, state_since=since)
        assert "18 e-mails a minute, about 54 minutes left" in text_of(cms.get(page_of(notice, "progress")))


def test_a_pace_counts_from_the_last_pause_on(privacy, cms):
    notice = a_sending_notice(privacy)
    AmendmentNotice.objects.update(recipients=1000, sent=400, unreachable=0)
    notice.refresh_from_db()
    notice.move_to(NoticeState.PAUSED)
    notice.move_to(NoticeState.SENDING)
    AmendmentNotice.objects.update(sent=600, state_since=timezone.now() - dt.timedelta(seconds=100))
    assert "2 e-mails a second" in text_of(cms.get(page_of(notice, "progress")))


def test_what_went_wrong_is_told_by_reason(privacy, cms):
    for name in ("ann", "ben", "cas"):
        a_person(f"{name}@example.org")
    notice = a_sending_notice(privacy)
    Delivery.objects.filter(address__startswith="ann").update(state="failed", reason="refused")
    Delivery.objects.filter(address__startswith="ben").update(state="unreachable", reason="bounced")
    AmendmentNotice.objects.update(state="done", failed=1, unreachable=1, sent=1)
    Delivery.objects.filter(address__startswith="cas").update(state="sent")
    text = text_of(cms.get(page_of(notice)))
    assert "Failed Refused by the mail server 1" in text
    assert "No address that works Came back as undeliverable 1" in text
    assert "1 e-mail failed. They can be tried again." in text


def test_a_notice_that_is_over_does_not_move(held, cms):
    assert "notice-progress.js" in cms.get(page_of(held)).text
    AmendmentNotice.objects.update(state="stopped")
    page = cms.get(page_of(held))
    assert "data-final" in page.text
    assert "notice-progress.js" not in page.text


class TestNothingCanSend:
    def says(self, cms, notice) -> str:
        return text_of(cms.get(page_of(notice)))

    def waits(self, notice, minutes: int) -> None:
        AmendmentNotice.objects.filter(pk=notice.pk).update(state_since=timezone.now() - minutes * MINUTE)

    def test_it_is_said_once_nothing_was_seen_for_minutes(self, held, cms):
        Heartbeat.objects.all().delete()
        self.waits(held, 4)
        assert "No worker was seen" not in self.says(cms, held)
        self.waits(held, 6)
        text = self.says(cms, held)
        assert "No worker was seen yet: nothing can be sent." in text
        assert "The housekeeping was not seen yet" in text

    def test_it_is_not_said_of_what_is_running(self, held, cms):
        for part in Heartbeat.Part:
            beat(part)
        self.waits(held, 6)
        assert "seen" not in self.says(cms, held)
        Heartbeat.objects.update(at=timezone.now() - 6 * MINUTE)
        assert "No worker was seen since" in self.says(cms, held)

    def test_a_worker_in_the_middle_of_its_work_is_no_missing_worker(self, held, cms):
        Heartbeat.objects.all().delete()
        NoticeWorker.objects.create(leased_until=timezone.now() + MINUTE)
        self.waits(held, 6)
        assert "No worker was seen" not in self.says(cms, held)

    @pytest.mark.parametrize("state", ["paused", "stopped", "done"])
    def test_it_does_not_matter_to_what_is_not_on_its_way(self, held, cms, state):
        Heartbeat.objects.all().delete()
        AmendmentNotice.objects.update(state=state, state_since=timezone.now() - 6 * MINUTE)
        assert "seen" not in self.says(cms, held)


def test_the_editor_is_told_where_to_stop_the_mails(privacy, cms):
    response = Editor(cms, privacy).announces(a_document("cookies are gone"))
    assert "/cms/notices/inspect/" in response.text
    notice = AmendmentNotice.objects.get()
    assert a_notice and page_of(notice) in response.text
