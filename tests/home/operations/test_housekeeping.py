"""What time has made due is done, each thing alone: one refusal stops nothing else."""

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from contextlib import closing

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, PageLogEntry, Revision

from accounts.models.events import SecurityEvent
from home.operations.housekeeping import keep_house
from policies.desk.intake.recording import record_announced_elsewhere
from policies.versions.announcing import AnnouncementRefused
from policies.writing.models import PolicyPage
from tests.making.errors import without_warnings
from tests.making.people import an_editor
from tests.making.policies import a_document, a_draft, announce

HOUR = dt.timedelta(hours=1)


def schedule(page, document=None, *, by=None, at=None, **words) -> Revision:
    """Approve a draft for publishing, and let its time come."""
    at = at or timezone.now() - HOUR
    announce(page, document, by=by, go_live_at=timezone.now() + HOUR, **words)
    revision = Revision.objects.filter(object_id=str(page.pk)).order_by("-pk").first()
    assert revision.approved_go_live_at
    revision.content["go_live_at"] = at.isoformat()
    revision.approved_go_live_at = at
    revision.save(update_fields=["content", "approved_go_live_at"])
    return revision


def done(report) -> dict[str, int]:
    """What was done in a round, without what was not."""
    return {name: count for name, count in vars(report).items() if count}


def numbers(page):
    return [version.number for version in page.versions.order_by("sequence")]


@pytest.mark.django_db
class TestWhatIsScheduled:
    def test_a_scheduled_amendment_is_announced_when_its_time_has_come(self, privacy, editor):
        schedule(privacy, a_document("cookies are gone"), by=editor, change_summary="No more cookies.")
        assert numbers(privacy) == ["1.0"]
        assert done(keep_house()) == {"published": 1}
        version = privacy.versions.get(sequence=2)
        assert (version.number, version.change_summary, version.announced_by) == ("2.0", "No more cookies.", editor)

    def test_it_is_announced_once(self, privacy):
        schedule(privacy, a_document("cookies are gone"))
        keep_house()
        assert vars(keep_house())["published"] == 0
        assert numbers(privacy) == ["1.0", "2.0"]

    def test_what_is_not_due_waits(self, privacy):
        schedule(privacy, a_document("cookies are gone"), at=timezone.now() + HOUR)
        assert vars(keep_house())["published"] == 0
        assert numbers(privacy) == ["1.0"]

    def test_a_policy_never_announced_comes_online(self):
        page = a_draft()
        schedule(page)
        assert not page.versions.exists()
        keep_house()
        assert numbers(page) == ["1.0"]

    def test_the_date_moves_forward_when_the_worker_slept_over_midnight(self):
        page, yesterday = a_draft(), timezone.now() - dt.timedelta(days=1)
        record_announced_elsewhere(page, announced_on=timezone.localdate() - dt.timedelta(days=9))
        revision = schedule(page, a_document("cookies are gone"), at=yesterday)
        chosen = revision.content | {"effective_from": timezone.localdate(yesterday).isoformat()}
        Revision.objects.filter(pk=revision.pk).update(content=chosen)
        assert vars(keep_house())["published"] == 1
        assert page.versions.get(sequence=2).effective_from == timezone.localdate()

    def test_other_pages_are_published_too(self):
        home = Page.objects.get(depth=2).specific
        home.introduction, home.go_live_at = "New words.", timezone.now() + HOUR
        home.save_revision().publish()
        past = timezone.now() - HOUR
        revision = home.revisions.order_by("-pk").first()
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
        assert vars(keep_house())["published"] == 1
        assert Page.objects.get(depth=2).specific.introduction == "New words."


