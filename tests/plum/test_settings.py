"""A missing or wrong value stops the start with one line that names the variable and what it should look like."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler

from plum.settings import shapes
from tests.making.nobody import as_nobody
from tests.plum.starting import RIGHT, start


def test_the_right_values_start_without_debug():
    started = start(RIGHT)
    assert (started.returncode, started.stdout.strip(), started.stderr) == (0, "False", "")


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_a_missing_value_is_one_clear_line(name):
    started = start({key: value for key, value in RIGHT.items() if key != name})
    assert started.returncode == 1
    assert started.stderr.startswith(f"{name} is not set. It should look like: ")
    assert started.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_HOSTS", "https://www.example.org/"),
        ("SITE_URL", "www.example.org"),
        ("EMAIL_URL", "carrier-pigeon://loft"),
        ("DATABASE_URL", "mysql://localhost/plum"),
        ("DATABASE_URL", "nonsense"),
        ("CACHE_URL", "nonsense://"),
        ("TASKS_BACKEND", "a backend"),
        ("TRUSTED_PROXIES", "many"),
        ("TRUSTED_PROXIES", "-1"),
        ("NOTICES_EMAIL_URL", "carrier-pigeon://loft"),
        ("NOTICES_CONNECTIONS", "0"),
        ("NOTICES_PER_SECOND", "fast"),
        ("NOTICES_BOUNCE_MAILBOX", "https://mail.example.org/"),
        ("CLOSING_COOLING_OFF_DAYS", "soon"),
        ("NOTICES_BOUNCE_ADDRESS", "foo"),
        ("DEFAULT_FROM_EMAIL", "Acme Dental"),
        ("EMAIL_TIMEOUT", "0"),
        ("SESSION_IDLE_MINUTES", "an hour"),
        ("LOG_LEVEL", "LOUD"),
        ("MEDIA_STORE", "https://bucket.example.org"),
        ("MEDIA_STORE", "s3://bucket?reigon=eu-west-2"),
        ("MEDIA_STORE", "s3://key:secret@bucket/plum"),
        ("LANGUAGE_CODE", "no language"),
    ],
)
def test_a_wrong_value_is_one_clear_line(name, value):
    started = start(RIGHT | {name: value})
    assert started.returncode == 1
    assert started.stderr.startswith(f"{name} cannot be understood. It should look like: ")
    assert started.stderr.count("\n") == 1
    assert "Traceback" not in started.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "short", "is too short: it has 5 characters"),
        ("SECRET_KEY", "ab" * 40, "is too simple: it is made of fewer than five different characters"),
        ("SECRET_KEY_FALLBACKS", "short", "is too short: it has 5 characters"),
        ("LANGUAGE_CODE", "cy", "is cy, but there is no translations/cy/LC_MESSAGES/django.mo"),
        ("ALLOWED_HOSTS", "example.org", "lacks www.example.org, the host of SITE_URL"),
        ("DATABASE_URL", "postgres://localhost", "names no database"),
        ("TASKS_BACKEND", "databse", "names “databse”, which is neither known nor installed"),
        ("TASKS_BACKEND", "no_such_package.Backend", "names “no_such_package.Backend”, which is neither"),
        ("ERASURE_LEDGER", "mysql://db.example.org/ledger", "is neither a file nor a database of PostgreSQL"),
        ("VAR_DIR", f"{__file__}/var", f"names {__file__}/var, but {__file__} is no folder"),
    ],
)
def test_a_wrong_value_whose_fault_is_known_says_it(name, value, words):
    started = start(RIGHT | {name: value})
    assert started.returncode == 1
    assert started.stderr.startswith(f"{name} {words}")
    assert started.stderr.count("\n") == 1


@pytest.mark.parametrize("port", ["", ":5432"])
def test_the_sites_own_database_is_no_place_for_the_ledger(port):
    """A restore would take it back with everything else."""
    urls = {"DATABASE_URL": "postgres://plum@127.0.0.1/plum", "ERASURE_LEDGER": f"postgres://a:b@127.0.0.1{port}/plum"}
    started = start(RIGHT | urls)
    assert started.returncode == 1
    assert started.stderr.startswith("ERASURE_LEDGER is in the site's own database")
    elsewhere = {"ERASURE_LEDGER": "postgres://a:b@127.0.0.1/plum_ledger"}
    assert start(RIGHT | urls | elsewhere, "ERASURE_LEDGER").stdout.strip() == elsewhere["ERASURE_LEDGER"]


def test_a_folder_in_which_nothing_can_be_written_is_refused():
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o555)
        with as_nobody(), pytest.raises(shapes.Wrong, match=rf"may not write in {name}$"):
            shapes.folder(f"{name}/var")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("DATABSE_URL", "DATABASE_URL"),
        ("ALLOWED_HOST", "ALLOWED_HOSTS"),
        ("TRUST_PROXIES", "TRUSTED_PROXIES"),
        ("database_url", "DATABASE_URL"),
        ("DJANGO_SETTING_MODULE", "DJANGO_SETTINGS_MODULE"),
    ],
)
def test_a_variable_that_is_nearly_ours_is_refused_and_the_right_name_said(name, meant):
    started = start(RIGHT | {name: "something"})
    assert started.returncode == 1
    assert started.stderr == f"{name} is set, and nothing reads it. Was {meant} meant? Rename it, or take it away.\n"


def test_variables_of_other_programs_are_left_alone():
    others = dict.fromkeys(("BASE_URL", "FILE_URL", "LANG", "POSTGRES_PASSWORD", "PORT", "SITE_ID", "STATIC_URL"), "x")
    assert start(RIGHT | others).stderr == ""


@pytest.mark.parametrize("value", ["postgres://user:secret@db.example.org:5432/plum", "sqlite:////srv/plum.sqlite3"])
def test_both_databases_are_understood(value):
    started = start(RIGHT | {"DATABASE_URL": value}, show='DATABASES["default"]["ENGINE"]')
    assert started.returncode == 0, started.stderr


@pytest.mark.django_db
def test_sqlite_is_not_opened_anew_for_each_request_and_what_others_write_is_seen(tmp_path):
    file = tmp_path / "plum.sqlite3"
    mine = ConnectionHandler({"default": shapes.database(f"sqlite:///{file}")})["default"]
    with mine.cursor() as cursor:
        cursor.execute("CREATE TABLE plums (colour)")
    opened = mine.connection
    mine.close_if_unusable_or_obsolete()  # as at the end of each request
    assert mine.connection is opened
    with closing(sqlite3.connect(file)) as others:
        others.execute("INSERT INTO plums VALUES ('blue')")
        others.commit()
    with mine.cursor() as cursor:
        assert cursor.execute("SELECT colour FROM plums").fetchall() == [("blue",)]
    mine.close()


def test_behind_a_proxy_its_word_on_https_is_believed_and_only_then():
    assert start(RIGHT, "SECURE_PROXY_SSL_HEADER").stdout.strip() == "None"
    assert "HTTP_X_FORWARDED_PROTO" in start(RIGHT | {"TRUSTED_PROXIES": "1"}, "SECURE_PROXY_SSL_HEADER").stdout


def test_cookies_are_bound_to_the_host_and_https():
    shown = "SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_NAME"
    assert start(RIGHT, shown).stdout.strip() == "__Host-sessionid True __Host-csrftoken"


def test_built_files_go_where_they_are_told_to_and_else_to_the_other_data(tmp_path):
    assert start(RIGHT | {"VAR_DIR": str(tmp_path)}, "STATIC_ROOT").stdout.strip() == f"{tmp_path}/static"
    elsewhere = {"VAR_DIR": str(tmp_path), "STATIC_ROOT": "/opt/plum/built"}
    assert start(RIGHT | elsewhere, "STATIC_ROOT").stdout.strip() == "/opt/plum/built"


def test_the_sender_and_the_time_limits_can_be_set():
    own = {"DEFAULT_FROM_EMAIL": "office@example.org", "EMAIL_TIMEOUT": "7", "SESSION_IDLE_MINUTES": "15"}
    shown = "DEFAULT_FROM_EMAIL, settings.EMAIL_TIMEOUT, settings.SESSION_IDLE_LIMIT"
    assert start(RIGHT, shown).stdout.strip() == "policies@www.example.org 20 1:00:00"
    assert start(RIGHT | own, shown).stdout.strip() == "office@example.org 7 0:15:00"
    assert (
        start(RIGHT | {"SESSION_HOURS": "8", "NOTICES_GIVE_UP_HOURS": "24"}, "SESSION_COOKIE_AGE").stdout.strip()
        == "28800"
    )


def test_a_connection_from_before_a_restart_of_the_database_is_not_used_again():
    shown = "DATABASES['default']['CONN_HEALTH_CHECKS']"
    url = {"DATABASE_URL": "postgres://plum@127.0.0.1/plum"}
    assert start(RIGHT | url, shown).stdout.strip() == "True"
