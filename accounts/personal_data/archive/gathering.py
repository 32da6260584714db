"""Gathers all that goes into an archive, as the database is at one moment."""

import datetime as dt
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from accounts.personal_data.archive.controller import Controller, controller
from accounts.personal_data.archive.extras import Extra, extras, free_path
from accounts.personal_data.archive.keeping import KeptBytes, KeptRows
from accounts.personal_data.collecting import Problem, Row, collect, one_moment, reason_of
from accounts.personal_data.register import Kind

# What every archive holds.
README: Final = "README.txt"
PAGE: Final = "index.html"
DATA: Final = "data.json"
SCHEMA: Final = "schema.json"
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one kind."""

    kind: Kind
    rows: KeptRows
    problems: list[Problem]

    @property
    def path(self) -> str:
        return f"csv/{self.kind.key}.csv"


@dataclass(frozen=True, slots=True)
class GatheredFile:
    path: str
    content: KeptBytes
    about: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that goes into one archive; `problems` are those of whole files."""

    email: str
    name: str
    made_at: dt.datetime
    site: str
    address: str
    controller: Controller
    held: list[Held]
    files: list[GatheredFile]
    problems: list[Problem]

    @property
    def rows(self) -> int:
        return sum(len(held.rows) for held in self.held)

    @property
    def all_problems(self) -> int:
        return len(self.problems) + sum(len(held.problems) for held in self.held)


def gather(user: Any, now: dt.datetime | None = None) -> Gathered:
    """Read everything about a person.

    Raises:
        DatabaseError: the database failed; there is no archive then.
    """
    problems: list[Problem] = []
    with one_moment():
        held = [_held(kind, found) for kind, found in collect(user)]
        taken = {path.lower() for path in (README, PAGE, DATA, SCHEMA, MANIFEST, *(each.path for each in held))}
        files = [file for extra in extras() for file in _files(extra, user, taken, problems)]
    return Gathered(
        email=user.email,
        name=user.get_full_name(),
        made_at=(now or timezone.now()).replace(microsecond=0),
        site=settings.SITE_NAME,
        address=settings.SITE_URL,
        controller=controller(),
        held=held,
        files=files,
        problems=problems,
    )


def _held(kind: Kind, found: Any) -> Held:
    held = Held(kind, KeptRows(), [])
    for each in found:
        if isinstance(each, Row):
            held.rows.add(each.values)
        else:
            held.problems.append(each)
    return held


def _files(extra: Extra, user: Any, taken: set[str], problems: list[Problem]) -> list[GatheredFile]:
    """Return what an app adds. Where it fails, what it had made stays, and the failure is named."""
    made = []
    try:
        for file in extra(user):
            content = file.content.encode("utf-8", "replace") if isinstance(file.content, str) else file.content
            made.append(GatheredFile(free_path(file.path, taken), KeptBytes(content), file.about))
    except DatabaseError:
        raise
    except Exception as error:
        problems.append(Problem(reason_of(error), row=f"files of {extra.__module__}"))
    return made