@pytest.mark.django_db
class TestWhatIsRefused:
    @pytest.fixture
    def refused(self, privacy, editor):
        """Scheduled on top of 1.0, without a summary: an editor's draft that nobody could have approved."""
        revision = schedule(privacy, a_document("cookies are gone"), by=editor)
        revision.content["change_summary"] = ""
        revision.save()
        return revision

    def test_it_is_unscheduled_and_kept_as_a_draft(self, privacy, refused):
        assert done(keep_house()) == {"refused": 1}
        refused.refresh_from_db()
        assert refused.approved_go_live_at is None
        page = PolicyPage.objects.get(pk=privacy.pk)
        assert page.get_latest_revision_as_object().document.sections[0].anchor == "cookies"
        assert numbers(privacy) == ["1.0"]
        assert vars(keep_house())["refused"] == 0

    def test_the_history_of_the_page_says_why(self, privacy, refused, cms):
        keep_house()
        entry = PageLogEntry.objects.get(action="policies.refused", page=privacy.pk)
        assert "plain words" in entry.data["reason"]
        assert "What was scheduled was refused: Say in plain words" in cms.get(f"/cms/pages/{privacy.pk}/history/").text

    def test_whoever_scheduled_it_gets_a_mail(self, privacy, refused, editor):
        keep_house()
        message = mail.outbox[0]
        assert message.to == [editor.email]
        assert message.subject == "Not announced: Privacy policy"
        assert "Say in plain words what changes and why" in message.body
        assert f"https://testserver/cms/pages/{privacy.pk}/edit/" in message.body

    def test_nobody_is_written_to_who_is_gone(self, refused, editor):
        an_editor()  # the last administrator cannot go
        editor.is_active = False
        editor.save()
        keep_house()
        assert mail.outbox == []

    def test_a_mail_server_that_is_away_stops_nothing(self, privacy, refused, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        assert vars(keep_house())["refused"] == 1
        assert PageLogEntry.objects.filter(action="policies.refused").exists()

    def test_the_rest_goes_on(self, privacy, refused):
        other = a_draft(slug="terms")
        schedule(other, at=timezone.now() - dt.timedelta(minutes=1))
        assert done(keep_house()) == {"published": 1, "refused": 1}
        assert numbers(other) == ["1.0"]

    def test_a_draft_that_somebody_overtook_is_refused(self, privacy, editor):
        revision = schedule(privacy, a_document("cookies are gone"), by=editor, amends=1)
        at, content = revision.approved_go_live_at, revision.content
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)  # as if both came in one moment
        announce(privacy, a_document("cookies are biscuits"))
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=at, content=content)
        assert vars(keep_house())["refused"] == 1
        assert "Version 2.0 was announced" in mail.outbox[0].body


@pytest.mark.django_db
class TestWhatFails:
    def test_an_error_is_tried_again_and_stops_nothing(self, privacy):
        broken = schedule(privacy, a_document("cookies are gone"))
        content = broken.content
        Revision.objects.filter(pk=broken.pk).update(content=content | {"sections": 7})
        other = a_draft(slug="terms")
        schedule(other, at=timezone.now() - dt.timedelta(minutes=1))
        report = vars(keep_house())
        assert (report["failed"], numbers(other)) == (1, ["1.0"])
        Revision.objects.filter(pk=broken.pk).update(content=content)
        assert vars(keep_house())["published"] == 1


@pytest.mark.django_db
class TestWhatExpires:
    def test_a_plain_page_goes_offline(self):
        from home.models import StandardPage

        page = Page.objects.get(depth=2).add_child(instance=StandardPage(title="About us", slug="about"))
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - HOUR)
        assert vars(keep_house())["expired"] == 1
        page.refresh_from_db()
        assert (page.live, page.expired) == (False, True)

    @pytest.mark.parametrize("depth", [2, 3, 4])
    def test_a_policy_and_what_it_stands_under_stay_online(self, privacy, depth):
        page = privacy.get_ancestors(inclusive=True).get(depth=depth)
        Page.objects.filter(pk=page.pk).update(live=True, expire_at=timezone.now() - HOUR)
        assert done(keep_house()) == {"refused": 1}
        page.refresh_from_db()
        assert (page.live, page.expire_at) == (True, None)
        assert vars(keep_house())["refused"] == 0

    def test_saving_a_policy_takes_its_end_away(self, privacy):
        privacy.expire_at = timezone.now() - HOUR
        privacy.save()
        assert PolicyPage.objects.get(pk=privacy.pk).expire_at is None


