"""Gathers all that goes into an archive, as the database is at one moment."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import starmap
from typing import Final

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext

from accounts.personal_data.archive.controller import Controller, controller
from accounts.personal_data.archive.extras import Extra, extras, free_path
from accounts.personal_data.archive.kept_in_memory import KeptBytes, KeptRows
from accounts.personal_data.archive.uploads import Upload, uploads_of
from accounts.personal_data.collecting import Problem, Row, collect, one_moment, reason_of
from accounts.personal_data.register import Kind
from accounts.values.colours import Palette
from accounts.values.organisation import organisation
from accounts.values.person import Person

# What every archive holds.
README: Final = "README.txt"
PAGE: Final = "index.html"
DATA: Final = "data.json"
SCHEMA: Final = "schema.json"
MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one kind; `uploads` are the files that its rows name."""

    kind: Kind
    rows: KeptRows = field(default_factory=KeptRows)
    problems: list[Problem] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it is held, and nothing of it is missing."""
        return not self.rows and not self.problems

    @property
    def is_of_no_concern(self) -> bool:
        """Whether it is empty, and of staff only, or said to be so by the kind that it is a part of."""
        return self.is_empty and (self.kind.of_staff or bool(self.kind.part_of))

    @property
    def path(self) -> str:
        return f"csv/{self.kind.key}.csv"


@dataclass(frozen=True, slots=True)
class GatheredFile:
    """A file besides the rows; `content` is asked for when it is written."""

    path: str
    content: Callable[[], Iterable[bytes]]
    about: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that goes into one archive; `problems` are those of whole files."""

    email: str
    name: str
    made_at: dt.datetime
    site: str
    colours: Palette
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


def gather(user: Person, now: dt.datetime | None = None) -> Gathered:
    """Read everything about a person; what is held of people in general comes before what is held of staff.

    Raises:
        DatabaseError: the database failed; there is no archive then.
    """
    problems: list[Problem] = []
    with one_moment():
        held = [each for each in starmap(_held, collect(user)) if not each.is_of_no_concern]
        added = [file for extra in extras() for file in _files(extra, user, problems)]
    held.sort(key=lambda each: each.kind.of_staff)
    own = (README, PAGE, DATA, SCHEMA, MANIFEST, *(each.path for each in held))
    return Gathered(
        email=user.email,
        name=user.get_full_name(),
        made_at=(now or timezone.now()).replace(microsecond=0),
        site=organisation().name,
        colours=organisation().colours,
        address=settings.SITE_URL,
        controller=controller(),
        held=held,
        files=list(_with_free_paths([*_uploads(held), *added], {path.lower() for path in own})),
        problems=problems,
    )


def _held(kind: Kind, found: Iterable[Row | Problem]) -> Held:
    held = Held(kind)
    names_files = any(column.file for column in kind.exported)
    for each in found:
        if isinstance(each, Problem):
            held.problems.append(each)
            continue
        held.rows.add(each.values)
        if names_files:
            _sort_in(held, uploads_of(kind, each))
    return held


def _sort_in(held: Held, found: Iterable[Upload | Problem]) -> None:
    for each in found:
        if isinstance(each, Problem):
            held.problems.append(each)
        else:
            held.uploads.append(each)


def _uploads(held: list[Held]) -> Iterator[GatheredFile]:
    for each in held:
        for upload in each.uploads:
            yield GatheredFile(f"files/{each.kind.key}/{upload.base_name}", upload.pieces, upload.about)


def _files(extra: Extra, user: Person, problems: list[Problem]) -> list[GatheredFile]:
    """Return what an app adds. Where it fails, what it had made stays, and the failure is named."""
    made = []
    try:
        for file in extra(user):
            content = file.content.encode("utf-8", "replace") if isinstance(file.content, str) else file.content
            made.append(GatheredFile(file.path, KeptBytes(content).pieces, file.about))
    except DatabaseError:
        raise
    except Exception as error:
        problems.append(Problem(reason_of(error), row=gettext("files of %(module)s") % {"module": extra.__module__}))
    return made


def _with_free_paths(files: Iterable[GatheredFile], taken: set[str]) -> Iterator[GatheredFile]:
    for file in files:
        yield replace(file, path=free_path(file.path, taken))
