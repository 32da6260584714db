"""The way from a released database to today's: restored, migrated, and held against one that was laid anew."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.deploy.drilling import Place, new_place
from tests.releasing.schema import schema

EVERY_MODEL = """
from django.apps import apps
for model in apps.get_models():
    list(model._base_manager.all()[:2])
"""


def dump(place: Place) -> str:
    """Return a PostgreSQL database as SQL that another one takes."""
    command = ["pg_dump", "--no-owner", "--no-privileges", place.database]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def demo_dump(folder: Path) -> str:
    """Return the demo site of this checkout as SQL."""
    with new_place("postgresql", folder) as place:
        place.manage("migrate", "--verbosity", "0")
        place.manage("demo")
        return dump(place)


def objections(sql: str, folder: Path) -> Iterator[str]:
    """Bring a released database up to date, and yield what is not as in a fresh one, or does not work."""
    with new_place("postgresql", folder / "old") as old, new_place("postgresql", folder / "fresh") as fresh:
        restore(sql, old)
        for command in (
            ["migrate", "--verbosity", "0"],
            ["verify_policies"],
            ["housekeeping"],
            ["shell", "-c", EVERY_MODEL],
        ):
            done = old.run(str(Path(".venv/bin/python")), "manage.py", *command)
            if done.returncode:
                yield f"manage.py {command[0]}: {done.stderr.strip().splitlines()[-1]}"
        fresh.manage("migrate", "--verbosity", "0")
        have, want = tables(old), tables(fresh)
        yield from (f"is missing: {line}" for line in sorted(want - have))
        yield from (f"is there still: {line}" for line in sorted(have - want))


def restore(sql: str, place: Place) -> None:
    command = ["psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--single-transaction", place.database]
    subprocess.run(command, input=sql, text=True, check=True, capture_output=True)


def tables(place: Place) -> set[str]:
    assert urlsplit(place.database).scheme.startswith("postgres")
    with psycopg.connect(place.database) as connection:
        return schema(connection)
