"""Whether something lends connections to PostgreSQL, and whether what needs a session of its own goes past it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.rows import TupleRow

from accounts.examining import Finding, not_asked, to_do, well
from home.finished_pages.sources import past_a_pooler

TRIES: Final = 3
WHICH: Final = (
    "SELECT system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "FROM pg_control_system()"
)
OF_LIBPQ: Final = frozenset({"host", "port", "user", "password", "dbname", "service", "passfile"})


def look_at_pooler() -> Finding:
    """Look by what it does: a pooler has process numbers of its own, and one by transactions changes them."""
    wrapper = connections["default"]
    if wrapper.vendor != "postgresql":
        return not_asked("SQLite needs none.")
    with _connected(wrapper) as asked:
        if not _is_lent(asked):
            return _without_one()
        if not _is_lent_by_transaction(wrapper, asked):
            return well("A pooler stands in front of the database, and leaves each its session.")
        if not settings.DATABASE_DIRECT:
            return to_do(
                "A pooler lends connections for one transaction: pages that are kept would not hear of changes, and "
                "a backup would leave its settings to whoever comes next.",
                "Set DATABASE_DIRECT_URL to the same database past the pooler.",
            )
        return _judge_direct(past_a_pooler(wrapper), asked)


def _without_one() -> Finding:
    if settings.DATABASE_DIRECT:
        return well("Nothing stands between, so DATABASE_DIRECT_URL is not needed.")
    return well("Nothing stands between the site and its database.")


def _judge_direct(past: BaseDatabaseWrapper, asked: psycopg.Connection[TupleRow]) -> Finding:
    try:
        with _connected(past) as direct:
            if _is_lent(direct) and _is_lent_by_transaction(past, direct):
                return to_do("DATABASE_DIRECT_URL leads to a pooler, too.", "Name the database itself.")
            if _which(direct) != _which(asked):
                return to_do("DATABASE_DIRECT_URL leads to another database.", "Name the one behind the pooler.")
    except psycopg.OperationalError as problem:
        return to_do(f"DATABASE_DIRECT_URL does not answer: {problem}", "Let the site reach the database itself.")
    return well("A pooler lends connections for one transaction, and what needs a session goes past it.")


@contextmanager
def _connected(wrapper: BaseDatabaseWrapper) -> Iterator[psycopg.Connection[TupleRow]]:
    known = {name: value for name, value in wrapper.get_connection_params().items()
             if name in OF_LIBPQ or name.startswith("ssl")}  # fmt: skip
    with psycopg.connect(**known, autocommit=True, connect_timeout=5, prepare_threshold=None) as made:
        yield made


def _process(asked: psycopg.Connection[TupleRow]) -> int:
    (number,) = asked.execute("SELECT pg_backend_pid()").fetchone() or (0,)
    return int(number)


def _is_lent(asked: psycopg.Connection[TupleRow]) -> bool:
    return asked.info.backend_pid != _process(asked)


def _is_lent_by_transaction(wrapper: BaseDatabaseWrapper, asked: psycopg.Connection[TupleRow]) -> bool:
    """Hold with another transaction what was lent last: who has a session is answered by the same process."""
    for _ in range(TRIES):
        before = _process(asked)
        with _connected(wrapper) as other, other.transaction():
            if _process(other) == before or _process(asked) != before:
                return True
    return False


def _which(asked: psycopg.Connection[TupleRow]) -> TupleRow:
    return tuple(asked.execute(WHICH).fetchone() or ())
