"""The doctor looks at what has to run, and at what several processes have to share."""

import datetime as dt
from contextlib import ExitStack, closing

import pytest
from django.db import connection
from django.utils import timezone

from home.finished_pages.sources import source_of
from home.operations.housekeeping import keep_house
from policies.notices.heartbeat import beat
from policies.notices.models import AmendmentNotice, Heartbeat
from policies.notices.sending.nudging import nudge
from tests.making.contact import an_organisation
from tests.making.doctor import found, is_well, to_do
from tests.making.notices import a_notice
from tests.policies.notices.servers import accepting_server

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)
IN_THE_DATABASE = {
    "default": {"BACKEND": "plum.after_commit.AfterCommitBackend"},
    "work": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}


def ago(part: Heartbeat.Part, wait: dt.timedelta) -> None:
    beat(part)
    Heartbeat.objects.filter(part=part).update(at=timezone.now() - wait)


def test_one_process_may_have_a_cache_of_its_own_and_several_may_not(monkeypatch, settings):
    settings.FINISHED_PAGES_MB = 0
    monkeypatch.delenv("GRANIAN_WORKERS", raising=False)
    assert is_well("cache"), found("cache")
    monkeypatch.setenv("GRANIAN_WORKERS", "2")
    said = to_do("cache")
    assert "2 processes serve the site" in said
    assert "CACHE_URL=redis://" in said


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL says who is connected")
def test_postgresql_says_how_many_processes_there_are(settings):
    import psycopg

    how = {**connection.get_connection_params(), "application_name": "plum generation here"}
    with psycopg.connect(**how), psycopg.connect(**how):
        assert "2 processes serve the site" in to_do("cache")


def looked_at_anew() -> None:
    """Within a transaction, such as a test's, PostgreSQL goes on saying who was connected at first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL says who is connected")
def test_several_machines_must_share_what_people_bring_in_and_the_ledger(settings, tmp_path):
    settings.MEDIA_STORE = {}
    with ExitStack() as machines:
        for name in ("one", "one", "two"):
            settings.VAR_DIR = tmp_path / name
            settings.VAR_DIR.mkdir(exist_ok=True)
            looked_at_anew()
            assert is_well("machines"), found("machines")
            machines.enter_context(closing(source_of()))
        looked_at_anew()
        assert "2 machines serve the site, and each keeps what is uploaded and the ledger" in to_do("machines")
        settings.MEDIA_STORE = {"bucket_name": "plum"}
        assert "each keeps the ledger of erasures to itself" in to_do("machines")
        settings.ERASURE_LEDGER = "postgres://plum@db.example.org/plum_ledger"
        assert is_well("machines")


def test_a_cache_that_keeps_nothing_is_said(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert "does not keep what it is given" in to_do("cache")


def test_a_worker_is_seen_once_it_has_run_and_missed_when_it_was_silent():
    assert "No worker was seen yet" in to_do("worker")
    beat(Heartbeat.Part.WORKER)
    assert is_well("worker")
    ago(Heartbeat.Part.WORKER, 16 * MINUTE)
    said = to_do("worker")
    assert "manage.py db_worker --backend work" in said


def test_the_housekeeping_is_seen_and_a_round_that_failed_is_said():
    assert "manage.py housekeeping" in to_do("housekeeping")
    keep_house()
    assert is_well("housekeeping"), found("housekeeping")
    beat(Heartbeat.Part.ROUND, "mails to followers")
    assert "did not end well: mails to followers" in to_do("housekeeping")
    keep_house()
    ago(Heartbeat.Part.HOUSEKEEPING, 6 * MINUTE)
    assert "was not seen since" in to_do("housekeeping")


def test_a_task_that_waits_for_long_is_said(settings):
    settings.TASKS = IN_THE_DATABASE
    nudge()
    assert is_well("queue"), found("queue")
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.update(enqueued_at=timezone.now() - 7 * MINUTE)
    assert "A task has waited for 7 minutes" in to_do("queue") or "8 minutes" in to_do("queue")


def test_a_queue_of_somebody_elses_is_not_asked():
    assert found("queue")["verdict"] == "not asked"


def test_while_all_is_quiet_a_worker_is_asked_to_show_itself_by_one_task_only(settings):
    settings.TASKS = IN_THE_DATABASE
    from django_tasks_db.models import DBTaskResult

    for _ in range(3):
        keep_house()
    assert DBTaskResult.objects.filter(backend_name="work").count() == 1


def test_a_notice_that_is_paused_is_said_with_its_policy(privacy):
    assert is_well("notices")
    notice = a_notice(privacy)
    AmendmentNotice.objects.filter(pk=notice.pk).update(state="paused", state_reason="The server refuses us.")
    said = to_do("notices")
    assert said.startswith("1 notice to look at. Privacy policy")
    assert "The server refuses us." in said


def test_the_server_of_notices_has_to_let_us_in(settings):
    assert found("notices-mail")["verdict"] == "not asked"
    backend = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1"}
    with accepting_server() as server:
        settings.NOTICES_EMAIL = backend | {"EMAIL_PORT": server.port}
        assert is_well("notices-mail"), found("notices-mail")
    settings.NOTICES_EMAIL = backend | {"EMAIL_PORT": 1}
    assert "cannot be reached" in to_do("notices-mail")


def test_the_mailbox_for_reports_has_to_be_readable_and_to_get_some(settings, tmp_path):
    assert found("bounces")["verdict"] == "not asked"
    settings.NOTICES_BOUNCE_MAILBOX = f"maildir://{tmp_path}/none"
    assert "NOTICES_BOUNCE_MAILBOX" in to_do("bounces")
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    settings.NOTICES_BOUNCE_MAILBOX = f"maildir://{tmp_path}"
    assert "NOTICES_BOUNCE_ADDRESS" in to_do("bounces")
    settings.NOTICES_BOUNCE_ADDRESS = "bounces@example.org"
    assert is_well("bounces"), found("bounces")


def test_security_txt_is_renewed_in_time():
    assert found("security-txt")["verdict"] == "not asked"
    an_organisation(security_until=timezone.localdate() + dt.timedelta(days=200))
    assert is_well("security-txt")
    an_organisation(security_until=timezone.localdate() + dt.timedelta(days=20))
    assert "Choose a day" in to_do("security-txt")


def test_what_the_site_still_lacks_is_listed():
    assert "A privacy policy in force" in to_do("missing")


def test_a_cache_that_does_not_answer_is_said(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert "Start Redis" in to_do("cache")
