"""Compares two records, file by file and byte for byte once both are in their normal form."""

import difflib
from itertools import takewhile
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
    for name in sorted(before.keys() | after.keys()):
        if name not in before or name not in after:
            differing += 1
            print(f"\nONLY IN {'NEW' if name in after else 'OLD'}: {name}")
        elif shown := difference(before[name], after[name]):
            differing += 1
            print(f"\nDIFFERS: {name}")
            print("\n".join(shown[:lines]))
            if len(shown) > lines:
                print(f"  … {len(shown) - lines} lines more")
    print(f"\n{len(before.keys() | after.keys())} records compared, {differing} differ.")
    return 1 if differing or not before else 0


def names_in(folder: Path) -> dict[str, Path]:
    """The records by their names, which hold addresses and have a normal form as well."""
    return {normal(path.name): path for path in folder.iterdir()}


def difference(old: Path, new: Path) -> list[str]:
    first, second = (normal(path.read_bytes().decode("utf-8", "surrogateescape"), path.name) for path in (old, new))
    if first == second:
        return []
    shown = list(difflib.unified_diff(first.split("\n"), second.split("\n"), "old", "new", lineterm="", n=1))[2:]
    whole = ["", *shown, ""]
    return [plain(shortened(line, before, after)) for before, line, after in zip(whole, shown, whole[2:], strict=False)]


def plain(line: str) -> str:
    return line.encode("utf-8", "backslashreplace").decode()


def shortened(line: str, above: str, below: str) -> str:
    """A long line from a little before the place where it parts from the one it stands against."""
    if len(line) <= SHOWN:
        return line
    beside = above if line.startswith("+") else below
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(line[1:], beside[1:], strict=False)))
    start = max(same - SHOWN // 3, 0) if same > SHOWN // 2 else 0
    return f"{line[0]}{'…' if start else ''}{line[1 + start : SHOWN + start]}…"
