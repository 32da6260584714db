"""A draft that waits says until when, and who looks at it; the mails about it survive a broken mail server."""

import datetime as dt
import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from policies.desk.approving.mailing import send_waiting
from policies.desk.approving.models import ReviewDuty, StaffMail
from tests.making.approving import one_of
from tests.making.editing import AMENDMENT, NEW, Editor, a_waiting_draft, fresh
from tests.making.people import text_of
from tests.making.policies import a_draft

pytestmark = pytest.mark.django_db
SUBMIT = {"action-submit": "action-submit"}
WEEK = dt.timedelta(days=7)


@pytest.fixture
def writer(privacy, two_people, signed_in, wanda) -> Editor:
    return Editor(signed_in(wanda), privacy)


@pytest.fixture
def waiting(writer, archie, django_capture_on_commit_callbacks):
    """Wanda's draft, submitted; Archie was told."""
    with django_capture_on_commit_callbacks(execute=True):
        writer.saves(NEW, **AMENDMENT, **SUBMIT)
    return writer.page


def duty() -> ReviewDuty:
    return ReviewDuty.objects.get()


class TestWhoLooks:
    def test_is_said_and_seen(self, waiting, signed_in, archie, editor):
        browser = signed_in(archie)
        browser.post(f"/cms/policies/{waiting.pk}/reviews/claim/")
        for address in ("/cms/", "/cms/policies/", f"/cms/policies/{waiting.pk}/reviews/"):
            assert "Archie" in signed_in(editor).get(address).text.split("</header>")[-1], address
        assert "Archie looks at it" in text_of(browser.get(f"/cms/policies/{waiting.pk}/look/"))
        browser.post(f"/cms/policies/{waiting.pk}/reviews/claim/", {"claims": "no"})
        assert duty().claimed_by is None

    def test_is_given_up_by_nobody_else(self, waiting, signed_in, archie):
        signed_in(archie).post(f"/cms/policies/{waiting.pk}/reviews/claim/")
        signed_in(one_of("Policy approvers", "Ada")).post(
            f"/cms/policies/{waiting.pk}/reviews/claim/", {"claims": "no"}
        )
        assert duty().claimed_by == archie

    def test_of_a_draft_that_does_not_wait_is_refused(self, privacy, two_people, signed_in, archie):
        answer = signed_in(archie).post(f"/cms/policies/{privacy.pk}/reviews/claim/", follow=True)
        assert "does not wait" in answer.text


class TestTheDay:
    def test_is_a_week_away_and_can_be_set(self, waiting, signed_in, archie):
        assert duty().due_on == timezone.localdate() + WEEK
        browser = signed_in(archie)
        day = timezone.localdate() + dt.timedelta(days=2)
        browser.post(f"/cms/policies/{waiting.pk}/reviews/due/", {"due_on": day.isoformat()})
        assert duty().due_on == day
        for address in ("/cms/", "/cms/policies/"):
            assert f"{day:%-d %b %Y}" in browser.get(address).text

    @pytest.mark.parametrize("day", ["2020-01-01", "never", ""])
    def test_is_not_past(self, waiting, signed_in, archie, day):
        signed_in(archie).post(f"/cms/policies/{waiting.pk}/reviews/due/", {"due_on": day})
        assert duty().due_on == timezone.localdate() + WEEK

    def test_is_reminded_of_once(self, waiting, archie, monkeypatch):
        mail.outbox.clear()
        call_command("housekeeping")
        assert not mail.outbox
        later = timezone.now() + WEEK
        monkeypatch.setattr(timezone, "now", lambda: later)
        for _ in range(2):
            call_command("housekeeping")
        assert sorted(one.to[0] for one in mail.outbox) == [archie.email]
        assert f"/cms/policies/{waiting.pk}/look/" in mail.outbox[0].body

    def test_shows_that_it_is_over(self, waiting, signed_in, archie):
        ReviewDuty.objects.update(due_on=timezone.localdate() - WEEK)
        browser = signed_in(archie)
        for address in (f"/cms/policies/{waiting.pk}/reviews/", "/cms/policies/", "/cms/"):
            assert "Late" in browser.get(address).text, address

    def test_is_gone_with_the_workflow(self, waiting, signed_in, archie, editor):
        WorkflowState.objects.get().cancel(user=editor)
        assert "Nobody yet" not in signed_in(archie).get("/cms/").text


