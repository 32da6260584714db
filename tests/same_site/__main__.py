"""The command: records both checkouts, each in a process of its own, and prints where they differ."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from .comparing import compare
from .sameness import ALLOWANCES, NORMALISED

TESTS = Path(__file__).resolve().parent.parent
RECORD = "import sys; sys.path[:0] = sys.argv[1:3]; from same_site.recording import main; main(sys.argv[3])"
# Of the environment only what Python needs: what a deployer may have set here must not colour the record.
KEPT = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.same_site", description=main.__doc__)
    parser.add_argument("old", type=Path, help="a checkout of the site as it was")
    parser.add_argument("new", type=Path, help="a checkout of the site as it is")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the two records there, as old/ and new/")
    parser.add_argument("--reuse-old", action="store_true", help="compare with the record that --keep left before")
    parser.add_argument("--lines", type=int, default=12, help="lines of difference shown for each record (12)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="same-site-") as folder:
        base = (options.keep or Path(folder)).resolve()
        runs = []
        if not (options.reuse_old and (base / "old/record").exists()):
            runs.append(record(options.old, base / "old"))
        runs.append(record(options.new, base / "new"))
        ended = [run.wait() for run in runs]
        if any(ended):
            sys.exit("A checkout could not be recorded; its own words are above.")
        say_what_is_passed_over()
        sys.exit(compare(base / "old/record", base / "new/record", options.lines))


def record(checkout: Path, into: Path) -> "subprocess.Popen[bytes]":
    """Start to record a checkout into an empty folder, with its database, mail and files in there, too."""
    if into.exists() and any(into.iterdir()):
        remove_record(into)
    into.mkdir(parents=True, exist_ok=True)
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.Popen(
        [sys.executable, "-c", RECORD, str(checkout.resolve()), str(TESTS), str(into)],
        cwd=checkout,
        env=environment | {"TZ": "UTC", "PYTHONHASHSEED": "0", "COLUMNS": "100", "PYTHONDONTWRITEBYTECODE": "1"},
    )


def remove_record(folder: Path) -> None:
    """Empty a folder of an earlier record, and no other."""
    if not (folder / "record").is_dir():
        sys.exit(f"{folder} holds something else than a record. Name another folder with --keep.")
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def say_what_is_passed_over() -> None:
    print("Not compared, being random by nature:")
    for rule in NORMALISED:
        print(f"  {rule.name}: {rule.reason}")
    print("Allowed to differ:")
    for rule in ALLOWANCES:
        print(f"  {rule.name}: {rule.reason}")


main()
