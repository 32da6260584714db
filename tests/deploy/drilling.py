"""A site of production's settings, in processes of its own, to be backed up, lost and restored."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg

from tests.plum.starting import RIGHT

TOP = Path(__file__).parents[2]
SERVER = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/plum").rpartition("/")[0]
KEY = RIGHT["SECRET_KEY"]

CLOSE = """
from accounts.flows.closing import ask_to_close
from accounts.models import User
ask_to_close(User.objects.get(email="ann@example.org"))
"""
WHO = "from accounts.models import User; print(*User.objects.order_by('email').values_list('email', flat=True))"


@dataclass(frozen=True)
class Place:
    """A machine: its database, its folders, its settings."""

    folder: Path
    database: str
    key: str = KEY
    more: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        ours = {
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "plum.settings.production",
            "SECRET_KEY": self.key,
            "EMAIL_URL": "dummymail://",
            "DATABASE_URL": self.database,
            "VAR_DIR": str(self.folder),
            "ERASURE_LEDGER": str(self.ledger),
            "CLOSING_COOLING_OFF_DAYS": "0",
            "PLUM_ENV": str(self.folder / "plum.env"),
        }
        return RIGHT | ours | self.more

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger" / "erasures.jsonl"

    @property
    def backups(self) -> list[Path]:
        return sorted((self.folder / "backups").iterdir())

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=TOP, env=self.env, capture_output=True, text=True, check=False)

    def manage(self, *arguments: str) -> str:
        done = self.run(sys.executable, "manage.py", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def back_up(self, *options: str) -> Path:
        done = self.run("deploy/backup", self.folder / "backups", *options)
        assert done.returncode == 0, done.stderr
        return Path(done.stdout.strip())

    def restore(self, backup: Path, *options: str) -> subprocess.CompletedProcess[str]:
        return self.run("deploy/restore", backup, *options)

    def who(self) -> str:
        return self.manage("shell", "-v", "0", "-c", WHO).strip()

    def refusal(self, backup: Path, *options: str) -> str:
        """Return the words in which a restore was refused; there is only one line of them."""
        done = self.restore(backup, *options)
        assert done.returncode == 1, done.stdout
        assert done.stderr.count("\n") == 1, done.stderr
        return done.stderr.strip()


@contextmanager
def new_database(kind: str, folder: Path) -> Iterator[str]:
    """An empty database, by its address."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'plum.sqlite3'}"
        return
    name = f"plum_drill_{secrets.token_hex(4)}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def new_place(kind: str, folder: Path, **fields: object) -> Iterator[Place]:
    (folder / "backups").mkdir(parents=True)
    with new_database(kind, folder) as database:
        yield replace(Place(folder, database), **fields)
