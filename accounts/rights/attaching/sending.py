"""Gives files out: always as a download, under a policy by which nothing in them can run."""

from django.http import FileResponse

from accounts.rights.models import File

HEADERS = {
    "Cache-Control": "no-store, private",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def as_download(file: File) -> FileResponse:
    """Return the answer that streams a file.

    Raises:
        FileNotFoundError: it is no longer where it was stored.
    """
    content = file.file.storage.open(str(file.file.name))
    response = FileResponse(content, as_attachment=True, filename=file.name, content_type=file.content_type)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
