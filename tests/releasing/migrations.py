"""Migrations that were released are never edited: databases have run them, and will not run them again."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

TOP = Path(__file__).parents[2]
RELEASED = TOP / "tests" / "released"
NAME = "migrations.json"
PACKAGES = ("accounts", "home", "policies")


def digests(top: Path = TOP) -> dict[str, str]:
    """Return the digest of every migration, by its path."""
    files = [path for package in PACKAGES for path in (top / package).rglob("migrations/[0-9]*.py")]
    return {str(path.relative_to(top)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(files)}


def write(release: Path, top: Path = TOP) -> None:
    release.mkdir(parents=True)
    (release / NAME).write_text(json.dumps(digests(top), indent=1) + "\n")


def edited(release: Path, top: Path = TOP) -> Iterator[str]:
    """Yield the migrations of a release that are gone or are not what was released."""
    now = digests(top)
    for path, digest in json.loads((release / NAME).read_text()).items():
        if now.get(path) != digest:
            yield path


def releases(folder: Path = RELEASED) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())
