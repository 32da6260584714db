"""How a database of either kind is dumped, laid again from its dump, and told in lines that can be compared."""

import re
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Protocol

import psycopg

from tests.deploy.drilling import Place

# A PostgreSQL dump that is restored says the same with other brackets, and names types elsewhere.
WORDING = re.compile(r"::\"?[a-z_]+\"?( varying| precision| with(out)? time zone)?(\[\])?|[()]")

# Columns are told by name: where one stands in a table says only when it came.
QUESTIONS = (
    """SELECT concat_ws(' ', 'column', table_name || '.' || column_name, data_type, character_maximum_length,
       'null:' || is_nullable, 'default:' || coalesce(column_default, ''))
       FROM information_schema.columns WHERE table_schema = 'public'""",
    "SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace""",
    "SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    """SELECT 'function ' || pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
       AND prokind = 'f'""",
)


class Database(Protocol):
    """One kind of database.

    Attributes:
        file: what a release's dump is called.
    """

    file: str

    def dump(self, place: Place) -> bytes: ...

    def lay(self, dumped: bytes, place: Place) -> None: ...

    def parts(self, place: Place) -> set[str]:
        """Return a line for each column, index, constraint, trigger and function, however it was laid."""
        ...

    def without_a_column(self, dumped: bytes, table: str, column: str) -> bytes:
        """Return a dump in which a column is missing, as after an initial migration was rewritten under its name."""
        ...


class PostgreSQL:
    file = "demo.sql.gz"

    def dump(self, place: Place) -> bytes:
        command = ["pg_dump", "--no-owner", "--no-privileges", place.database]
        return subprocess.run(command, capture_output=True, check=True).stdout

    def lay(self, dumped: bytes, place: Place) -> None:
        command = ["psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--single-transaction", place.database]
        subprocess.run(command, input=dumped, check=True, capture_output=True)

    def parts(self, place: Place) -> set[str]:
        with psycopg.connect(place.database) as connection:
            return {WORDING.sub("", line) for question in QUESTIONS for (line,) in connection.execute(question)}

    def without_a_column(self, dumped: bytes, table: str, column: str) -> bytes:
        return dumped + f"\nALTER TABLE public.{table} DROP COLUMN {column};\n".encode()


class SQLite:
    """Its dump is the file itself: text has no way to say what full-text tables hold."""

    file = "demo.sqlite3.gz"

    def dump(self, place: Place) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "copy")
            with closing(sqlite3.connect(file_of(place))) as connection:
                connection.execute("VACUUM INTO ?", [str(copy)])
            return copy.read_bytes()

    def lay(self, dumped: bytes, place: Place) -> None:
        file_of(place).write_bytes(dumped)

    def parts(self, place: Place) -> set[str]:
        with closing(sqlite3.connect(file_of(place))) as connection:
            return set(sqlite_parts(connection))

    def without_a_column(self, dumped: bytes, table: str, column: str) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "copy")
            copy.write_bytes(dumped)
            with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
                connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
            return copy.read_bytes()


KINDS: dict[str, Database] = {"postgresql": PostgreSQL(), "sqlite": SQLite()}


def kind_of(place: Place) -> str:
    return "sqlite" if place.database.startswith("sqlite:") else "postgresql"


def file_of(place: Place) -> Path:
    return Path(place.database.removeprefix("sqlite:///"))


def sqlite_parts(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the parts of each table by themselves: what SQLite keeps of its definition has the order of its history.

    Source: sqlite.org/pragma.html and sqlite.org/schematab.html.
    """
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall():
        if kind == "table":
            yield from columns(connection, name)
            yield from (f"check {name} {check}" for check in checks(sql))
        elif sql:
            yield f"{kind} {' '.join(sql.split())}"


def columns(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    for _, name, kind, filled, default, key, hidden in connection.execute(f'PRAGMA table_xinfo("{table}")'):
        yield f"column {table}.{name} {kind} filled:{filled} default:{default} key:{key} hidden:{hidden}"
    for _, index, unique, origin, _ in connection.execute(f'PRAGMA index_list("{table}")').fetchall():
        if origin != "c":  # those that CREATE INDEX made are told by their own line
            names = [str(name) for _, _, name in connection.execute(f'PRAGMA index_info("{index}")')]
            yield f"unique:{unique} {table} {', '.join(names)}"
    for key in connection.execute(f'PRAGMA foreign_key_list("{table}")'):
        yield " ".join(["foreign key", table, *map(str, key[2:7])])


def checks(sql: str) -> Iterator[str]:
    """Yield what stands in the brackets of each CHECK."""
    for found in re.finditer(r"CHECK\s*\(", sql):
        depth, end = 1, found.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            end += 1
        yield " ".join(sql[found.end() : end - 1].split())
