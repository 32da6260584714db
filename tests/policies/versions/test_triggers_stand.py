"""`check` says when the database would not refuse what it should: by what the triggers do, not by their names."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import triggers
from accounts.personal_data.forgetting import SETTING
from accounts.personal_data.forgetting import TABLE as FORGETTING
from policies.versions.models import PolicyVersion

TOP = Path(__file__).parents[3]
TABLE = PolicyVersion._meta.db_table
UPDATE = f"{TABLE}_frozen_update"
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own")
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _triggers_only(settings):
    settings.FINISHED_PAGES_MB = 0  # or each check makes pages too


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def checked() -> str:
    """What `manage.py check --database default` complains of."""
    try:
        call_command("check", databases=["default"])
    except CommandError as error:
        return str(error)
    return ""


def test_as_installed_they_stand_and_installing_again_changes_nothing():
    assert checked() == ""
    triggers.install()
    triggers.install()
    assert checked() == ""


@pytest.mark.parametrize("trigger", triggers.DECLARED, ids=lambda trigger: trigger.full_name)
def test_each_that_is_missing_is_named_and_installing_mends_it(trigger):
    if connection.vendor not in trigger.refuses:
        pytest.skip("this database does not know the event")
    run(f"DROP TRIGGER {trigger.full_name}" + (f" ON {trigger.table}" if connection.vendor == "postgresql" else ""))
    assert f"{trigger.full_name} is missing" in checked()
    triggers.install()
    assert checked() == ""


def test_an_upgrade_that_writes_one_otherwise_installs_it():
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER {UPDATE}{on_table}")
    call_command("migrate", skip_checks=False, verbosity=0)
    assert checked() == ""


@pytest.mark.slow
@on_sqlite
def test_migrations_are_taken_back_and_done_again_though_triggers_stand(kept_tables, tmp_path):
    file = tmp_path / "another.sqlite3"
    shutil.copy(kept_tables.file, file)
    for command in (["migrate", "rights", "zero"], ["migrate"], ["check", "--database", "default"]):
        done = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=TOP, env=os.environ | {"DATABASE_URL": f"sqlite:///{file}"},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


@on_sqlite
def test_where_nothing_is_to_be_migrated_nothing_is_lifted(monkeypatch):
    monkeypatch.setattr(triggers, "lift", lambda *_: pytest.fail("lifted"))
    triggers.lift_before_migrate(plan=[])


@on_postgresql
@pytest.mark.parametrize(
    ("change", "what"),
    [
        (f"ALTER TABLE {TABLE} DISABLE TRIGGER {UPDATE}", "is switched off"),
        (f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL", "is switched off"),
        (f"ALTER TABLE {TABLE} ENABLE REPLICA TRIGGER {UPDATE}", "is switched off"),
        (
            f"CREATE OR REPLACE TRIGGER {UPDATE} BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN (false) "
            f"EXECUTE FUNCTION {UPDATE}()",
            "fires otherwise",
        ),
        (
            f"CREATE OR REPLACE TRIGGER {UPDATE} BEFORE UPDATE OF slug ON {TABLE} FOR EACH ROW "
            f"EXECUTE FUNCTION {UPDATE}()",
            "fires otherwise",
        ),
        (
            f"CREATE OR REPLACE FUNCTION {UPDATE}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
            "does something else",
        ),
        (f"ALTER FUNCTION {UPDATE}() SET search_path = elsewhere", "does something else"),
        ("SET LOCAL session_replication_role = replica", "all triggers are off"),
    ],
)
def test_one_that_does_something_else_is_found(change, what):
    run(change)
    assert what in checked()


@on_postgresql
def test_one_that_always_fires_is_as_good():
    run(f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {UPDATE}")
    assert checked() == ""


@on_sqlite
def test_one_of_the_same_name_that_does_nothing_is_found():
    run(f"DROP TRIGGER {UPDATE}")
    run(f"CREATE TRIGGER {UPDATE} BEFORE UPDATE ON {TABLE} WHEN 0 BEGIN SELECT 1; END")
    assert f"{UPDATE} is not as this release writes it" in checked()


def test_a_leave_to_forget_that_was_left_open_is_found():
    run(f"SET LOCAL {SETTING} = 'on'" if connection.vendor == "postgresql" else f"INSERT INTO {FORGETTING} VALUES (1)")
    assert "lets everybody delete evidence" in checked()
