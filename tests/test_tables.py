"""The tables that tests begin with are kept from run to run, as long as no migration is another."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tests.making.tables import InMemory, mark


@pytest.fixture
def elsewhere(monkeypatch) -> None:
    """A database of this test's own."""
    name = "file:elsewhere?mode=memory&cache=shared"
    monkeypatch.setattr(connection.creation, "_get_test_db_name", lambda: name)


def names(database: sqlite3.Connection) -> list[str]:
    return [name for (name,) in database.execute("SELECT name FROM sqlite_master ORDER BY name")]


def test_another_migration_is_another_mark(tmp_path, monkeypatch):
    before = mark()
    assert mark() == before
    app = apps.get_app_config("home")
    shutil.copytree(Path(app.path, "migrations"), tmp_path / "migrations")
    monkeypatch.setattr(app, "path", tmp_path)
    assert mark() == before
    with next((tmp_path / "migrations").glob("0001*.py")).open("a") as file:
        file.write("# changed\n")
    assert mark() != before


def test_what_is_kept_is_laid_the_next_time_and_what_is_older_goes(elsewhere, tmp_path):
    (tmp_path / "older.sqlite3").touch()
    first = InMemory(tmp_path)
    with closing(first.memory) as memory:
        first.lay()
        assert names(memory) == []
        memory.execute("CREATE TABLE policies (id)")
        memory.commit()
        first.keep()
    assert list(tmp_path.iterdir()) == [first.file]

    second = InMemory(tmp_path)
    with closing(second.memory) as memory:
        second.lay()
        assert names(memory) == ["policies"]
        memory.execute("CREATE TABLE rubbish (id)")
        second.keep()
    with closing(sqlite3.connect(second.file)) as kept:
        assert names(kept) == ["policies"]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="of PostgreSQL")
@pytest.mark.django_db
def test_on_postgresql_they_stand_in_a_database_beside_with_their_mark():
    with connection.cursor() as cursor:
        beside = "FROM pg_database WHERE datname = current_database() || '_tables'"
        cursor.execute(f"SELECT shobj_description(oid, 'pg_database') {beside}")
        assert cursor.fetchone() == (mark(),)
