"""What a deployer can mend ends in one line; and `manage.py settings` says what is in force, without secrets."""

import os
import subprocess
import sys

import pytest

from plum.settings import environment
from tests.deploy.drilling import new_place
from tests.deploy.filling import migrate
from tests.making.errors import without_warnings
from tests.plum.starting import RIGHT, ROOT


def manage(*words: str, **values: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "plum.settings.production"} | RIGHT | values
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    ran.stderr = "".join(without_warnings(ran.stderr.splitlines(keepends=True)))
    return ran


def test_a_database_that_does_not_answer_is_one_line_with_the_reason():
    ran = manage("check", "--database", "default", DATABASE_URL="postgres://plum:secret@127.0.0.1:1/plum")
    assert ran.returncode == 1
    assert ran.stderr.startswith("DATABASE_URL names a database that cannot be opened: connection failed: ")
    assert "Connection refused" in ran.stderr
    assert (ran.stderr.count("\n"), "secret" in ran.stderr) == (1, False)


def test_migrating_says_nothing_of_pages_that_cannot_be_made_before_static_files_are_built(tmp_path):
    with new_place("sqlite", tmp_path / "var") as place:
        migrate(place)
        ran = place.run(sys.executable, "manage.py", "migrate", "--verbosity", "0")
        assert (ran.returncode, ran.stdout, "".join(without_warnings(ran.stderr.splitlines()))) == (0, "", "")
        assert not (place.folder / "static").exists()


@pytest.mark.parametrize(
    ("file", "reason"),
    [("/no/such/folder/x.sqlite3", "there is no folder /no/such/folder"), ("/tmp", "/tmp is a folder")],
)
def test_a_file_that_cannot_be_a_database_is_one_line(file, reason):
    ran = manage("migrate", DATABASE_URL=f"sqlite:///{file}")
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"DATABASE_URL names a database that cannot be opened: {reason}. It should look like")
    assert ran.stderr.count("\n") == 1


def test_settings_that_are_not_there_are_one_line():
    ran = manage("check", DJANGO_SETTINGS_MODULE="plum.settings.prodction")
    assert (ran.returncode, ran.stderr) == (
        1,
        "DJANGO_SETTINGS_MODULE names plum.settings.prodction, which is not there. It should be: "
        "plum.settings.production\n",
    )


def test_the_settings_in_force_are_printed_with_their_source_and_no_secret(tmp_path):
    secrets = {
        "SECRET_KEY": "only-for-this-test-0123456789abcdefghijklmnopqrstuvwxyz",
        "SECRET_KEY_FALLBACKS": "an-old-one-for-this-test-0123456789abcdefghijklmnopqr",
        "DATABASE_URL": "postgres://plum:mighty@db.example.org/plum?sslmode=require&sslpassword=mighty",
        "EMAIL_URL": "smtp+tls://user:mighty@mail.example.org:587",
        "NOTICES_BOUNCE_MAILBOX": "imaps://user:migh/ty@mail.example.org/INBOX",
        "CACHE_URL": "redis://:mighty@localhost:6379/0",
        "ANYMAIL": '{"WEBHOOK_SECRET": "name:mighty"}',
        "FRONT_CACHE": '{"BACKEND": "nowhere.Backend", "BEARER_TOKEN": "mighty"}',
    }
    ran = manage("settings", VAR_DIR=str(tmp_path), **secrets)
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    assert "SECRET_KEY=(set, and not shown)  (environment)" in lines
    assert (
        "DATABASE_URL=postgres://plum:***@db.example.org/plum?sslmode=require&sslpassword=***  (environment)" in lines
    )
    assert f"VAR_DIR={tmp_path}  (environment)" in lines
    assert "TRUSTED_PROXIES=0  (default)" in lines
    assert "METRICS_TOKEN=  (default)" in lines
    assert not [word for word in ("mighty", "migh/ty", "0123456789") if word in ran.stdout]


def test_what_nobody_set_is_not_said_to_be_set(tmp_path):
    lines = manage("settings", VAR_DIR=str(tmp_path)).stdout.splitlines()
    assert {"ANYMAIL={}  (default)", "FRONT_CACHE={}  (default)"} <= set(lines)


def test_a_file_of_settings_is_named_by_where_it_lies_and_not_by_the_link_of_a_release(tmp_path, monkeypatch):
    (tmp_path / "plum.env").touch()
    (tmp_path / ".env").symlink_to(tmp_path / "plum.env")
    monkeypatch.setattr(environment, "DOTENV", tmp_path / ".env")
    monkeypatch.setattr(environment, "_in_the_file", {"SITE_URL"})
    monkeypatch.setenv("SITE_URL", "https://www.example.org")
    assert environment._source("SITE_URL") == str(tmp_path / "plum.env")


def test_every_variable_is_in_the_guide_and_in_no_doubt(tmp_path):
    guide = (ROOT / "docs" / "operations.md").read_text()
    printed = manage("settings", VAR_DIR=str(tmp_path)).stdout.splitlines()
    names = [line.partition("=")[0] for line in printed]
    assert [name for name in names if f"`{name}`" not in guide] == []


def test_what_is_loaded_is_looked_through_by_the_garbage_collector_no_more():
    code = "import gc; print(gc.isenabled(), gc.get_freeze_count() > 100_000)"
    ran = manage("shell", "--no-imports", "-c", code, DATABASE_URL="sqlite:////no/such/folder/x.sqlite3")
    assert (ran.stdout, ran.stderr) == ("True True\n", "")
