"""How retention and erasing tell the database that they may change evidence; everybody else is refused by triggers."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections, transaction

SETTING = "plum.forgetting"
TABLE = "plum_forgetting"  # for SQLite, which has no settings of a transaction; always empty for others
# The condition of a trigger under which nobody has declared so.
NOBODY_FORGETS = {
    "postgresql": f"coalesce(current_setting('{SETTING}', true), '') <> 'on'",
    "sqlite": f"NOT EXISTS (SELECT 1 FROM {TABLE})",
}
BEGIN = {"postgresql": f"SET LOCAL {SETTING} = 'on'", "sqlite": f"INSERT INTO {TABLE} VALUES (1)"}
END = {"postgresql": f"SET LOCAL {SETTING} = 'off'", "sqlite": f"DELETE FROM {TABLE}"}


def prepare(using: str = "default", **_: object) -> None:
    """Make what `forgetting` needs, before the triggers that ask for it. Safe to repeat."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE IF NOT EXISTS {TABLE} (declared integer NOT NULL)")


@contextmanager
def forgetting(using: str = "default") -> Iterator[None]:
    """Let this transaction, and no other, delete or overwrite what is kept as evidence, until the block ends.

    What fails in the block is rolled back, and the leave with it. Blocks may stand in one another.
    """
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        already = _is_forgetting(using)
        if not already:
            cursor.execute(BEGIN[connection.vendor])
        yield
        if not already:
            cursor.execute(END[connection.vendor])


def _is_forgetting(using: str) -> bool:
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT NOT ({NOBODY_FORGETS[connection.vendor]})")
        return bool(cursor.fetchone()[0])


@register(Tags.database)
def nobody_forgets_for_ever(databases: Sequence[str] | None = None, **_: object) -> list[CheckMessage]:
    """Say where the leave was left open, which otherwise ends with the transaction."""
    hint = f"PostgreSQL: ALTER DATABASE or ROLE … RESET {SETTING}. SQLite: DELETE FROM {TABLE}. Find out who set it."
    return [
        Error(f"The database “{alias}” lets everybody delete evidence.", hint=hint, id="plum.E002")
        for alias in databases or ()
        if _is_ready(alias) and _is_forgetting(alias)
    ]


def _is_ready(using: str) -> bool:
    connection = connections[using]
    return connection.vendor != "sqlite" or TABLE in connection.introspection.table_names()
