"""How PostgreSQL and SQLite tell that their generations were raised."""

import secrets
import sqlite3
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from home.finished_pages.committing import site_guard
from home.finished_pages.generation import Numbers, Source
from home.finished_pages.guard import Guard
from home.finished_pages.triggers import CHANNEL, TABLE

READ: Final = f"SELECT scope, number FROM {TABLE}"  # noqa: S608  (our own name)
CONNECT_TIMEOUT: Final = 3  # seconds
# What the doctor counts processes by, and behind it the folders of data that they have.
CALLED: Final = "plum generation"
NAME_OF_THE_FOLDER: Final = "this-folder"


def source_of(using: str = "default") -> Source:
    """Return a connection of its own to the database's generations.

    Raises:
        Exception: that of the database's driver, where it does not answer.
    """
    wrapper = connections[using]
    return FromSQLite(wrapper) if wrapper.vendor == "sqlite" else FromPostgreSQL(wrapper, site_guard())


def past_a_pooler(wrapper: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    """Return the database where a session is one's own: a pooler's is gone with its transaction, and so is LISTEN."""
    return type(wrapper)({**wrapper.settings_dict, **settings.DATABASE_DIRECT}, wrapper.alias)


def folder_name() -> str:
    """Return what the folder of data is called, which it is given once: processes that share it say the same."""
    path = Path(settings.VAR_DIR) / NAME_OF_THE_FOLDER
    try:
        with suppress(FileExistsError), path.open("x") as file:
            file.write(secrets.token_hex(4))
        return path.read_text()
    except OSError:  # nothing can be written, so nothing is kept there that others would miss
        return "unnamed"


class FromPostgreSQL:
    """Is told by NOTIFY, and by the guard of this machine. What is told is read from the table: a connection that has
    died does not say so."""

    tells = True

    def __init__(self, wrapper: BaseDatabaseWrapper, guard: Guard | None = None) -> None:
        self.parameters: dict[str, Any] = {
            name: value
            for name, value in past_a_pooler(wrapper).get_connection_params().items()
            if name in {"host", "port", "user", "password", "dbname", "service", "passfile", "options"}
            or name.startswith(("ssl", "keepalives", "target_session"))
        }
        self.guard, self.seen = guard, -1
        self.connection = self._connect(f"{CALLED} {folder_name()}")
        self.asking: psycopg.Connection | None = None  # the other one is waiting for news
        self.connection.execute(f"LISTEN {CHANNEL}")

    def _connect(self, name: str) -> psycopg.Connection:
        more = {"connect_timeout": CONNECT_TIMEOUT, "tcp_user_timeout": CONNECT_TIMEOUT * 1000}
        return psycopg.connect(**more | self.parameters, autocommit=True, application_name=name)

    def numbers(self) -> Numbers:
        return self._read(self.connection)

    def numbers_now(self) -> Numbers:
        self.asking = self.asking or self._connect(f"{CALLED}, asked")
        return self._read(self.asking)

    def _read(self, connection: psycopg.Connection) -> Numbers:
        """Read the numbers; they are the newest until another commit begins, unless one was going on."""
        if self.guard is None:
            return dict(connection.execute(READ).fetchall())
        begun, is_up = self.guard.number, self.guard.is_up()
        numbers: Numbers = dict(connection.execute(READ).fetchall())
        if not is_up:
            self.seen = begun
        return numbers

    def changed(self) -> bool:
        return self.guard is not None and self.guard.number != self.seen

    def wait(self, seconds: float) -> None:
        for _ in self.connection.notifies(timeout=seconds, stop_after=1):
            pass

    def close(self) -> None:
        self.connection.close()
        if self.asking:
            self.asking.close()


class FromSQLite:
    """Asks the file: it counts its commits, so that looking costs some microseconds and no answer is ever old.

    Source: sqlite.org/pragma.html#pragma_data_version.
    """

    tells = False

    def __init__(self, wrapper: BaseDatabaseWrapper) -> None:
        parameters = {
            name: value
            for name, value in wrapper.get_connection_params().items()
            if name in {"database", "uri", "timeout"}
        }
        self.connection = sqlite3.connect(**parameters, check_same_thread=False, isolation_level=None)
        self.asking = threading.Lock()
        self.version = -1

    def numbers(self) -> Numbers:
        with self.asking:
            return dict(self.connection.execute(READ).fetchall())

    numbers_now = numbers

    def changed(self) -> bool:
        with self.asking:
            (version,) = self.connection.execute("PRAGMA data_version").fetchone()
            before, self.version = self.version, version
        return bool(version != before)

    def wait(self, seconds: float) -> None:
        time.sleep(seconds)

    def close(self) -> None:
        with self.asking:
            self.connection.close()
