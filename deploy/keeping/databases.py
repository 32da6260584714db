"""The database's part of a backup: copied while the site goes on, and put back into an empty database."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from deploy.keeping.parts import DUMP, SQLITE, NotDone, is_postgresql

# What Django makes of its options by itself; the rest is libpq's.
DJANGOS: Final = {"pool", "isolation_level", "server_side_binding", "assume_role"}


def copy(folder: Path) -> None:
    """Write the database into a folder.

    Raises:
        NotDone: it could not be read to its end.
    """
    if is_postgresql():
        run_tool("pg_dump", "--format=custom", "--no-owner", f"--file={folder / DUMP}")
    else:
        try:
            with closing(sqlite3.connect(sqlite_file())) as here, closing(sqlite3.connect(folder / SQLITE)) as there:
                here.backup(there)
        except sqlite3.Error as problem:
            raise NotDone(f"{sqlite_file()} could not be copied: {problem}. No backup was made.") from problem


def put_back(folder: Path) -> None:
    """Fill the empty database from a folder, wholly or not at all.

    Raises:
        NotDone: the copy could not be read to its end, or is of the other kind of database.
    """
    wanted = folder / (DUMP if is_postgresql() else SQLITE)
    if not wanted.exists():
        raise NotDone(f"There is no {wanted.name} in the backup: it is of another kind of database. See DATABASE_URL.")
    if is_postgresql():
        run_tool("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", str(wanted), into=True)
    else:
        put_back_sqlite(wanted)


def put_back_sqlite(wanted: Path) -> None:
    with closing(sqlite3.connect(wanted)) as there, closing(sqlite3.connect(sqlite_file())) as here:
        try:
            (said,) = there.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as problem:
            said = str(problem)
        if said != "ok":
            raise NotDone(f"{wanted} cannot be read to its end: {said}. Take another backup.")
        there.backup(here)


def is_empty() -> bool:
    """Whether nothing is in the database that a restore could spoil.

    Raises:
        NotDone: it does not answer.
    """
    if is_postgresql():
        asked = "SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        return run_tool("psql", "-X", "-A", "-t", "-c", asked).strip() == "0"
    if not sqlite_file().exists():
        return True
    with closing(sqlite3.connect(sqlite_file())) as here:
        return here.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0


def sqlite_file() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])


def run_tool(program: str, *arguments: str, into: bool = False) -> str:
    """Run one of PostgreSQL's programs with the site's database; return what it said.

    Raises:
        NotDone: it is not installed, or it failed, in its own words.
    """
    # What pg_dump sets for its session, a pooler would hand on to the site.
    database = settings.DATABASE_DIRECT or settings.DATABASES["default"]
    # In the environment, where other people of this machine do not see the password.
    known = {"PGDATABASE": "NAME", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
    options: dict[str, Any] = {
        f"PG{name.upper()}": value for name, value in database.get("OPTIONS", {}).items() if name not in DJANGOS
    }
    env = {name: str(database[of]) for name, of in known.items() if database.get(of)}
    env |= {name: str(value) for name, value in options.items()}
    target = [f"--dbname={env['PGDATABASE']}"] if into else []
    try:
        done = subprocess.run(  # noqa: S603
            [program, *target, *arguments], env={**os.environ, **env}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise NotDone(f"{program} is not installed: apt-get install postgresql-client") from None
    if done.returncode:
        raise NotDone(f"{program} failed: {done.stderr.strip()}")
    return done.stdout
