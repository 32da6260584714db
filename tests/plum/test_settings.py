"""A missing or wrong value stops the start with one line that names the variable and what it should look like."""

import pytest

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
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "https://www.example.org/"),
        ("SITE_URL", "www.example.org"),
        ("EMAIL_URL", "carrier-pigeon://loft"),
        ("DATABASE_URL", "mysql://localhost/plum"),
        ("DATABASE_URL", "nonsense"),
        ("CACHE_URL", "nonsense://"),
        ("TASKS_BACKEND", "a backend"),
        ("TRUSTED_PROXIES", "many"),
        ("TRUSTED_PROXIES", "-1"),
        ("SECRET_KEY_FALLBACKS", "short"),
        ("NOTICES_EMAIL_URL", "carrier-pigeon://loft"),
        ("NOTICES_CONNECTIONS", "0"),
        ("NOTICES_PER_SECOND", "fast"),
        ("NOTICES_BOUNCE_MAILBOX", "https://mail.example.org/"),
        ("CLOSING_COOLING_OFF_DAYS", "soon"),
    ],
)
def test_a_wrong_value_is_one_clear_line(name, value):
    started = start(RIGHT | {name: value})
    assert started.returncode == 1
    assert started.stderr.startswith(f"{name} cannot be understood. It should look like: ")
    assert started.stderr.count("\n") == 1
    assert "Traceback" not in started.stderr


@pytest.mark.parametrize("value", ["postgres://user:secret@db.example.org:5432/plum", "sqlite:////srv/plum.sqlite3"])
def test_both_databases_are_understood(value):
    started = start(RIGHT | {"DATABASE_URL": value}, show='DATABASES["default"]["ENGINE"]')
    assert started.returncode == 0, started.stderr


def test_behind_a_proxy_its_word_on_https_is_believed_and_only_then():
    assert start(RIGHT, "SECURE_PROXY_SSL_HEADER").stdout.strip() == "None"
    assert "HTTP_X_FORWARDED_PROTO" in start(RIGHT | {"TRUSTED_PROXIES": "1"}, "SECURE_PROXY_SSL_HEADER").stdout


def test_cookies_are_bound_to_the_host_and_https():
    shown = "SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_NAME"
    assert start(RIGHT, shown).stdout.strip() == "__Host-sessionid True __Host-csrftoken"


def test_built_files_go_where_they_are_told_to_and_else_to_the_other_data():
    assert start(RIGHT | {"VAR_DIR": "/srv/plum"}, "STATIC_ROOT").stdout.strip() == "/srv/plum/static"
    elsewhere = {"VAR_DIR": "/srv/plum", "STATIC_ROOT": "/opt/plum/built"}
    assert start(RIGHT | elsewhere, "STATIC_ROOT").stdout.strip() == "/opt/plum/built"
