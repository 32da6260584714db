"""A policy with a history, people who were told of it, and evidence unpacked as whoever gets it would unpack it."""

import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone

from accounts.models import User
from policies.notices.models import Delivery, Engagement
from policies.notices.models.answers import Answer
from policies.versions.models import PolicyVersion
from tests.making.notices import a_sending_notice, an_amendment
from tests.making.people import a_person


def url(page, number: str = "2.0") -> str:
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


@pytest.fixture
def ann(db) -> User:
    return a_person("ann@example.org", first_name="Ann", last_name="Archer")


@pytest.fixture
def ben(db) -> User:
    return a_person("ben@example.org", first_name="Ben", last_name="Baker")


@pytest.fixture
def told(privacy, ann, ben, editor) -> PolicyVersion:
    """Version 2.0, of which Ann and Ben were told; Ann has seen and acknowledged it. Version 1.0 stands before it."""
    notice = a_sending_notice(privacy, by=editor)
    now = timezone.now().replace(microsecond=0)
    people = Delivery.objects.filter(notice=notice, person__in=[ann, ben])
    people.update(state="sent", first_tried_at=now, settled_at=now, attempts=1, reply="250 ok")
    for kind in ("notified", "seen"):
        Engagement.objects.create(person=ann, version=notice.version, kind=kind, at=now)
    said = {"wording": "I have read it", "language": "en-gb", "where": "page", "digest": notice.version.digest}
    Answer.objects.create(person=ann, version=notice.version, kind="acknowledged", at=now, **said)
    Engagement.objects.create(person=ben, version=notice.version, kind="notified", at=now)
    return PolicyVersion.objects.get(pk=notice.version_id)


@pytest.fixture
def three(told, privacy) -> PolicyVersion:
    """Version 3.0 after that."""
    return an_amendment(privacy, "cookies are gone")


@pytest.fixture
def take(cms, tmp_path):
    """Take evidence in the CMS and unpack it: `take(version)`, `take(version, ann)`."""

    def taken(version, person: User | None = None, client=None) -> Unpacked:
        of = {"of": "person", "email": person.email} if person else {"of": "version"}
        answer = (client or cms).post(url(version.page, version.number), of)
        assert answer.status_code == 200 and answer["Content-Type"] == "application/zip", answer
        content = b"".join(answer.streaming_content)
        return Unpacked.of(content, tmp_path / f"unpacked-{len(list(tmp_path.iterdir()))}")

    return taken
