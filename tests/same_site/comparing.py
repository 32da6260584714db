"""Compares two records, file by file and byte for byte once both are in their normal form."""

import difflib
from pathlib import Path

from .sameness import normal


def compare(old: Path, new: Path, lines: int) -> int:
    """Print what differs, at most so many lines for each record.

    Returns:
        0 when nothing differs, else 1.
    """
    before, after = names_in(old), names_in(new)
    differing = 0
    for name in sorted(before | after):
        if name not in before or name not in after:
            differing += 1
            print(f"\nONLY IN {'NEW' if name in after else 'OLD'}: {name}")
        elif shown := difference(old / name, new / name):
            differing += 1
            print(f"\nDIFFERS: {name}")
            print("\n".join(line[:300] for line in shown[:lines]))
            if len(shown) > lines:
                print(f"  … {len(shown) - lines} lines more")
    print(f"\n{len(before | after)} records compared, {differing} differ.")
    return 1 if differing or not before else 0


def names_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def difference(old: Path, new: Path) -> list[str]:
    before, after = (normal(path.read_bytes().decode("utf-8", "surrogateescape")) for path in (old, new))
    if before == after:
        return []
    shown = list(difflib.unified_diff(before.split("\n"), after.split("\n"), "old", "new", lineterm="", n=1))
    return [line.encode("utf-8", "backslashreplace").decode() for line in shown[2:]]
