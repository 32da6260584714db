"""Puts files with the answer: the account's download, and what staff add."""

import hashlib
from collections.abc import Iterable

from django.core.files import File as Content
from django.core.files.uploadedfile import UploadedFile

from accounts.rights.models import File, FileKind, Message, RightsRequest
from accounts.rights.moves import By


def attach(
    request: RightsRequest, by: By, message: Message, added: Iterable[UploadedFile], package: Content | None
) -> None:
    """Keep files with a message of ours.

    Args:
        request: what it answers.
        by: who of the staff sends it.
        message: the letter that they go with.
        added: what staff chose.
        package: the account's download, if it goes with it.
    """
    if package:
        keep_archive(request, by, message, package)


def keep_archive(request: RightsRequest, by: By, message: Message, package: Content) -> File:
    """Keep the download of an account, which is of our own making and needs no look at its content."""
    name = package.name or "data.zip"
    file = File(request=request, message=message, side=by.side, by=by.user, name=name, kind=FileKind.ARCHIVE)
    file.size, file.digest = package.size, hashlib.file_digest(package.open(), "sha256").hexdigest()
    package.seek(0)
    file.file.save(name, package, save=False)
    file.save()
    return file
