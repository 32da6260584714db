"""`python -m tests.releasing`: looks whether a release may be cut, and lays what it leaves behind. It tags nothing.

The version is the one in pyproject.toml. It ends with 1 and a list where something is missing.
"""

# ruff: noqa: T201

import gzip
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.releasing.databases import KINDS
from tests.releasing.migrations import RELEASED, TOP, edited, releases, write
from tests.releasing.upgrading import demo_dump


def version() -> str:
    return str(tomllib.loads((TOP / "pyproject.toml").read_text())["project"]["version"])


def objections(new: str) -> Iterator[str]:
    """Yield what stands against a release, in words."""
    if said(["git", "status", "--porcelain", "--untracked-files=no"]):
        yield "There are changes that are not committed."
    if said(["git", "tag", "--list", f"v{new}"]) or (RELEASED / new).exists():
        yield f"{new} was released already: raise the version in pyproject.toml."
    if f"## {new} " not in (TOP / "CHANGELOG.md").read_text():
        yield f"CHANGELOG.md has no “## {new} – <day>”: what is under “Unreleased” goes there."
    for release in releases():
        for path in edited(release):
            yield f"{path} was edited since {release.name}: make a migration of its own instead."


def said(command: list[str]) -> str:
    return subprocess.run(command, cwd=TOP, capture_output=True, text=True, check=True).stdout.strip()


def lay(release: Path) -> None:
    """Write the digests of the migrations and the dumps of the demo site; nothing if one of them cannot be made."""
    with tempfile.TemporaryDirectory() as folder:
        dumps = {database.file: demo_dump(kind, Path(folder, kind)) for kind, database in KINDS.items()}
    write(release)
    for name, dumped in dumps.items():
        (release / name).write_bytes(gzip.compress(dumped, mtime=0))


def main() -> int:
    new = version()
    found = list(objections(new))
    for one in found:
        print(f"- {one}", file=sys.stderr)
    if found or os.environ.get("LOOK_ONLY"):
        return bool(found)
    lay(RELEASED / new)
    print(f"{RELEASED / new} is laid. Run `make test`, commit it, then: git tag -a v{new} -m 'Plum {new}'")
    return 0


if __name__ == "__main__":
    sys.exit(main())
