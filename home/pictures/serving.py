"""Serves uploaded pictures. Only these: documents have Wagtail's own address, which asks who may read them."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

# The kinds that Wagtail takes and `clean_picture` makes. Never SVG: it can hold scripts.
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
ALONE = "default-src 'none'; sandbox"


@require_safe
def picture(request: HttpRequest, folder: str, name: str) -> FileResponse:
    """Answer with a picture of one of Wagtail's folders; the name stays the same only as long as what it shows.

    Raises:
        Http404: the name is not that of a picture, or there is no such file.
    """
    kind = TYPES.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        raise Http404("Only pictures are served here.")
    try:
        file = default_storage.open(f"{folder}/{name}")
    except (OSError, SuspiciousOperation) as error:
        raise Http404("There is no such picture.") from error
    headers = {"Cache-Control": "public, max-age=86400", "Content-Security-Policy": ALONE}
    return FileResponse(file, content_type=kind, headers=headers)
