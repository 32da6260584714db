"""`deploy/backup FOLDER`: database, files, ledger and settings, each night, while the site goes on."""

import argparse
import datetime as dt
import fcntl
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from accounts.personal_data.ledger_places import place
from deploy.keeping import databases
from deploy.keeping.parts import (
    FILES,
    LEDGER,
    NAME,
    PART,
    PREFIX,
    SETTINGS,
    About,
    NotDone,
    folders_of_files,
    sync,
    write_sums,
)
from deploy.keeping.secrets import settings_file, without_secrets


def back_up(into: Path, *, with_key: bool) -> Path:
    """Make a backup and return its folder. What is not whole never bears the name of one.

    Raises:
        NotDone: something could not be copied; nothing is left of it.
    """
    done = into / dt.datetime.now(dt.UTC).strftime(NAME)
    part = done.with_name(done.name + PART)
    try:
        part.mkdir(mode=0o700)
        copy_all(part, with_key=with_key)
        write_sums(part)
        sync(part)
        part.rename(done)
    except OSError as problem:
        raise NotDone(f"{problem.strerror}: {problem.filename}. No backup was made.") from problem
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return done


def copy_all(part: Path, *, with_key: bool) -> None:
    """Copy everything, in an order in which nothing is missed.

    Files after the rows that name them, and the ledger last: who is erased meanwhile stands in it, and is erased again.
    """
    databases.copy(part)
    with tarfile.open(part / FILES, "w") as archive:
        for name, folder in folders_of_files():
            if folder.is_dir():
                archive.add(folder, name)
    if found := settings_file():
        text = found.read_text()
        (part / SETTINGS).write_text(text if with_key else without_secrets(text))
    copy_ledger(part)
    About.now().write(part)


def copy_ledger(part: Path) -> None:
    """Copy the ledger while nobody adds to it."""
    lines = place().read()
    if lines is not None:
        (part / LEDGER).write_bytes(lines)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other backups out of a folder.

    Raises:
        NotDone: one is being made there, or there is no such folder.
    """
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as problem:
        raise NotDone(f"{folder}: {problem.strerror}") from problem
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise NotDone(f"Another backup is being made in {folder}.") from None
    finally:
        os.close(handle)


def rotate(folder: Path, keep: int) -> list[Path]:
    """Delete all but the newest backups, and what a killed one has left. Return what was deleted."""
    found = sorted(path for path in folder.glob(f"{PREFIX}*") if path.is_dir())
    whole = [path for path in found if path.suffix != PART]
    old = [*whole[: max(0, len(whole) - keep)], *(path for path in found if path.suffix == PART)]
    for path in old:
        shutil.rmtree(path)
    return old


def bring_away(command: str, folder: Path) -> None:
    """Hand a backup to the operator's own command, as its $1.

    Raises:
        NotDone: the command failed.
    """
    done = subprocess.run(["/bin/sh", "-c", command, "sh", str(folder)], check=False)  # noqa: S603
    if done.returncode:
        raise NotDone(f"The backup is whole, but was not brought away: `{command}` ended with {done.returncode}.")


def main() -> str | None:
    parser = argparse.ArgumentParser(prog="deploy/backup", description=__doc__)
    parser.add_argument("folder", type=Path, help="where backups lie; each gets a folder of its own")
    parser.add_argument("--keep", type=int, default=int(os.environ.get("BACKUP_KEEP", "14")), help="how many stay")
    parser.add_argument(
        "--with-key", action="store_true", help="with the settings' keys and passwords: keep it locked away"
    )
    parser.add_argument("--then", default=os.environ.get("BACKUP_THEN", ""), metavar="COMMAND",
                        help="a command that brings it elsewhere; its $1 is the new folder")  # fmt: skip
    asked = parser.parse_args([*os.environ.get("BACKUP_OPTIONS", "").split(), *sys.argv[1:]])
    os.umask(0o077)
    try:
        with alone(asked.folder):
            made = back_up(asked.folder, with_key=asked.with_key)
            rotate(asked.folder, max(1, asked.keep))
        print(made)
        if asked.then:
            bring_away(asked.then, made)
    except NotDone as problem:
        return str(problem)
    settings.LAST_BACKUP.touch()
    return None


if __name__ == "__main__":
    sys.exit(main())
