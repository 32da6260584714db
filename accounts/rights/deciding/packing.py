"""What goes with an answer: the same file as the person's own download."""

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile

from django.core.files import File as Content

from accounts.flows.downloading import record_copy_by_staff
from accounts.models import User
from accounts.personal_data.archive import make_archive


@contextmanager
def packed(person: User | None) -> "Iterator[Content[bytes] | None]":
    """Write all that is held about somebody into a file that is gone when the block ends; nothing for nobody.

    The person sees in their account that it was made.
    """
    if person is None:
        yield None
        return
    archive = make_archive(person)
    record_copy_by_staff(person)
    with TemporaryFile() as file:
        for piece in archive.pieces():
            file.write(piece)
        file.seek(0)
        yield Content(file, archive.name)
