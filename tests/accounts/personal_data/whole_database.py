"""Looks at the whole database, table by table, past every model: where a marker stands, and what changed."""

import json
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.storage import Storage, default_storage, storages
from django.db import connection

from accounts.models import User
from accounts.personal_data.register import kinds, rows_of, subject_of
from home.models import Generation, Purge

Table = dict[Any, tuple[Any, ...]]


def everything() -> dict[str, Table]:
    """Every row of every table, by primary key; whole rows stand for themselves where there is none."""
    keys = {model._meta.db_table: model._meta.pk.column for model in apps.get_models(include_auto_created=True)}
    counts_the_others = {Generation._meta.db_table, Purge._meta.db_table}
    tables = set(connection.introspection.table_names()) - counts_the_others
    return {table: _rows(table, keys.get(table)) for table in sorted(tables)}


def _rows(table: str, key: str | None) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        names = [column[0] for column in cursor.description]
        rows = [tuple(bytes(cell) if isinstance(cell, memoryview) else cell for cell in row) for row in cursor]
    place = names.index(key) if key in names else None
    return {row if place is None else str(row[place]): row for row in map(_hashable, rows)}


def _hashable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(
        json.dumps(cell, sort_keys=True, default=str) if isinstance(cell, dict | list) else cell for cell in row
    )


def where_is(marker: str) -> list[str]:
    """Name each place of the database, of what sessions hold in code, and of the stored files, with a marker in it."""
    found = [f"{table}: {row}" for table, rows in everything().items() for row in rows.values() if _has(row, marker)]
    found += [f"session {one.pk}" for one in Session.objects.all() if marker in json.dumps(one.get_decoded()).lower()]
    return found + [f"file {path}" for path in stored_files() if marker in path.lower()]


def _has(row: tuple[Any, ...], marker: str) -> bool:
    return any(marker in (cell.decode("latin-1") if isinstance(cell, bytes) else str(cell)).lower() for cell in row)


def stored_files() -> list[str]:
    """Name every stored file, of those that a web server may serve and of the private ones."""
    return [path for storage in (default_storage, storages["private"]) for path in _below(storage)]


def _below(storage: Storage, folder: str = "") -> list[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return []
    below = [path for name in folders for path in _below(storage, f"{folder}{name}/")]
    return below + [folder + name for name in files]


def rows_about(person: User) -> set[tuple[str, str]]:
    """The rows the register finds, by table and primary key."""
    subject = subject_of(person)
    return {
        (kind.model_class._meta.db_table, _raw(kind.model_class._meta.pk.get_db_prep_value(pk, connection)))
        for kind in kinds()
        for pk in rows_of(kind, subject).values_list("pk", flat=True)
    }


def _raw(value: Any) -> str:
    return str(value)


def changed(before: dict[str, Table], but: set[tuple[str, str]]) -> list[str]:
    """Name each row that is not as it was, those apart that may change."""
    after, found = everything(), []
    for table in before.keys() | after.keys():
        old, new = before.get(table, {}), after.get(table, {})
        found += [
            f"{table} {key}: {old.get(key)} -> {new.get(key)}"
            for key in old.keys() | new.keys()
            if old.get(key) != new.get(key) and (table, str(key)) not in but
        ]
    return found
