"""Answers “which version is this text?” for pasted words, an uploaded file or a digest. Nothing is stored."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.values.wording import Words
from policies.reading.contexts import about, changed_at, policy_context, version_context
from policies.reading.excerpts import excerpts
from policies.reading.recognising import recognise
from policies.reading.views.answers import answer, reads
from policies.reading.views.finding import of_policy
from policies.versions.history import History
from policies.versions.models import PolicyVersion

MOST_BYTES = 5 * 1024 * 1024
TOO_LARGE = _("That is more than 5 MB. A policy is much shorter: send only its text.")
NOTHING_GIVEN = _("Paste the text you want to check, or choose a file.")
NO_TEXT = _(
    "This is {kind}, and only text can be compared. Open it, select and copy all its words, and paste them above."
)
# How files begin that people take for text.
_KINDS = {
    b"%PDF": _("a PDF file"),
    b"PK\x03\x04": _("a Word file or another packed one"),
    b"\xd0\xcf\x11\xe0": _("an old Word file"),
    b"{\\rtf": _("an RTF file"),
    b"\x89PNG": _("a picture"),
    b"\xff\xd8\xff": _("a picture"),
    b"GIF8": _("a picture"),
    b"\x1f\x8b": _("a packed file"),
}


class Refused(Exception):
    """What was sent cannot be checked; the message says what to send instead."""

    def __init__(self, message: Words, *, field: str, status: int = 400) -> None:
        super().__init__(message)
        self.field, self.status = field, status


class InMemory(FileUploadHandler):
    """Keeps an upload in memory and stops at the limit: Django's own would write a large one to disk."""

    too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Raises: StopUpload: the file is larger than MOST_BYTES; `too_large` says so afterwards."""
        if start + len(raw_data) > MOST_BYTES:
            self.too_large = True
            raise StopUpload(connection_reset=False)
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.seek(0)
        return UploadedFile(self.file, self.file_name, self.content_type, file_size, self.charset)


@reads("POST")
@of_policy
def verify(request: HttpRequest, history: History) -> HttpResponse:
    """GET shows the form; POST says which version the text is, or where it differs. Nothing may keep that answer."""
    context = about(history)
    if request.method != "POST":
        return answer(request, render(request, "policies/verify.html", context), modified=changed_at(history))
    status = 200
    try:
        text = sent_text(request)
        found = recognise(text, history, lambda version: pages_of(request, history, version))
        context |= {"found": found, "differences": excerpts(found.pieces)}
    except Refused as refusal:
        context["refusal"], status = refusal, refusal.status
    response = render(request, "policies/verify.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def pages_of(request: HttpRequest, history: History, version: PolicyVersion) -> Iterator[str]:
    """Yield the pages on which this site shows the version today."""
    entry = history.of(version)
    yield render_to_string("policies/version.html", version_context(history, entry), request)
    if entry == history.in_force:
        yield render_to_string("policies/policy.html", policy_context(history), request)


def sent_text(request: HttpRequest) -> str:
    """Return the words that were pasted, or else those of the file.

    Raises:
        Refused: nothing was sent, too much, or something that is not text.
    """
    upload = InMemory(request)
    request.upload_handlers = [upload]
    try:
        pasted, file = request.POST.get("text", ""), request.FILES.get("file")
    except RequestDataTooBig as error:
        raise Refused(TOO_LARGE, field="text", status=413) from error
    if upload.too_large:
        raise Refused(TOO_LARGE, field="file", status=413)
    if len(pasted) > MOST_BYTES:
        raise Refused(TOO_LARGE, field="text", status=413)
    text = pasted if pasted.strip() else decode(file.read()) if file else ""
    if not text.strip():
        raise Refused(NOTHING_GIVEN, field="text")
    return text


def decode(data: bytes) -> str:
    """Return a file's text: UTF-8, UTF-16 with its mark, or else what Windows wrote before.

    Raises:
        Refused: the file is of a kind that holds no plain text, or its bytes are no text in these encodings.
    """
    kind = next((name for start, name in _KINDS.items() if data.startswith(start)), "")
    if kind:
        raise Refused(NO_TEXT.format(kind=kind), field="file")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode(data, "utf-16")
    if b"\x00" in data:
        raise Refused(NO_TEXT.format(kind=gettext("no text file")), field="file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode(data, "cp1252")


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(NO_TEXT.format(kind=gettext("no text file")), field="file") from error
