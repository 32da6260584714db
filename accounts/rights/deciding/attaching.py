"""Puts files with the answer: the account's download, and what staff add."""

from collections.abc import Iterable

from django.core.files import File as Content
from django.core.files.uploadedfile import UploadedFile

from accounts.rights.models import Message, RightsRequest
from accounts.rights.moves import By


def attach(
    request: RightsRequest, by: By, message: Message, added: Iterable[UploadedFile], package: Content | None
) -> None:
    """Keep files with a message of ours.

    Raises:
        BadFile: one of them is of no kind that can be sent.
    """
