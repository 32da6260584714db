import datetime as dt
from typing import NoReturn

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from home.operations.housekeeping import keep_house
from policies.notices.models import Heartbeat


@pytest.mark.django_db
def test_healthz_answers_without_asking_anybody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


NEEDED = {"database": "ok", "cache": "ok", "static": "ok"}
IN_THE_DATABASE = {
    "default": {"BACKEND": "plum.after_commit.AfterCommitBackend"},
    "work": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}


def readyz(client, words: str = "") -> tuple[int, dict]:
    response = client.get(f"/readyz{words}")
    return response.status_code, response.json()


@pytest.mark.django_db
def test_readyz_of_a_site_on_which_all_is_well(client):
    keep_house()
    status, said = readyz(client, "?all")
    assert said.pop("last_good_round")
    assert status == 200
    assert said == NEEDED | {"queue": "ok", "worker": "ok", "housekeeping": "ok", "oldest_due_task_seconds": 0}


@pytest.mark.django_db
def test_a_dead_worker_is_said_and_keeps_no_visitor_away(client, settings):
    settings.TASKS = IN_THE_DATABASE
    keep_house()
    DBTaskResult.objects.update(enqueued_at=timezone.now() - dt.timedelta(minutes=20))
    status, said = readyz(client)
    assert status == 200
    assert said["queue"] == "A task has waited for 21 minutes." or said["queue"] == "A task has waited for 20 minutes."
    assert said["worker"].startswith("No worker was seen yet")
    assert said["oldest_due_task_seconds"] >= 1200
    assert readyz(client, "?all")[0] == 503


@pytest.mark.django_db
def test_a_housekeeping_that_is_silent_is_said(client):
    keep_house()
    Heartbeat.objects.update(at=timezone.now() - dt.timedelta(minutes=20))
    status, said = readyz(client)
    assert status == 200
    assert said["housekeeping"].startswith("The housekeeping was not seen since")
    assert readyz(client, "?all")[0] == 503


@pytest.mark.django_db
def test_a_cache_that_does_not_answer_is_said_and_keeps_nobody_from_reading(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }
    status, said = readyz(client)
    assert (status, said["cache"]) == (200, "does not answer")
    assert readyz(client, "?all")[0] == 503


@pytest.mark.django_db
def test_static_files_that_are_not_there_are_said_for_every_page_is_an_error(client, settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    status, said = readyz(client)
    assert status == 503
    assert said["static"] == f"None were built into {tmp_path}: every page is an error."


def test_a_database_that_is_away_is_told_apart_from_what_is_behind_it(client, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", _away)
        status, said = readyz(client)
    assert status == 503
    away = "not known: the database does not answer"
    assert said == NEEDED | {"database": "does not answer", "queue": away, "worker": away, "housekeeping": away}


def _away(*_: object, **__: object) -> NoReturn:
    raise OperationalError("gone")


@pytest.mark.django_db
def test_djangos_admin_is_not_mounted(client):
    assert client.get("/admin/").status_code == 404
    assert client.get("/django-admin/").status_code == 404


@pytest.mark.django_db
def test_the_public_site_allows_nothing_from_elsewhere_and_no_inline_code(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy


@pytest.mark.django_db
def test_only_the_cms_gets_what_wagtail_needs(client, verified):
    editor = User.objects.create_superuser("editor@example.org")
    assert "'unsafe-inline'" in verified(client, editor).get("/cms/")["Content-Security-Policy"]
