"""What stands on this machine: built files, folders, space, time zones, and the last backup."""

import datetime as dt
import json
import os
import shutil
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils import timezone

from accounts.examining import Finding, not_asked, to_do, well
from accounts.personal_data.examining import backed_up_at
from accounts.values.wording import moment_in_words

MEGABYTE = 1_000_000
LEAST_SPACE = 500 * MEGABYTE
# A backup each night, of which one may fail.
BACKUP_PATIENCE = dt.timedelta(hours=49)
COLLECT = "Run `manage.py collectstatic --noinput`, and start the web server again."


def look_at_static_files() -> Finding:
    """Look whether all files that the manifest names are there: without one, every page is an error."""
    if not isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        return not_asked("These settings build none.")
    root = Path(staticfiles_storage.location)
    try:
        names = json.loads((root / staticfiles_storage.manifest_name).read_text())["paths"]
    except FileNotFoundError:
        return to_do(f"None were built into {root}: every page is an error.", COLLECT)
    if missing := [name for name in names.values() if not (root / name).is_file()]:
        return to_do(f"{len(missing)} of {len(names)} are missing in {root}, first {missing[0]}.", COLLECT)
    if missing := [name for name in _wanted() if name not in names]:
        return to_do(f"{len(missing)} of this release were not built, first {missing[0]}.", COLLECT)
    return well(f"{len(names)} in {root}.")


def _wanted() -> list[str]:
    """Return our own files; those of the libraries came by the same command."""
    files = [(Path(ours), path) for ours in settings.STATICFILES_DIRS for path in sorted(Path(ours).rglob("*"))]
    return [str(path.relative_to(ours)) for ours, path in files if path.is_file()]


def look_at_folders() -> Finding:
    """Look whether this user may write where uploads and data go."""
    folders = [Path(settings.VAR_DIR)]
    for name in ("default", "private"):
        storage = storages[name]
        if isinstance(storage, FileSystemStorage):
            folders.append(Path(storage.location))
    wrong = [folder for folder in folders if not os.access(_nearest(folder), os.W_OK | os.X_OK, effective_ids=True)]
    if wrong:
        names = ", ".join(str(folder) for folder in wrong)
        return to_do(
            f"The user {os.geteuid()} of this process may not write in {names}.",
            "Give them to the user that runs the site: `chown -R plum: FOLDER`. Run the doctor as that user, too.",
        )
    return well(f"{', '.join(str(folder) for folder in folders)} can be written.")


def look_at_bucket() -> Finding:
    """Look whether what people bring in can be written into the bucket, read again, and deleted."""
    if not settings.MEDIA_STORE:
        return not_asked("Files are in folders of this machine.")
    for name in ("default", "private"):
        try:
            _try_out(storages[name])
        except Exception as problem:  # boto3's are many, and not all OSErrors
            return to_do(
                f"{settings.MEDIA_STORE['bucket_name']} cannot be used: {problem}",
                "Look at MEDIA_STORE, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. The site has to list, get, put and "
                "delete objects there, and nobody else should.",
            )
    return well(f"Files are in {settings.MEDIA_STORE['bucket_name']}, and can be written, read and deleted.")


def _try_out(storage: Storage) -> None:
    """Write, read and delete.

    Raises:
        OSError: what was read is not what was written.
    """
    name = storage.save("doctor/plum.txt", ContentFile(b"Plum"))
    try:
        with storage.open(name) as file:
            if file.read() != b"Plum":
                raise OSError("what was written does not come back")
    finally:
        storage.delete(name)


def _nearest(folder: Path) -> Path:
    # Not Path.exists(), which fails where one may not look.
    return next(one for one in (folder, *folder.absolute().parents) if os.path.exists(one))


def free_space() -> int:
    """Return how many bytes are left where uploads go."""
    return shutil.disk_usage(_nearest(Path(settings.VAR_DIR))).free


def look_at_space() -> Finding:
    free = free_space()
    if free < LEAST_SPACE:
        return to_do(
            f"Only {free // MEGABYTE} MB are left at {settings.VAR_DIR}.",
            "Make room, or give the volume more: once it is full, nothing can be uploaded and no erasure is recorded.",
        )
    return well(f"{free // MEGABYTE:,} MB are left at {settings.VAR_DIR}.")


def look_at_time_zones() -> Finding:
    try:
        ZoneInfo(settings.TIME_ZONE)
    except ZoneInfoNotFoundError:
        return to_do(
            f"This machine does not know the time zone {settings.TIME_ZONE}: no day begins rightly.",
            "Install the data: `apt install tzdata`.",
        )
    return well(f"{settings.TIME_ZONE} is known.")


def look_at_backup() -> Finding:
    """Look when the last backup that was whole ended; it leaves a mark."""
    how = "Run deploy/backup each night, or have yours end with `touch` on that file, once all is written."
    at = backed_up_at()
    if at is None:
        return to_do(f"None is known of: there is no {settings.LAST_BACKUP}.", how)
    if timezone.now() - at > BACKUP_PATIENCE:
        return to_do(f"The last one is of {moment_in_words(at)}.", how)
    return well(f"The last one is of {moment_in_words(at)}.")
