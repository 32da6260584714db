"""Administrators are written to once about what people would find out first, and once again when it is over."""

import datetime as dt
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from accounts.models import User, triggers
from home.models import Alarm
from home.operations.alarms import look_whether_it_is_silent
from home.operations.housekeeping import keep_house
from policies.notices.models import AmendmentNotice, Heartbeat
from tests.making.notices import a_notice

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def site(settings, tmp_path):
    """A site with one administrator and a backup, on which all is well."""
    settings.VAR_DIR, settings.LAST_BACKUP = tmp_path, tmp_path / "last-backup"
    settings.LAST_BACKUP.touch()
    User.objects.create_superuser("head@example.org")
    a_round()
    assert not Alarm.objects.exists()
    return settings


def a_round() -> None:
    call_command("housekeeping", verbosity=0)


def lasts(minutes: int = 6) -> None:
    Alarm.objects.update(began_at=timezone.now() - minutes * MINUTE)


def subjects() -> list[str]:
    return [message.subject.partition(", ")[2] for message in mail.outbox]


def test_a_backup_that_is_old_is_told_once_and_once_when_there_is_a_new_one(site):
    site.LAST_BACKUP.unlink()
    for _ in range(2):
        a_round()
    assert not mail.outbox
    lasts()
    for _ in range(3):
        a_round()
    assert subjects() == ["to do: Backup"]
    assert mail.outbox[0].to == ["head@example.org"]
    assert "deploy/backup" in mail.outbox[0].body
    assert "/cms/reports/doctor/" in mail.outbox[0].body
    site.LAST_BACKUP.touch()
    for _ in range(2):
        a_round()
    assert subjects() == ["to do: Backup", "over: Backup"]
    assert "This is well again" in mail.outbox[1].body


def test_what_is_over_before_it_lasted_is_nobodys_matter(site):
    site.LAST_BACKUP.unlink()
    a_round()
    site.LAST_BACKUP.touch()
    a_round()
    assert not mail.outbox
    assert not Alarm.objects.exists()


def test_a_notice_that_is_paused_is_told(privacy):
    notice = a_notice(privacy)
    call_command("verify_policies", verbosity=0)
    AmendmentNotice.objects.filter(pk=notice.pk).update(state="paused", state_reason="The server refuses us.")
    a_round()
    lasts()
    a_round()
    assert subjects() == ["to do: Notices"]
    assert "The server refuses us." in mail.outbox[0].body


def test_a_dead_worker_is_told_while_a_notice_waits(privacy, settings):
    call_command("verify_policies", verbosity=0)
    settings.TASKS = {
        "default": {"BACKEND": "plum.after_commit.AfterCommitBackend"},
        "work": {"BACKEND": "django_tasks_db.DatabaseBackend"},
    }
    a_notice(privacy)
    Heartbeat.objects.filter(part="worker").update(at=timezone.now() - 30 * MINUTE)
    a_round()
    lasts()
    a_round()
    assert "to do: Worker" in subjects()
    assert "manage.py db_worker --backend work" in mail.outbox[0].body


def test_a_broken_chain_is_told(privacy):
    triggers.lift()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE policies_policyversion SET text = 'Another text'")
    with pytest.raises(CommandError):
        call_command("verify_policies")
    a_round()
    lasts()
    a_round()
    assert subjects() == ["to do: Proof of what was announced"]


def test_a_housekeeping_that_is_silent_is_told_by_the_web_server():
    look_whether_it_is_silent()
    Heartbeat.objects.update(at=timezone.now() - 20 * MINUTE)
    look_whether_it_is_silent()
    assert not mail.outbox
    lasts()
    for _ in range(2):
        look_whether_it_is_silent()
    assert subjects() == ["to do: Housekeeping"]
    keep_house()
    look_whether_it_is_silent()
    assert subjects() == ["to do: Housekeeping", "over: Housekeeping"]


def test_a_mail_that_the_server_does_not_take_is_tried_in_the_next_round(site):
    site.LAST_BACKUP.unlink()
    a_round()
    lasts()
    kept = site.EMAIL_BACKEND
    site.EMAIL_BACKEND, site.EMAIL_HOST, site.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        1,
    )
    a_round()
    assert Alarm.objects.get().told_at is None
    site.EMAIL_BACKEND = kept
    a_round()
    assert subjects() == ["to do: Backup"]


class TestWhoeverWaitsForAGoodRound:
    @contextmanager
    def listening(self):
        """Yield the address of a service, and what it was asked."""
        asked = []

        class Service(BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Service)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/ping/secret", asked
        finally:
            server.shutdown()
            server.server_close()

    def test_hears_of_each(self, settings):
        with self.listening() as (address, asked):
            settings.HEARTBEAT_URL = address
            a_round()
            a_round()
            assert asked == ["/ping/secret"] * 2

    def test_hears_nothing_of_one_that_failed(self, settings, monkeypatch):
        def fail() -> dict[str, int]:
            raise RuntimeError("no")

        monkeypatch.setattr("home.operations.housekeeping.chores", _chores_with(fail))
        with self.listening() as (address, asked):
            settings.HEARTBEAT_URL = address
            a_round()
            assert asked == []
        assert Heartbeat.objects.get(part="round").trouble == "one that fails"

    def test_stops_nothing_when_it_does_not_answer(self, settings):
        settings.HEARTBEAT_URL = "http://127.0.0.1:1/"
        a_round()
        assert Heartbeat.objects.get(part="round").trouble == ""


def _chores_with(fail):
    from accounts.chores import Chore, chores

    return lambda: [Chore("one that fails", fail), *chores()]
