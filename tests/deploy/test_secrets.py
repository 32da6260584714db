"""A backup without the key holds nothing by which somebody gets in: neither ours nor another service's."""

import pytest
from django.conf import settings

from deploy.keeping import databases
from deploy.keeping.parts import NotDone
from deploy.keeping.secrets import without_secrets

SECRET = "kestrel"


@pytest.mark.parametrize(
    "line",
    [
        f"SECRET_KEY={SECRET}",
        f"SECRET_KEY_FALLBACKS={SECRET} {SECRET}",
        f"METRICS_TOKEN={SECRET}",
        f"HEARTBEAT_URL=https://hc.example.org/ping/{SECRET}",
        f"SENTRY_DSN=https://{SECRET}@sentry.example.org/1",
        f'ANYMAIL={{"POSTMARK_SERVER_TOKEN": "{SECRET}"}}',
        f'FRONT_CACHE={{"BACKEND": "a.b", "BEARER_TOKEN": "{SECRET}"}}',
        f"CACHE_URL=redis://localhost:6379/0?password={SECRET}",
        f"AWS_SECRET_ACCESS_KEY={SECRET}",
        f"# SECRET_KEY={SECRET}",
        f"export SECRET_KEY={SECRET}",
    ],
)
def test_what_is_a_secret_as_a_whole_is_left_out_by_its_name(line):
    left = without_secrets(f"{line}\n")
    assert SECRET not in left
    assert left.startswith("# Left out of the backup: ")


@pytest.mark.parametrize("password", [SECRET, f"{SECRET}/1", f"{SECRET}@home", f"a:{SECRET}", f"{SECRET}=="])
@pytest.mark.parametrize("quote", ["", '"', "'"])
def test_of_an_address_only_the_password_goes(password, quote):
    line = f"EMAIL_URL={quote}smtp+tls://user:{password}@mail.example.org:587{quote}"
    assert without_secrets(line) == f"EMAIL_URL={quote}smtp+tls://user@mail.example.org:587{quote}\n"


def test_everything_else_stays_as_it_is():
    text = "# Who we are\n\nSITE_URL=https://www.example.org\nALLOWED_HOSTS=www.example.org\nFRONT_CACHE_SECONDS=60\n"
    assert without_secrets(text) == text


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "METRICS_TOKEN", "FRONT_CACHE", "HEARTBEAT_URL", "SENTRY_DSN", "ANYMAIL"]
)
def test_the_settings_know_each_of_them(name):
    assert name in settings.VARIABLES


def test_a_database_that_cannot_be_copied_is_said_in_one_line(monkeypatch, tmp_path):
    (tmp_path / "plum.sqlite3").write_bytes(b"no database" * 100)
    monkeypatch.setattr(databases, "is_postgresql", lambda: False)
    monkeypatch.setattr(databases, "sqlite_file", lambda: tmp_path / "plum.sqlite3")
    with pytest.raises(NotDone, match=r"could not be copied: .*not a database. No backup was made"):
        databases.copy(tmp_path)
