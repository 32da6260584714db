"""Whether the ledger of erasures can be written and read, and outlives the database."""

import datetime as dt
import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from accounts.examining import Examination, Finding, add_examination, to_do, well
from accounts.personal_data import ledger
from accounts.personal_data.ledger_places import FilePlace, Place, place
from accounts.values.wording import moment_in_words


def register() -> None:
    """Have the doctor look. Called once, when the app starts."""
    add_examination(Examination("ledger", "Ledger of erasures", look))


def look() -> Finding:
    """Look whether lines can be added, whether those there are whole, and whether a restore would take them along."""
    where = place()
    if isinstance(where, FilePlace) and not os.access(where.nearest(), os.W_OK, effective_ids=True):
        return to_do(
            f"{where.nearest()} cannot be written by this user: nobody can be erased.",
            f"Give the user that runs the site the right to write in {where.path.parent}.",
        )
    try:
        count = len(ledger.read().lines)
    except OSError as problem:
        return to_do(f"It cannot be read, so nobody can be erased: {problem}", "Look at ERASURE_LEDGER.")
    except ledger.Damaged as damage:
        return to_do(f"{where}: {damage}", "Take the newest copy of it that is whole, and find out who changed it.")
    return _judge(where, f"{where}, {count} lines")


def _judge(where: Place, words: str) -> Finding:
    """One volume is enough where backups carry the ledger away."""
    if not where.is_beside_the_database():
        return well(f"{words}.")
    together = "on the database's volume" if isinstance(where, FilePlace) else "on the database's server"
    if copied := backed_up_at():
        return well(f"{words}; {together}, but there is a backup of {moment_in_words(copied)}.")
    return to_do(
        f"{where} is {together}: one failure takes both.",
        "Name another place by ERASURE_LEDGER and move the old one there, or copy it elsewhere each day, "
        "as deploy/backup does.",
    )


def backed_up_at() -> dt.datetime | None:
    """Return when the last backup that was whole ended; None if none has, as far as is known."""
    with suppress(FileNotFoundError):
        return dt.datetime.fromtimestamp(Path(settings.LAST_BACKUP).stat().st_mtime, dt.UTC)
    return None
