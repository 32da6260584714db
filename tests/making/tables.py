"""Tables as the migrations lay them, kept from one run to the next: laying them takes longer than many a test file."""

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import django
from django.apps import apps
from django.db import connection


def mark() -> str:
    """Return another word for each state of the migrations, ours and those of what we use."""
    digest = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for app in apps.get_app_configs():
        for file in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


class InMemory:
    """SQLite's: the database of the tests, in memory, and the file in which its tables wait for the next run.

    What follows migrations is done each time all the same: `migrate` finds nothing to apply and goes on from there.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / f"{mark()}.sqlite3"
        self.was_there = self.file.exists()
        # As long as one connection is open, what is in memory stays.
        self.memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True, check_same_thread=False)

    def lay(self) -> None:
        """Call it before the database is set up."""
        if self.was_there:
            with closing(sqlite3.connect(self.file)) as kept:
                kept.backup(self.memory)

    def keep(self) -> None:
        """Call it after that. Written beside and moved: other workers may do the same at this moment."""
        if self.was_there:
            return
        beside = self.file.with_suffix(f".{os.getpid()}")
        with closing(sqlite3.connect(beside)) as kept:
            self.memory.backup(kept)
        beside.replace(self.file)
        for older in self.file.parent.glob("*.sqlite3"):
            if older != self.file:
                older.unlink(missing_ok=True)

    def close(self) -> None:
        self.memory.close()


class Beside:
    """PostgreSQL's: a database beside that of the tests, which is a copy of it. Its comment is its mark."""

    def __init__(self) -> None:
        self.tests = connection.creation._get_test_db_name()
        self.name = f"{self.tests}_tables"
        self.was_there = False

    def lay(self) -> None:
        """Call it before the database is set up."""
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [self.name]
            )
            self.was_there = cursor.fetchone() == (mark(),)
        if self.was_there:
            connection.settings_dict["TEST"]["TEMPLATE"] = self.name

    def keep(self) -> None:
        """Call it after that."""
        if self.was_there:
            return
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {self.name}")
            cursor.execute(f"CREATE DATABASE {self.name} TEMPLATE {self.tests}")
            cursor.execute(f"COMMENT ON DATABASE {self.name} IS '{mark()}'")

    def close(self) -> None:
        """Nothing is held open."""


Kept = InMemory | Beside
