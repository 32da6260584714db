"""Compares two records, file by file and byte for byte once both are in their normal form."""

import difflib
from itertools import pairwise, takewhile
from pathlib import Path

from .sameness import normal

SHOWN = 240


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
            print("\n".join(shown[:lines]))
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
    shown = list(difflib.unified_diff(before.split("\n"), after.split("\n"), "old", "new", lineterm="", n=1))[2:]
    return [
        shortened(line, beside).encode("utf-8", "backslashreplace").decode() for line, beside in pairwise([*shown, ""])
    ]


def shortened(line: str, beside: str) -> str:
    """A long line from a little before the place where it parts from the next one."""
    if len(line) <= SHOWN:
        return line
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(line[1:], beside[1:], strict=False)))
    start = max(same - SHOWN // 3, 0) if same > SHOWN // 2 else 0
    return f"{line[0]}{'…' if start else ''}{line[1 + start : SHOWN + start]}…"
