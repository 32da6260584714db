"""`deploy/restore BACKUP`: a backup into an empty place, and whatever has to follow before the site is opened."""

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path, PurePosixPath

from django.conf import settings

from accounts.personal_data.ledger_places import place
from deploy.keeping import databases
from deploy.keeping.parts import FILES, LEDGER, TOP, About, NotDone, check_sums, fingerprint, folders_of_files

# In this order; what fails ends it, so that nobody opens a site that is not as it was.
AFTERWARDS = (
    ["migrate", "--verbosity", "0"],
    ["check", "--database", "default"],
    ["verify_policies"],
    ["reapply_erasures"],
)


def look(backup: Path, *, other_key: bool, old_ledger: bool) -> None:
    """Make sure that the backup is whole and belongs here, and that nothing is in the way.

    Raises:
        NotDone: it is not so; nothing was done.
    """
    check_sums(backup)
    look_at_key(About.read(backup), other_key=other_key)
    if not databases.is_empty():
        raise NotDone(
            "The database is not empty. A backup is only put into an empty one: make one, and set DATABASE_URL."
        )
    for _, folder in folders_of_files():
        if folder.is_dir() and any(folder.iterdir()):
            raise NotDone(f"{folder} is not empty. Move what is in it away.")
    look_at_ledger(backup, old_ledger=old_ledger)


def look_at_key(about: About, *, other_key: bool) -> None:
    known = {fingerprint(str(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}
    if about.key not in known and not other_key:
        raise NotDone(
            f"SECRET_KEY is another than that of {about.site} when the backup was made. With the wrong one, links in "
            "mails lead nowhere and the ledger of erasures recognises nobody. Put the old key into SECRET_KEY or "
            "SECRET_KEY_FALLBACKS. If it is lost for good, say --other-key."
        )


def look_at_ledger(backup: Path, *, old_ledger: bool) -> None:
    """The ledger here is newer than the one in a backup, and is never written over.

    Raises:
        NotDone: it is gone, or is another.
    """
    there = backup / LEDGER
    try:
        lines = place().read()
    except OSError as problem:
        raise NotDone(f"The ledger of erasures cannot be read: {problem}") from problem
    if lines is not None:
        if there.exists() and not lines.startswith(there.read_bytes()):
            raise NotDone(
                f"{place()} does not begin as the backup's copy of it: one of the two is another site's, or altered."
            )
        return
    if there.exists() and not old_ledger:
        raise NotDone(
            f"There is no ledger of erasures at {place()}. Put its newest copy there, or set ERASURE_LEDGER to where "
            "it is. If it is lost, say --old-ledger to take the backup's: whoever was erased after it will be back."
        )


def put_back(backup: Path) -> None:
    """Fill database, files and, where it is gone, the ledger.

    Raises:
        NotDone: the database could not be filled; it is empty then.
    """
    databases.put_back(backup)
    with tarfile.open(backup / FILES) as archive:
        for name, folder in folders_of_files():
            unpack(archive, name, folder)
    if (backup / LEDGER).exists():
        with place().adding() as opened:
            if not opened.content:
                opened.add((backup / LEDGER).read_bytes())


def unpack(archive: tarfile.TarFile, name: str, folder: Path) -> None:
    """Write what lies in a folder of an archive into another one: files and folders, and nothing outside of it.

    By hand, since Debian 12 has Python 3.11.2, whose tarfile knows no filters.
    """
    for one in archive:
        first, *inside = PurePosixPath(one.name).parts
        if first != name or ".." in inside:
            continue
        target = folder.joinpath(*inside)
        if one.isdir():
            target.mkdir(parents=True, exist_ok=True)
        elif (one.isfile() or one.islnk()) and (content := archive.extractfile(one)):
            target.parent.mkdir(parents=True, exist_ok=True)
            with content, target.open("wb") as file:
                shutil.copyfileobj(content, file)
            os.utime(target, (one.mtime, one.mtime))


def finish(*, with_doctor: bool) -> None:
    """Run the commands that belong to a restore.

    Raises:
        NotDone: one failed; the database and files are back, and the site is not to be opened.
    """
    for command in AFTERWARDS:
        print(f"manage.py {' '.join(command)}", flush=True)
        if run(command):
            raise NotDone(f"`manage.py {' '.join(command)}` failed. Do not open the site before it ends well.")
    if with_doctor:
        print("manage.py doctor", flush=True)
        run(["doctor"])  # what only a running site can do well is no reason to stop


def run(command: list[str]) -> int:
    return subprocess.run([sys.executable, TOP / "manage.py", *command], check=False).returncode  # noqa: S603


def main() -> str | None:
    parser = argparse.ArgumentParser(prog="deploy/restore", description=__doc__)
    parser.add_argument("backup", type=Path, help="the folder of one backup")
    parser.add_argument("--other-key", action="store_true", help="the SECRET_KEY of the backup is lost")
    parser.add_argument("--old-ledger", action="store_true", help="the ledger is lost, but for the backup's copy")
    parser.add_argument("--without-doctor", action="store_true", help="who calls this asks it later")
    asked = parser.parse_args()
    os.umask(0o027)
    try:
        look(asked.backup, other_key=asked.other_key, old_ledger=asked.old_ledger)
        put_back(asked.backup)
        finish(with_doctor=not asked.without_doctor)
    except NotDone as problem:
        return str(problem)
    print("Restored. The site may be opened.")
    return None


if __name__ == "__main__":
    sys.exit(main())
