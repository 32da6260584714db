"""Makes the database itself refuse something, as a fault or a package's trigger might. Gone with the test."""

from django.db import connection

WORDS = "no: ann@example.org"  # as a database quotes what it holds


def refuse_to_delete_from(table: str) -> None:
    if connection.vendor == "sqlite":
        _execute(f"CREATE TRIGGER refuse BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{WORDS}'); END")
        return
    _execute(f"CREATE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION '{WORDS}'; END $$ LANGUAGE plpgsql")
    _execute(f"CREATE TRIGGER refuse BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse()")


def allow_to_delete_from(table: str) -> None:
    _execute("DROP TRIGGER refuse" + (f" ON {table}" if connection.vendor == "postgresql" else ""))


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
