"""A Maildir into which a mail server of the test puts what comes back."""

from itertools import count
from pathlib import Path


class Maildir:
    """A Maildir as a mail server sees it, and what has become of the mails in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._number = count(1)
        for name in ("new", "cur", "tmp"):
            (folder / name).mkdir(parents=True)

    def drop(self, raw: bytes, name: str = "") -> str:
        name = name or f"17000000{next(self._number):02d}.M1P1.mx"
        (self.folder / "new" / name).write_bytes(raw)
        return name

    def flags(self) -> list[str]:
        """Of all mails, in the order in which they came: "new", or their flags."""
        found = sorted([*(self.folder / "new").iterdir(), *(self.folder / "cur").iterdir()], key=lambda path: path.name)
        return ["new" if path.parent.name == "new" else path.name.partition(":2,")[2] for path in found]
