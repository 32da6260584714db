"""Raises the guard around each commit of this process that may change what the public sees."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from home.finished_pages.guard import Guard, guard_in
from home.finished_pages.watched import watched_tables

WRITES: Final = re.compile(r'\s*(?:INSERT\s+INTO|UPDATE(?:\s+ONLY)?|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)


class Committing:
    """Looks at what one connection writes, and raises the guard while that is committed."""

    def __init__(self, connection: BaseDatabaseWrapper, guard: Guard) -> None:
        self.connection, self.guard, self.wrote = connection, guard, False
        connection.execute_wrappers.append(self._look)
        self._commit = connection.commit
        vars(connection)["commit"] = self.commit

    def _look(self, execute: Callable[..., object], sql: str, *args: object) -> object:
        if not writes_what_is_watched(sql):
            return execute(sql, *args)
        if self.connection.in_atomic_block:
            self.wrote = True
            return execute(sql, *args)
        with self.guard.raised():
            return execute(sql, *args)

    def commit(self) -> None:
        if not self.wrote:
            return self._commit()
        self.wrote = False
        with self.guard.raised():
            return self._commit()


def writes_what_is_watched(sql: str) -> bool:
    found = WRITES.match(sql)
    return found is not None and found[1].lower() in watched_tables()


@cache
def site_guard() -> Guard | None:
    """Return the guard that the site's processes on this machine have in common."""
    return guard_in(Path(settings.VAR_DIR))


def watch(connection: BaseDatabaseWrapper, **_: object) -> None:
    """Watch a connection to PostgreSQL; SQLite's file is asked before each answer anyway."""
    if connection.vendor != "postgresql" or "commit" in vars(connection):
        return
    if guard := site_guard():
        Committing(connection, guard)


def connect() -> None:
    connection_created.connect(watch, dispatch_uid="home.finished_pages.committing")
