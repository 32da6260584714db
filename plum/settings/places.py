"""Where data are kept: folders of this machine, or a bucket that several machines share."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from plum.settings import shapes
from plum.settings.environment import BASE_DIR, read, refuse

VAR_DIR = read(
    "VAR_DIR", shapes.folder, "/srv/plum (a folder for data: database, uploads, built files)", str(BASE_DIR / "var")
)
STATIC_URL = "/static/"
STATIC_ROOT = read(
    "STATIC_ROOT", Path, "/srv/plum/static (a folder for what collectstatic builds)", str(VAR_DIR / "static")
)
STATICFILES_DIRS = [BASE_DIR / "plum" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"

MEDIA_STORE = read(
    "MEDIA_STORE",
    lambda text: shapes.bucket(text) if text else {},
    "s3://bucket/folder?region=eu-west-2 (nothing: folders below VAR_DIR)",
    "",
)
if MEDIA_STORE and not find_spec("storages"):
    refuse(
        "MEDIA_STORE", "is set, but django-storages is not installed", "`pip install django-storages[s3]`, or nothing"
    )


def _kept(folder: str, **options: object) -> dict[str, Any]:
    """Return where one kind of files is kept: in a folder of the bucket, where there is one, or of this machine."""
    if MEDIA_STORE:
        location = "/".join(part for part in (MEDIA_STORE["location"], folder) if part)
        return {"BACKEND": "home.operations.bucket.Bucket", "OPTIONS": {**MEDIA_STORE, "location": location}}
    return {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}


STORAGES = {
    "default": _kept("media"),
    # Files with rights requests: outside of what a web server serves.
    "private": _kept(
        "private", location=VAR_DIR / "private", file_permissions_mode=0o600, directory_permissions_mode=0o700
    ),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# A file, or a database of its own: no restore of the site's database may forget who was erased.
ERASURE_LEDGER = read(
    "ERASURE_LEDGER",
    shapes.ledger,
    "/srv/plum-ledger/erasures.jsonl, or for several machines postgres://user:password@host:5432/plum_ledger",
    str(VAR_DIR / "erasures.jsonl"),
)
# Its time of change is that of the last backup that was whole.
LAST_BACKUP = read("LAST_BACKUP", Path, "/srv/plum/last-backup (touched by a backup)", str(VAR_DIR / "last-backup"))
