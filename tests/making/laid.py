"""A database as `manage.py migrate` lays it for a site of its own: laid once, and copied to each that wants one."""

import fcntl
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.metadata import distributions
from pathlib import Path

from tests.plum.starting import ROOT

FOLDER = ROOT / ".pytest_cache" / "d" / "laid"


def laid(name: str, lay: Callable[[Path], None]) -> Path:
    """Return a file that is to be copied, as the code of this checkout lays it.

    Args:
        name: what is laid; processes that ask for the same wait for whoever asked first.
        lay: writes the file at the given path.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{mark()}-{name}"
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            for older in FOLDER.glob(f"*-{name}"):
                older.unlink()
            beside = FOLDER / f"{name}.beside"
            lay(beside)
            beside.replace(file)
    return file


@cache
def mark() -> str:
    """Return another word for each state of our code, which lays triggers too, and of what is installed."""
    installed = sorted(f"{one.name} {one.version}" for one in distributions())
    digest = hashlib.sha256("\n".join(installed).encode())
    for room in ("plum", "home", "policies", "accounts"):
        for file in sorted((ROOT / room).rglob("*.py")):
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()[:16]
