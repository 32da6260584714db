"""What a backup is: a folder with a few files, their checksums, and a page about itself."""

import datetime as dt
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

TOP: Final = Path(__file__).resolve().parents[2]
DUMP, SQLITE, FILES = "database.dump", "database.sqlite3", "files.tar"
LEDGER, SETTINGS, ABOUT, SUMS = "erasures.jsonl", "plum.env", "about.json", "SHA256SUMS"
NAME: Final = "plum-%Y%m%dT%H%M%S.%fZ"
PREFIX: Final = "plum-"
PART: Final = ".part"
CHUNK: Final = 1024 * 1024


class NotDone(Exception):
    """Something stands in the way; the words say what, and what to do."""


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself. `key` is a keyed hash: it shows whether a key is the same, and not which."""

    made: str
    site: str
    database: str
    key: str

    @classmethod
    def now(cls) -> "About":
        made = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        kind = "postgresql" if is_postgresql() else "sqlite"
        return cls(made, str(settings.SITE_URL), kind, fingerprint(settings.SECRET_KEY))

    @classmethod
    def read(cls, folder: Path) -> "About":
        return cls(**json.loads((folder / ABOUT).read_text()))

    def write(self, folder: Path) -> None:
        (folder / ABOUT).write_text(json.dumps(asdict(self), indent=1) + "\n")


def is_postgresql() -> bool:
    return str(settings.DATABASES["default"]["ENGINE"]).endswith("postgresql")


def fingerprint(key: str) -> str:
    return hmac.new(key.encode(), b"plum backup", hashlib.sha256).hexdigest()[:16]


def folders_of_files() -> Iterator[tuple[str, Path]]:
    """Yield what people brought in, by its name in a backup. What lies in an object store is not ours to copy."""
    for name, storage in (("media", "default"), ("private", "private")):
        kind: Any = settings.STORAGES[storage]
        if kind["BACKEND"].endswith("FileSystemStorage"):
            yield name, Path(kind.get("OPTIONS", {}).get("location") or settings.MEDIA_ROOT)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path) -> None:
    lines = [f"{digest(path)}  {path.name}\n" for path in sorted(folder.iterdir())]
    (folder / SUMS).write_text("".join(lines))


def check_sums(folder: Path) -> None:
    """Compare every file with its checksum.

    Raises:
        NotDone: one is missing or another, or this is no backup.
    """
    if not (folder / SUMS).is_file():
        raise NotDone(f"{folder} is no whole backup: there is no {SUMS} in it. Take another one.")
    for line in (folder / SUMS).read_text().splitlines():
        wanted, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file() or digest(path) != wanted:
            raise NotDone(f"{path} is not what was written: it is missing, half or altered. Take another backup.")


def sync(folder: Path) -> None:
    """Wait until the disk has what lies in a folder."""
    for path in (*folder.iterdir(), folder):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
