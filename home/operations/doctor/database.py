"""The database: whether it answers, has the tables that the models expect, and tells the same time."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.apps import apps
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.examining import Finding, to_do, well

MOST_APART = dt.timedelta(seconds=5)
AT_MOST = 5  # faults that are named
OF_SQLITE = "wagtailsearch.SQLiteFTSIndexEntry"  # a virtual table, with columns of its own kind


def ask() -> None:
    """Ask the least that can be asked. Raises: DatabaseError: it does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def look_whether_it_answers() -> Finding:
    ask()
    version = ".".join(str(part) for part in connection.get_database_version())
    return well(f"{connection.display_name} {version} answers.")


def look_at_tables() -> Finding:
    """Look for migrations to be run, and for tables that are not as the models say although they were."""
    executor = MigrationExecutor(connection)
    if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        names = ", ".join(f"{step.app_label}.{step.name}" for step, _ in waiting[:AT_MOST])
        return to_do(f"The tables are older than this release: {names}.", "Make a backup, then `manage.py migrate`.")
    if wrong := list(_faults()):
        more = f" and {len(wrong) - AT_MOST} more" if len(wrong) > AT_MOST else ""
        return to_do(
            f"The tables are not as this release has them: {', '.join(wrong[:AT_MOST])}{more}.",
            "Restore the backup from before the upgrade, and follow docs/upgrading.md from the release it is of.",
        )
    return well("As the models say.")


def _faults() -> Iterator[str]:
    """Yield what is missing of tables, columns, and indexes and constraints that have a name."""
    with connection.cursor() as cursor:
        standing = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            if not model._meta.managed or model._meta.proxy or model._meta.label == OF_SQLITE:
                continue
            table = model._meta.db_table
            if table not in standing:
                yield f"table {table} is missing"
                continue
            columns = {one.name: one.null_ok for one in connection.introspection.get_table_description(cursor, table)}
            yield from _columns(model, columns)
            there = set(connection.introspection.get_constraints(cursor, table))
            yield from (f"{name} of {table} is missing" for name in sorted(_named(model) - there))


def _columns(model: type[models.Model], there: Mapping[str, bool | None]) -> Iterator[str]:
    for field in model._meta.local_concrete_fields:
        column = str(field.column)
        if column not in there:
            yield f"column {model._meta.db_table}.{column} is missing"
        elif there[column] is not None and bool(there[column]) != field.null and not field.primary_key:
            may = "may" if there[column] else "may not"
            yield f"column {model._meta.db_table}.{column} {may} be empty"


def _named(model: type[models.Model]) -> set[str]:
    features = connection.features
    indexes = {one.name for one in model._meta.indexes if not (one.condition and not features.supports_partial_indexes)}
    names = indexes | {one.name for one in model._meta.constraints}
    return {name[: connection.ops.max_name_length()] for name in names if name}  # PostgreSQL cuts longer ones


def look_at_clock() -> Finding:
    """Compare the clock of this machine with the database's."""
    sql = "SELECT clock_timestamp()" if connection.vendor == "postgresql" else "SELECT strftime('%Y-%m-%d %H:%M:%f')"
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(sql)
        told = cursor.fetchone()[0]
    theirs = told if isinstance(told, dt.datetime) else dt.datetime.fromisoformat(told).replace(tzinfo=dt.UTC)
    apart = max(before - theirs, theirs - timezone.now(), dt.timedelta())
    if apart > MOST_APART:
        return to_do(
            f"The clocks of this machine and of the database are {apart.total_seconds():,.0f} seconds apart.",
            "Have both set by the network (`timedatectl set-ntp true`): days on which policies begin depend on it.",
        )
    return well("This machine and the database tell the same time.")
