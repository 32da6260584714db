"""Files with a request, from either side: private, of kinds that nothing runs in, named by what is in them."""

from typing import ClassVar, Final

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rights.models.messages import Message
from accounts.rights.models.requests import RightsRequest
from accounts.rights.models.stories import Side


class FileKind(models.TextChoices):
    """What a file is by its content, whatever it is called; the value is its ending."""

    PDF = "pdf", _("PDF")
    PNG = "png", _("Picture (PNG)")
    JPEG = "jpg", _("Picture (JPEG)")
    WEBP = "webp", _("Picture (WebP)")
    TEXT = "txt", _("Text")
    WORD = "docx", _("Word document")
    OPEN_DOCUMENT = "odt", _("OpenDocument text")
    ARCHIVE = "zip", _("Archive (ZIP)")


CONTENT_TYPES: Final = {
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.WEBP: "image/webp",
    FileKind.TEXT: "text/plain; charset=utf-8",
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.OPEN_DOCUMENT: "application/vnd.oasis.opendocument.text",
    FileKind.ARCHIVE: "application/zip",
}


def private_storage() -> Storage:
    """Return where files are kept that no web server serves by itself."""
    return storages["private"]


class File(models.Model):
    """One file. It is only ever sent as a download, and only to the two sides."""

    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="files")
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="files")
    at = models.DateTimeField(default=timezone.now)
    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=150, help_text="As it was called; its ending is that of its kind.")
    kind = models.CharField(max_length=5, choices=FileKind)
    size = models.PositiveIntegerField(help_text="In bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of its content.")
    file = models.FileField(storage=private_storage, upload_to="rights/%Y/%m", max_length=200)

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(kind__in=FileKind.values), name="rights_file_kind"),
            # The same file sent twice with one request is one file.
            models.UniqueConstraint(fields=["request", "side", "digest"], name="rights_file_once"),
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[FileKind(self.kind)]
