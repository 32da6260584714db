"""Where the lines of the erasure ledger are kept: in a file of one machine, or in a database of its own for several."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection

ONLY_OWNER: Final = 0o600
CONNECT_SECONDS: Final = 5
# An erasure waits for it, and so does whatever else waits for the erasure.
STATEMENT_SECONDS: Final = 20
ONE_AT_A_TIME: Final = "SELECT pg_advisory_xact_lock(hashtext('plum.erasures'))"
TABLE: Final = "CREATE TABLE IF NOT EXISTS erasures (number bigint PRIMARY KEY, line bytea NOT NULL)"
LINES: Final = "SELECT string_agg(line, ''::bytea ORDER BY number) FROM erasures"
ADD: Final = "INSERT INTO erasures SELECT coalesce(max(number), 0) + 1, %s FROM erasures"


@dataclass(frozen=True)
class Opened:
    """The ledger while nobody else adds to it: what stands in it, and how to add whole lines."""

    content: bytes
    add: Callable[[bytes], None]


class Place(Protocol):
    """Its text says where it is, without a password."""

    def read(self) -> bytes | None:
        """Return what stands there; None where there is nothing yet.

        Raises:
            OSError: it cannot be read.
        """

    def adding(self) -> AbstractContextManager[Opened]:
        """Keep others from adding. What was added is kept for good when the block ends well.

        Raises:
            OSError: it cannot be written.
        """

    def is_beside_the_database(self) -> bool:
        """Whether one failure would take both."""


def place() -> Place:
    """Return where the settings say that the ledger is."""
    named = str(settings.ERASURE_LEDGER)
    return DatabasePlace(named) if "://" in named else FilePlace(Path(named))


@dataclass(frozen=True)
class FilePlace:
    path: Path

    def __str__(self) -> str:
        return str(self.path)

    def read(self) -> bytes | None:
        if not os.path.exists(self.path):
            return None
        with self._locked(fcntl.LOCK_SH) as file:
            return _read_all(file)

    @contextmanager
    def adding(self) -> Iterator[Opened]:
        with self._locked(fcntl.LOCK_EX) as file:
            yield Opened(_read_all(file), lambda data: _write_all(file, data))
            os.fsync(file)

    def is_beside_the_database(self) -> bool:
        found = database_place()
        return found is not None and found.exists() and found.stat().st_dev == self.nearest().stat().st_dev

    def nearest(self) -> Path:
        """Return the file, or the folder in which it would be made."""
        # Not Path.exists(), which fails where one may not look.
        return next(one for one in (self.path, *self.path.absolute().parents) if os.path.exists(one))

    @contextmanager
    def _locked(self, how: int) -> Iterator[int]:
        """Open the file for adding, and made if it is missing; other processes wait."""
        is_new = not self.path.exists()
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, ONLY_OWNER)
        try:
            if is_new:
                _sync_folder(self.path.parent)
            fcntl.flock(file, how)
            yield file
        finally:
            os.close(file)


@dataclass(frozen=True)
class DatabasePlace:
    """A table of PostgreSQL, one row for each line, in a database that no restore of the site's touches."""

    url: str

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        return f"database {parts.path.strip('/')} at {parts.hostname or 'this machine'}"

    def read(self) -> bytes | None:
        with self._transaction() as cursor, suppress(psycopg.errors.UndefinedTable):
            row = cursor.execute(LINES).fetchone()
            return row[0] if row and row[0] is not None else None
        return None

    @contextmanager
    def adding(self) -> Iterator[Opened]:
        with self._transaction() as cursor:
            cursor.execute(ONE_AT_A_TIME)
            cursor.execute(TABLE)
            row = cursor.execute(LINES).fetchone()

            def add(data: bytes) -> None:
                for line in data.splitlines(keepends=True):
                    cursor.execute(ADD, [line])

            yield Opened(row[0] or b"" if row else b"", add)

    def is_beside_the_database(self) -> bool:
        ours, parts = connection.settings_dict, urlsplit(self.url)
        if connection.vendor != "postgresql":
            return False
        here = (parts.hostname or "", parts.port or 5432)
        return here == (ours["HOST"] or "", int(ours["PORT"] or 5432))

    @contextmanager
    def _transaction(self) -> Iterator[psycopg.Cursor[tuple[bytes | None]]]:
        """Begin one, and commit it at the end; nothing outlives it, so a pooler may stand between.

        Raises:
            OSError: the database does not answer, or refuses.
        """
        try:
            with (
                psycopg.connect(self.url, connect_timeout=CONNECT_SECONDS, prepare_threshold=None) as made,
                made.cursor() as cursor,
            ):
                cursor.execute(f"SET LOCAL statement_timeout = '{STATEMENT_SECONDS}s'")
                yield cursor
        except psycopg.Error as error:
            raise OSError(f"the {self} of the erasure ledger: {error}") from error


def database_place() -> Path | None:
    """Return where the site's database keeps its data on this machine; None where it is elsewhere, or does not say."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return Path(str(database["NAME"]))
    if database["HOST"] not in ("", "localhost", "127.0.0.1", "::1") and not str(database["HOST"]).startswith("/"):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        row = cursor.fetchone()  # shown to those who may read all settings
    return Path(row[0] if row else "/var/lib/postgresql")


def _sync_folder(folder: Path) -> None:
    """Make the name of a new file last, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_all(file: int) -> bytes:
    return os.pread(file, os.fstat(file).st_size, 0)


def _write_all(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]
