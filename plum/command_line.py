"""Django's command line, in which what a deployer can mend ends in one line instead of a traceback."""

import gc
import logging
import os
import sys
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.core.management import BaseCommand, ManagementUtility
from django.db import OperationalError, connection

# They go on for days, and their log is read for what the pool of connections says.
SERVICES = {"db_worker", "housekeeping", "runserver"}
SECONDS = 5


class CommandLine(ManagementUtility):
    """Spares the garbage collector what is loaded, which stays: looking through it takes a fifth of each start."""

    def execute(self) -> None:
        gc.disable()
        try:
            super().execute()
        finally:
            gc.enable()

    def fetch_command(self, subcommand: str) -> BaseCommand:
        command = super().fetch_command(subcommand)
        gc.freeze()
        gc.enable()
        return command


def run(words: list[str]) -> None:
    """Do what the command line says; a database that cannot be opened is named with the reason, and so are settings."""
    if not SERVICES & set(words[1:2]):
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # the same reason, once for each try
    try:
        CommandLine(words).execute()
    except OperationalError as error:
        if reason := why_not_open():
            _stop(reason, error)
        raise
    except ModuleNotFoundError as error:
        named = os.environ.get("DJANGO_SETTINGS_MODULE", "")
        if error.name and (named == error.name or named.startswith(f"{error.name}.")):
            sys.exit(
                f"DJANGO_SETTINGS_MODULE names {named}, which is not there. It should be: plum.settings.production"
            )
        raise


def _stop(reason: str, error: Exception) -> NoReturn:
    shape = "postgres://user:password@localhost:5432/plum or sqlite:////srv/plum/plum.sqlite3"
    sys.exit(f"DATABASE_URL names a database that cannot be opened: {reason}. It should look like: {shape}")


def why_not_open() -> str:
    """Return in one line why the database cannot be opened; nothing if it can. The pool would only wait."""
    if connection.vendor == "sqlite":
        return _why_no_file(Path(str(settings.DATABASES["default"]["NAME"])))
    import psycopg  # not needed with SQLite

    try:
        with psycopg.connect(**connection.get_connection_params(), connect_timeout=SECONDS):
            return ""
    except psycopg.OperationalError as error:
        return " ".join(str(error).partition("Is the server running")[0].split())


def _why_no_file(file: Path) -> str:
    if file.is_dir():
        return f"{file} is a folder"
    if not file.parent.is_dir():
        return f"there is no folder {file.parent}"
    wrong = [one for one in (file.parent, file) if one.exists() and not os.access(one, os.W_OK)]
    return f"the user {os.geteuid()} of this process may not write in {wrong[0]}" if wrong else ""
