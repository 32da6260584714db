"""Database triggers that keep announced versions as they are, also against raw SQL, on PostgreSQL and SQLite."""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from policies.versions.models import FREE_FIELDS, PolicyVersion

TABLE = PolicyVersion._meta.db_table
REFUSAL = "announced policy versions are frozen"
NAMES = {"sqlite": ["update", "delete", "insert"], "postgresql": ["update", "delete", "truncate"]}
# What is free may change in one direction only: withdrawn once, and people only forgotten.
ONCE = ("withdrawn_at",)
ONLY_TO_NULL = ("announced_by_id",)


def install_after_migrate(using: str = "default", **_: Any) -> None:
    install(using)


def install(using: str = "default") -> None:
    """Create the triggers, or create them anew: SQLite drops them when it rebuilds the table."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    lift(using)
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor).values():
            cursor.execute(statement)


def lift(using: str = "default") -> None:
    """Drop the triggers: for tests that flush tables, and for migrations that rewrite versions."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in NAMES[connection.vendor]:
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_frozen_{name}{on_table}")


def missing(using: str = "default") -> list[str]:
    """Return the names of triggers that are not there, switched off or not as they should be."""
    connection = connections[using]
    standing = _standing(connection)
    wanted = statements(connection.vendor)
    names = [f"{TABLE}_frozen_{name}" for name in NAMES[connection.vendor]]
    if connection.vendor == "sqlite":
        return [name for name in names if standing.get(name) != wanted[name]]
    return [name for name in names if name not in standing]


def _standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    query = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, '' FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def statements(vendor: str) -> dict[str, str]:
    return _sqlite() if vendor == "sqlite" else _postgresql()


def _frozen_columns() -> list[str]:
    fields = PolicyVersion._meta.concrete_fields
    return [field.column for field in fields if field.column and field.name not in FREE_FIELDS]


def _changes(differs: str) -> str:
    """Return the condition under which an UPDATE is refused; `differs` compares two values, NULLs included."""
    frozen = [f"NEW.{column} {differs} OLD.{column}" for column in _frozen_columns()]
    once = [f"(OLD.{column} IS NOT NULL AND NEW.{column} {differs} OLD.{column})" for column in ONCE]
    forgetting = [f"(NEW.{column} IS NOT NULL AND NEW.{column} {differs} OLD.{column})" for column in ONLY_TO_NULL]
    return " OR ".join(frozen + once + forgetting)


def _sqlite() -> dict[str, str]:
    name, abort = f"{TABLE}_frozen", f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    taken = f"SELECT 1 FROM {TABLE} WHERE id = NEW.id OR (page_id = NEW.page_id AND sequence = NEW.sequence)"
    return {
        f"{name}_update": f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {TABLE} WHEN {_changes('IS NOT')} {abort}",
        f"{name}_delete": f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {TABLE} {abort}",
        # INSERT OR REPLACE deletes the old row without asking the trigger on DELETE.
        f"{name}_insert": f"CREATE TRIGGER {name}_insert BEFORE INSERT ON {TABLE} WHEN EXISTS ({taken}) {abort}",
    }


def _postgresql() -> dict[str, str]:
    name, run = f"{TABLE}_frozen", f"EXECUTE FUNCTION {TABLE}_frozen()"
    row = "FOR EACH ROW"
    return {
        name: f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"{name}_update": f"CREATE TRIGGER {name}_update BEFORE UPDATE ON {TABLE} {row} "
        f"WHEN ({_changes('IS DISTINCT FROM')}) {run}",
        f"{name}_delete": f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {TABLE} {row} {run}",
        f"{name}_truncate": f"CREATE TRIGGER {name}_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT {run}",
    }