@pytest.mark.django_db
def test_wagtails_own_command_announces_too_and_its_expiry_is_refused(privacy):
    schedule(privacy, a_document("cookies are gone"))
    call_command("publish_scheduled")
    assert numbers(privacy) == ["1.0", "2.0"]
    Page.objects.filter(pk=privacy.pk).update(expire_at=timezone.now() - HOUR)
    with pytest.raises(AnnouncementRefused, match="stays online"):
        call_command("publish_scheduled")
    assert PolicyPage.objects.get(pk=privacy.pk).live


@pytest.mark.django_db
def test_the_command_says_what_it_did(privacy, capsys):
    schedule(privacy, a_document("cookies are gone"))
    call_command("housekeeping")
    assert capsys.readouterr().out.startswith("1 published, 0 expired")


def test_the_loop_ends_cleanly_when_told_to(tmp_path):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "plum.settings.test", "DATABASE_URL": f"sqlite:///{tmp_path / 'none.sqlite3'}",
        "PYTHONUNBUFFERED": "1",
    }  # fmt: skip
    loop = subprocess.Popen(
        [sys.executable, "manage.py", "housekeeping", "--every", "0.2"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    with closing(loop.stderr):
        # Without tables every round fails, says so and is tried again.
        said = without_warnings(loop.stderr)
        assert "will be tried again" in next(said)
        assert "will be tried again" in next(said)
        loop.send_signal(signal.SIGTERM)
        assert loop.wait(60) == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_processes_that_keep_house_at_once_announce_each_policy_once():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite in memory knows one connection (DATABASE_URL=postgres://…)")
    pages = [a_draft(slug=f"policy-{number}") for number in range(5)]
    for page in pages:
        schedule(page)
    reports, ready = [], threading.Barrier(3)

    def keep():
        try:
            ready.wait()
            reports.append(keep_house())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=keep) for _ in range(3)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    # What two of them kept each other from doing is done in the next round.
    reports.append(keep_house())
    assert [numbers(page) for page in pages] == [["1.0"]] * 5
    assert sum(report.published for report in reports) == 5
    assert sum(report.refused for report in reports) == reports[-1].failed == 0


@pytest.mark.django_db
def test_security_events_past_their_time_are_forgotten_and_newer_ones_kept(settings):
    settings.SECURITY_EVENTS_KEPT = dt.timedelta(days=365)
    now = timezone.now()
    for days in (364, 366):
        SecurityEvent.objects.create(kind=SecurityEvent.Kind.SIGNED_IN, at=now - dt.timedelta(days=days))
    keep_house()
    assert [event.at for event in SecurityEvent.objects.all()] == [now - dt.timedelta(days=364)]


@pytest.mark.django_db
def test_old_results_of_our_own_queue_are_forgotten_though_wagtails_is_none(settings):
    settings.TASKS = {
        "default": {"BACKEND": "plum.after_commit.AfterCommitBackend"},
        "work": {"BACKEND": "django_tasks_db.DatabaseBackend"},
    }
    old = timezone.now() - dt.timedelta(days=30)
    for finished in (old, timezone.now()):
        DBTaskResult.objects.create(
            status="SUCCESSFUL",
            finished_at=finished,
            args_kwargs={"args": [], "kwargs": {}},
            task_path="a.task",
            backend_name="work",
        )
    keep_house()
    assert not DBTaskResult.objects.filter(finished_at=old).exists()
    assert DBTaskResult.objects.filter(status="SUCCESSFUL").count() == 1
