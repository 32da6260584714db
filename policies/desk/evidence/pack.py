"""Packs the evidence: what can still change is read at once, the rest while it is sent, and nothing is stored."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from accounts.personal_data.archive.kept_in_memory import KeptBytes
from accounts.personal_data.archive.zipping import File, in_pieces, zipped
from accounts.personal_data.collecting import let_go_of_the_database, one_moment
from policies.desk.evidence.change import change_in
from policies.desk.evidence.deeds import log_of, standing_of
from policies.desk.evidence.person import person_and
from policies.desk.evidence.proof import proof_of
from policies.desk.evidence.reached import figures_of, notices_of
from policies.desk.evidence.readme import readme
from policies.versions.evidence import EvidenceFile, evidence_of, evidence_of_person
from policies.versions.history import History
from policies.versions.models import PolicyVersion

FORMAT = "policy-evidence/1"
MANIFEST, SUMS, README = "manifest.json", "SHA256SUMS", "README.txt"


@dataclass(frozen=True, slots=True)
class Pack:
    """A ZIP with the evidence of a version, or of a person and a version; not written yet."""

    version: PolicyVersion
    files: list[File]
    made_at: dt.datetime
    about: str
    is_of_person: bool

    @property
    def name(self) -> str:
        """Such as "privacy-2.0-evidence.zip". Nobody's name or address is in it."""
        of = "-of-a-person" if self.is_of_person else ""
        return f"{self.version.slug}-{self.version.number}-evidence{of}.zip"

    def pieces(self) -> Iterator[bytes]:
        """Write it. Every file carries the time of the announcement: only the manifest says when it was made."""
        let_go_of_the_database()
        head: dict[str, object] = {
            "format": FORMAT,
            "site": settings.SITE_URL,
            "policy": self.version.slug,
            "number": self.version.number,
            "about": self.about,
            "made_at": self.made_at.isoformat(),
        }
        moment = timezone.localtime(self.version.announced_at).timetuple()
        yield from zipped(self.files, head, moment, MANIFEST, SUMS)


def pack_of(version: PolicyVersion) -> Pack:
    """Read what can still change about a version, at one moment.

    Raises:
        DatabaseError: the database failed; there is no pack then.
    """
    about = f"{version.title}, version {version.number}"
    with one_moment():
        history = _history(version)
        amended = history.before(version)
        entry = history.of(version)
        added = [
            *standing_of(entry.version, entry),
            *notices_of(version),
            *figures_of(version),
            *log_of(version, history),
            *evidence_of(version),
        ]
        files = [*proof_of(version), *change_in(version, amended), *_kept(added)]
    return _pack(version, files, about, is_of_person=False)


def pack_of_person(version: PolicyVersion, person: User) -> Pack:
    """Read what is held about a person and a version, at one moment. Nothing about anybody else is in it.

    Raises:
        DatabaseError: the database failed; there is no pack then.
    """
    about = f"{person.email} and {version.title}, version {version.number}"
    with one_moment():
        added = [*person_and(version, person), *evidence_of_person(version, person)]
        files = [*_kept(added), *proof_of(version), *change_in(version, _history(version).before(version))]
    return _pack(version, files, about, is_of_person=True)


def _history(version: PolicyVersion) -> History:
    versions = PolicyVersion.objects.outline().filter(page=version.page_id)
    return History(versions.select_related("announced_by", "withdrawn_by"), on=timezone.localdate())


def _kept(added: Iterable[EvidenceFile]) -> Iterator[File]:
    for file in added:
        content = file.content.encode() if isinstance(file.content, str) else file.content
        yield File(file.path, file.about, KeptBytes(content).pieces)


def _pack(version: PolicyVersion, files: list[File], about: str, *, is_of_person: bool) -> Pack:
    made_at = timezone.now().replace(microsecond=0)
    lines = readme(about, files)
    files = [File(README, "this text", lambda: in_pieces(lines)), *files]
    return Pack(version, files, made_at, about, is_of_person)
