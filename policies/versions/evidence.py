"""What rooms above this one can put into the evidence of a version: each adds its own from `AppConfig.ready()`.

Two kinds of evidence are kept apart: what shows how a version came to be and whom it reached, in figures; and what
shows it of one person, in which nothing about anybody else may stand.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from accounts.models import User
from policies.versions.models import PolicyVersion


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file of the evidence.

    Args:
        path: such as "approvals.json".
        content: text, or the bytes of what is not text. Nothing that is changed by asking again.
        about: one line for README.txt: what it is.
    """

    path: str
    content: str | bytes
    about: str


AboutVersion = Callable[[PolicyVersion], Iterable[EvidenceFile]]
AboutPerson = Callable[[PolicyVersion, User], Iterable[EvidenceFile]]
_about_versions: list[AboutVersion] = []
_about_people: list[AboutPerson] = []


def add_evidence(part: AboutVersion) -> AboutVersion:
    """Have a function asked for files about a version; once, however often added. All is read at one moment."""
    if part not in _about_versions:
        _about_versions.append(part)
    return part


def add_evidence_of_person(part: AboutPerson) -> AboutPerson:
    """Have a function asked for files about a version and one person, with data of that person only."""
    if part not in _about_people:
        _about_people.append(part)
    return part


def evidence_of(version: PolicyVersion) -> list[EvidenceFile]:
    """Return all that is added about a version, by path."""
    return sorted((file for part in _about_versions for file in part(version)), key=lambda file: file.path)


def evidence_of_person(version: PolicyVersion, person: User) -> list[EvidenceFile]:
    """Return all that is added about a version and a person, by path."""
    return sorted((file for part in _about_people for file in part(version, person)), key=lambda file: file.path)
