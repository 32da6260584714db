"""The files that rows name: read from where they are stored while they are sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files.storage import Storage
from django.db.models import FileField
from django.utils.translation import gettext

from accounts.personal_data.collecting import Problem, Row, field_of, reason_of
from accounts.personal_data.register import Kind


@dataclass(frozen=True, slots=True)
class Upload:
    """A stored file of a person."""

    name: str
    storage: Storage
    about: str

    @property
    def base_name(self) -> str:
        return PurePosixPath(self.name).name

    def pieces(self) -> Iterator[bytes]:
        with self.storage.open(self.name) as file:
            yield from file.chunks()


def uploads_of(kind: Kind, row: Row) -> Iterator[Upload | Problem]:
    """Return the files of a row, and a problem for each that is not where it should be."""
    for column, name in zip(kind.exported, row.values, strict=True):
        field = field_of(kind, column) if column.file and name else None
        if isinstance(field, FileField):
            yield _upload(str(name), field.storage, row.pk, (column.name, str(column.words)))


def _upload(name: str, storage: Storage, pk: str, column: tuple[str, str]) -> Upload | Problem:
    try:
        if storage.exists(name):
            return Upload(name, storage, column[1])
    except Exception as error:
        return Problem(reason_of(error), pk, column[0])
    return Problem(gettext("The file is no longer where we stored it."), pk, column[0])
