"""Evidence unpacked as whoever gets it would unpack it, and checked by its own program."""

import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile


def address_of_evidence(page, number: str = "2.0") -> str:
    return f"/cms/policies/{page.pk}/versions/{number}/evidence/"


@dataclass
class Unpacked:
    """The files of a ZIP in an empty folder."""

    folder: Path

    @classmethod
    def of(cls, content: bytes, folder: Path) -> "Unpacked":
        folder.mkdir()
        archive = ZipFile(io.BytesIO(content))
        assert archive.testzip() is None
        archive.extractall(folder)
        return cls(folder)

    @property
    def names(self) -> list[str]:
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in files)

    def text(self, name: str) -> str:
        return (self.folder / name).read_bytes().decode()

    def json(self, name: str):
        return json.loads(self.text(name))

    @property
    def all(self) -> str:
        return "\n".join(self.text(name) for name in self.names)

    def write(self, name: str, content: str) -> None:
        (self.folder / name).write_bytes(content.encode())

    def put_sums_right(self) -> None:
        """What somebody would do who changes a fact and hides it."""
        names = [line[66:] for line in self.text("SHA256SUMS").splitlines()]
        sums = (hashlib.sha256((self.folder / name).read_bytes()).hexdigest() for name in names)
        self.write("SHA256SUMS", "".join(f"{digest}  {name}\n" for digest, name in zip(sums, names, strict=True)))

    def check(self) -> tuple[int, str]:
        """Run check.py in a Python that knows nothing of this site."""
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-B", "check.py"],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout + done.stderr
