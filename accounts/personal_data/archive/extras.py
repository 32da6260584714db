"""What other apps put into the archive beside the rows: each adds its own from `AppConfig.ready()`."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from accounts.values.person import Person


@dataclass(frozen=True, slots=True)
class ExtraFile:
    """A file for the archive.

    Args:
        path: such as "policies/privacy-1.0.txt". Other letters than A-Z, a-z, 0-9, dot, hyphen and underline are
            replaced; where the path is taken, a number is added.
        content: text, or the bytes of what is not text.
        about: one line for README.txt: what it is.
    """

    path: str
    content: str | bytes
    about: str


Extra = Callable[[Person], Iterable[ExtraFile]]

_extras: Final[list[Extra]] = []


def add_extra(extra: Extra) -> Extra:
    """Have a function asked for files about a person. It may read the database: all is read at one moment."""
    _extras.append(extra)
    return extra


def extras() -> tuple[Extra, ...]:
    return tuple(_extras)


def safe_path(path: str) -> str:
    """Return a path that means the same on every system and leads nowhere else."""
    parts = (re.sub(r"[^A-Za-z0-9._-]+", "_", part).strip(".") for part in re.split(r"[/\\]", path))
    return "/".join(part for part in parts if part) or "file"


def free_path(path: str, taken: set[str]) -> str:
    """Return the path, with a number if it is taken by one that differs in capitals at most."""
    path = safe_path(path)
    stem, dot, ending = path.rpartition(".")
    number = 1
    candidate = path
    while candidate.lower() in taken:
        number += 1
        candidate = f"{stem}-{number}.{ending}" if dot else f"{path}-{number}"
    taken.add(candidate.lower())
    return candidate
