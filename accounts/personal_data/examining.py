"""Whether the ledger of erasures can be written and read, and outlives the database."""

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

from accounts.examining import Examination, Finding, add_examination, to_do, well
from accounts.personal_data import ledger
from accounts.values.wording import moment_in_words


def register() -> None:
    """Have the doctor look. Called once, when the app starts."""
    add_examination(Examination("ledger", "Ledger of erasures", look))


def look() -> Finding:
    """Look whether lines can be added, whether those there are whole, and whether a restore would take them along."""
    file = ledger.path()
    nearest = next(one for one in (file, *file.parents) if os.path.exists(one))  # False where one may not look
    if not os.access(nearest, os.W_OK, effective_ids=True):
        return to_do(
            f"{nearest} cannot be written by this user: nobody can be erased.",
            f"Give the user that runs the site the right to write in {file.parent}.",
        )
    try:
        count = len(ledger.read().lines) if os.path.exists(file) else 0
    except ledger.Damaged as damage:
        return to_do(f"{file}: {damage}", "Take the newest copy of it that is whole, and find out who changed it.")
    return _where(file, f"{file}, {count} lines")


def _where(file: Path, words: str) -> Finding:
    """One volume is enough where backups carry the ledger away."""
    if not _is_beside_the_database(file):
        return well(f"{words}.")
    if copied := backed_up_at():
        return well(f"{words}; on the database's volume, but there is a backup of {moment_in_words(copied)}.")
    return to_do(
        f"{file} is on the volume of the database: one failure takes both.",
        "Name a file on another volume by ERASURE_LEDGER and move the old one there, or copy it elsewhere each day, "
        "as deploy/backup does.",
    )


def backed_up_at() -> dt.datetime | None:
    """Return when the last backup that was whole ended; None if none has, as far as is known."""
    with suppress(FileNotFoundError):
        return dt.datetime.fromtimestamp(Path(settings.LAST_BACKUP).stat().st_mtime, dt.UTC)
    return None


def _is_beside_the_database(file: Path) -> bool:
    place = database_place()
    nearest = next(one for one in (file, *file.parents) if os.path.exists(one))  # False where one may not look
    return place is not None and place.exists() and place.stat().st_dev == nearest.stat().st_dev


def database_place() -> Path | None:
    """Return where the database keeps its data on this machine; None where it is elsewhere, or does not say."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return Path(str(database["NAME"]))
    if database["HOST"] not in ("", "localhost", "127.0.0.1", "::1") and not str(database["HOST"]).startswith("/"):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
        row = cursor.fetchone()  # shown to those who may read all settings
    return Path(row[0] if row else "/var/lib/postgresql")