def test_lists_cost_the_same_with_many_that_wait(waiting, signed_in, archie, wanda):
    browser = signed_in(archie)
    counts = []
    for number in range(2):
        for more in range(4 * number):
            page = a_draft(slug=f"policy-{more}")
            page.save_revision(user=wanda)
            fresh(page).get_workflow().start(fresh(page), wanda)
        browser.get("/cms/policies/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.get("/cms/policies/")
        counts.append(len([q for q in queries if "reviewduty" in q["sql"].lower()]))
    assert counts == [1, 1]


class TestMails:
    def test_of_a_submitted_draft_lead_to_the_look(self, waiting, archie):
        (message,) = [one for one in mail.outbox if one.to == [archie.email]]
        assert f"https://testserver/cms/policies/{waiting.pk}/look/" in message.body
        assert message.extra_headers["Auto-Submitted"] == "auto-generated"

    def test_go_to_administrators_where_nobody_approves(self, writer, editor, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            writer.saves(NEW, **AMENDMENT, **SUBMIT)
        assert [one.to for one in mail.outbox] == [[editor.email]]

    def test_of_other_pages_go_as_well(self, editor, archie, wanda, django_capture_on_commit_callbacks):
        """Wagtail's own workflow of the home page, whose mails ours are sent for."""
        from wagtail.models import Workflow

        home = Page.objects.get(depth=2).specific
        home.save_revision(user=wanda)
        moderator = one_of("Moderators", "Mo")
        with django_capture_on_commit_callbacks(execute=True):
            Workflow.objects.get(name="Moderators approval").start(home, wanda)
        (message,) = mail.outbox
        assert message.to == [moderator.email]
        assert f"/cms/pages/{home.pk}/edit/" in message.body

    def test_are_forgotten_once_they_are_sent(self, waiting):
        assert not StaffMail.objects.exclude(text="").exists()
        assert StaffMail.objects.filter(settled_at=None).count() == 0

    def test_of_what_came_to_nothing_are_not_written(self, writer, archie):
        from django.db import transaction

        with pytest.raises(RuntimeError), transaction.atomic():
            fresh(writer.page).get_workflow().start(fresh(writer.page), archie)
            raise RuntimeError
        assert not StaffMail.objects.exists()


class Broken(BaseEmailBackend):
    """A mail server that fails in one of three ways."""

    how: Exception = ConnectionRefusedError()

    def send_messages(self, email_messages):
        raise self.how


@pytest.mark.parametrize(
    "how",
    [
        ConnectionRefusedError(),
        smtplib.SMTPAuthenticationError(535, b"no"),
        smtplib.SMTPServerDisconnected("gone"),
        RuntimeError("a service's own"),
    ],
    ids=lambda how: type(how).__name__,
)
def test_a_broken_mail_server_loses_nothing(
    writer, archie, how, settings, monkeypatch, django_capture_on_commit_callbacks
):
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.Broken"
    monkeypatch.setattr(Broken, "how", how)
    with django_capture_on_commit_callbacks(execute=True):
        answer = writer.saves(NEW, **AMENDMENT, **SUBMIT)
    assert answer.status_code == 200
    assert WorkflowState.objects.get().status == "in_progress"
    (waits,) = StaffMail.objects.all()
    assert (waits.settled_at, waits.attempts, waits.problem) == (None, 1, type(how).__name__)
    settings.EMAIL_BACKEND = backend
    assert not send_waiting()  # it is not due yet
    later = timezone.now() + dt.timedelta(minutes=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("housekeeping")
    assert [one.to for one in mail.outbox] == [[archie.email]]


def test_a_mail_is_given_up_after_days(waiting, settings, monkeypatch):
    StaffMail.objects.all().delete()
    settings.EMAIL_BACKEND = f"{__name__}.Broken"
    StaffMail.objects.create(address="a@example.org", subject="S", text="T")
    later = timezone.now()
    for _ in range(30):
        later += dt.timedelta(hours=6)
        monkeypatch.setattr(timezone, "now", lambda at=later: at)
        send_waiting()
    gone = StaffMail.objects.get()
    assert (gone.settled_at is not None, gone.text) == (True, "")
    assert 5 < gone.attempts < 20


def test_a_mail_that_two_send_is_sent_once(waiting):
    mail.outbox.clear()
    row = StaffMail.objects.create(address="a@example.org", subject="S", text="T")
    from policies.desk.approving import mailing

    assert mailing._claim(row)
    assert not mailing._claim(row)
    a_waiting_draft(waiting)
