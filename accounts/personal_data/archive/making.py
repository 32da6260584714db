"""Makes the archive: gathers at once, then writes each file while it is sent."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext

from accounts.personal_data.archive.data_json import data_json, head
from accounts.personal_data.archive.gathering import (
    DATA,
    MANIFEST,
    PAGE,
    README,
    SCHEMA,
    Gathered,
    Held,
    gather,
)
from accounts.personal_data.archive.page import page
from accounts.personal_data.archive.readme import readme
from accounts.personal_data.archive.schema import schema
from accounts.personal_data.archive.spreadsheets import table
from accounts.personal_data.archive.zipping import File, in_pieces, zipped
from accounts.personal_data.collecting import let_go_of_the_database
from accounts.values.person import Person
from accounts.values.wording import entries_in_words


@dataclass(frozen=True, slots=True)
class Archive:
    """A ZIP with all that is held about a person, not written yet."""

    gathered: Gathered

    @property
    def name(self) -> str:
        """Such as "quince-care-data-2026-11-23.zip"."""
        made_on = localtime(self.gathered.made_at).date()
        return "-".join(filter(None, [slugify(self.gathered.site), "data", f"{made_on}.zip"]))

    @property
    def rows(self) -> int:
        return self.gathered.rows

    @property
    def problems(self) -> int:
        return self.gathered.all_problems

    def pieces(self) -> Iterator[bytes]:
        """Write it. The database connections are returned first, since the other side may read slowly."""
        let_go_of_the_database()
        moment = localtime(self.gathered.made_at).timetuple()
        yield from zipped(_files(self.gathered), head(self.gathered), moment, MANIFEST)


def make_archive(user: Person) -> Archive:
    """Read all that is held about a person, at one moment.

    Raises:
        DatabaseError: the database failed; nothing was made.
    """
    return Archive(gather(user))


def _files(gathered: Gathered) -> list[File]:
    declared = tuple(held.kind for held in gathered.held)
    files = [
        _text(PAGE, gettext("everything, to be read in a browser; begin here"), partial(page, gathered)),
        _text(DATA, gettext("everything, for machines"), partial(data_json, gathered)),
        _text(SCHEMA, gettext("what stands where in data.json (JSON Schema)"), lambda: [_pretty(schema(declared))]),
        *(_text(held.path, _rows(held), partial(table, held)) for held in gathered.held if not held.is_empty),
        *(File(file.path, file.about, file.content) for file in gathered.files),
    ]
    return [_text(README, gettext("this text"), partial(readme, gathered, files)), *files]


def _text(path: str, about: str, lines: Callable[[], Iterable[str]]) -> File:
    return File(path, about, lambda: in_pieces(lines()))


def _rows(held: Held) -> str:
    count = len(held.rows)
    return f"{held.kind.title}, {entries_in_words(count)}"


def _pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
