"""Takes files and keeps them in the private storage; the rules of how many and how large."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from django.core.files.base import File as DjangoFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rights.attaching.sniffing import kind_of, name_for
from accounts.rights.models import File, FileKind, Message, RightsRequest, Side
from accounts.rights.moves import By

MEBI: Final = 1024 * 1024
LARGEST: Final = 10 * MEBI  # bytes
AT_ONCE: Final = 10
MOST: Final = 30  # of the person's, with one request
MOST_BYTES: Final = 100 * MEBI
# Of somebody whose address is not confirmed yet: anybody may fill a disk with a form.
UNCONFIRMED_BYTES: Final = 20 * MEBI
RULE: Final = format_lazy(
    _(
        "PDF, pictures (PNG, JPEG, WebP), Word, OpenDocument or plain text, each up to {largest} MB, up "
        "to {at_once} at a time."
    ),
    largest=LARGEST // MEBI,
    at_once=AT_ONCE,
)


class RefusedFiles(ValueError):
    """Files are not taken; `reasons` says why, each with the name of its file. None of them was kept."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = list(reasons)


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked at: what it is, and what it is called from now on."""

    content: "DjangoFile[bytes]"
    kind: FileKind
    name: str
    digest: str


def check_files(files: Sequence[UploadedFile], most_bytes: int = MOST_BYTES) -> list[Checked]:
    """Look at files that somebody sends.

    Args:
        files: as they came.
        most_bytes: how large they may be together.

    Raises:
        RefusedFiles: too many, too large, empty, or of a kind that is not taken.
    """
    if len(files) > AT_ONCE:
        raise RefusedFiles(
            [
                gettext("You chose %(number)s files. Send up to %(at_once)s at a time.")
                % {"number": len(files), "at_once": AT_ONCE}
            ]
        )
    if reasons := [reason for file in files if (reason := _objection(file))]:
        raise RefusedFiles(reasons)
    if sum(file.size or 0 for file in files) > most_bytes:
        raise RefusedFiles(
            [
                gettext("Together they may have up to %(most_bytes)s MB. Send the others later, in a message.")
                % {"most_bytes": most_bytes // MEBI}
            ]
        )
    return [_checked(file) for file in files]


def _objection(file: UploadedFile) -> str:
    size, name = file.size or 0, file.name or "file"
    if size > LARGEST:
        return gettext("“%(name)s” has %(size)s MB. A file may have up to %(largest)s MB.") % {
            "name": name,
            "size": f"{size / MEBI:.0f}",
            "largest": LARGEST // MEBI,
        }
    if not size:
        return gettext("“%(name)s” is empty.") % {"name": name}
    if kind_of(file) is None:
        return gettext("“%(name)s” is not of a kind that we take, whatever it is called. We take %(rule)s") % {
            "name": name,
            "rule": RULE,
        }
    return ""


def _checked(file: UploadedFile) -> Checked:
    kind = kind_of(file)
    assert kind is not None  # noqa: S101 (there was no objection)
    return Checked(file, kind, name_for(file.name or "", kind), digest_of(file))


def digest_of(file: "DjangoFile[bytes]") -> str:
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def keep_files(request: RightsRequest, by: By, files: Iterable[Checked], message: Message | None = None) -> list[File]:
    """Keep files with a request. The same file sent twice is kept once.

    Raises:
        RefusedFiles: with what is there already they would be too many, or too much.
    """
    new = [file for file in files if not request.files.filter(side=by.side, digest=file.digest).exists()]
    if by.side == Side.PERSON:
        _refuse_too_many(request, new)
    kept: list[File] = []
    try:
        with transaction.atomic():
            for file in {one.digest: one for one in new}.values():
                kept.append(_keep(request, by, file, message))
    except BaseException:
        for row in kept:
            row.file.delete(save=False)
        raise
    return kept


def _refuse_too_many(request: RightsRequest, new: Sequence[Checked]) -> None:
    RightsRequest.objects.select_for_update().get(pk=request.pk)  # two at once are counted one after the other
    theirs = request.files.filter(side=Side.PERSON)
    if theirs.count() + len(new) > MOST:
        raise RefusedFiles(
            [
                gettext("A request can have up to %(most)s files of yours. Put what belongs together into one file.")
                % {"most": MOST}
            ]
        )
    there = theirs.aggregate(bytes=Sum("size"))["bytes"] or 0
    if there + sum(file.content.size or 0 for file in new) > MOST_BYTES:
        raise RefusedFiles(
            [
                gettext("The files of a request can have up to %(most_bytes)s MB together.")
                % {"most_bytes": MOST_BYTES // MEBI}
            ]
        )


def _keep(request: RightsRequest, by: By, file: Checked, message: Message | None) -> File:
    row = File(
        request=request, message=message, side=by.side, by=by.user, name=file.name, kind=file.kind,
        size=file.content.size, digest=file.digest,
    )  # fmt: skip
    row.file.save(f"{uuid4().hex}.{file.kind.value}", file.content, save=False)
    try:
        row.save(force_insert=True)
    except BaseException:
        row.file.delete(save=False)
        raise
    return row
