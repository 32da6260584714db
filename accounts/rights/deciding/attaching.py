"""Puts files with the answer: the account's download, and what staff add."""

from collections.abc import Sequence

from django.core.files import File as Content

from accounts.rights.attaching.keeping import Checked, digest_of, keep_files
from accounts.rights.models import FileKind, Message, RightsRequest
from accounts.rights.moves import By


def attach(
    request: RightsRequest, by: By, message: Message, added: Sequence[Checked], package: "Content[bytes] | None"
) -> None:
    """Keep files with a message of ours.

    Args:
        request: what it answers.
        by: who of the staff sends it.
        message: the letter that they go with.
        added: what staff chose.
        package: the account's download, if it goes with it; of our own making, it needs no look at its content.
    """
    archive = [Checked(package, FileKind.ARCHIVE, package.name or "data.zip", digest_of(package))] if package else []
    keep_files(request, by, [*archive, *added], message)
