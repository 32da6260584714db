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

from home.finished_pages.generation import Numbers, Source
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
    return FromSQLite(wrapper) if wrapper.vendor == "sqlite" else FromPostgreSQL(wrapper)


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
        return ""


class FromPostgreSQL:
    """Is told by NOTIFY. What is told is read from the table: a connection that has died does not say so."""

    tells = True

    def __init__(self, wrapper: BaseDatabaseWrapper) -> None:
        parameters: dict[str, Any] = {
            name: value
            for name, value in past_a_pooler(wrapper).get_connection_params().items()
            if name in {"host", "port", "user", "password", "dbname", "service", "passfile", "options"}
            or name.startswith(("ssl", "keepalives", "target_session"))
        }
        self.connection = psycopg.connect(
            **parameters, autocommit=True, connect_timeout=CONNECT_TIMEOUT, application_name=f"{CALLED} {folder_name()}"
        )
        self.reading = threading.Lock()
        self.connection.execute(f"LISTEN {CHANNEL}")

    def numbers(self) -> Numbers:
        with self.reading:
            return dict(self.connection.execute(READ).fetchall())

    def changed(self) -> bool:
        return False

    def wait(self, seconds: float) -> None:
        for _ in self.connection.notifies(timeout=seconds, stop_after=1):
            pass

    def close(self) -> None:
        self.connection.close()


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
