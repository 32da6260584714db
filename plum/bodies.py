"""Reads a request's whole body before Django is asked: however slow it comes, it holds no connection to the database.

A body that never comes still holds a thread of the web server. So there is a limit to how many are read at once, and
pages without a body are served by the threads that are left. A time limit of its own is for the proxy in front, see
docs/operations.md; what trickles in byte by byte is given up here, too.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from wsgiref.types import InputStream, StartResponse, WSGIApplication, WSGIEnvironment

IN_MEMORY = 1024 * 1024  # bytes of a body; what is more goes into a file
CHUNK = 64 * 1024  # bytes
QUICK = 0.05  # seconds for a chunk, after which a larger one is asked for
PATIENCE = 20  # seconds for any body …
PACE = 16 * 1024  # … and bytes a second for a long one
# One half of granian's threads, where the environment says how many there are.
AT_ONCE = max(1, int(os.environ.get("GRANIAN_BLOCKING_THREADS", "128")) // 2)
WORDS = {
    HTTPStatus.BAD_REQUEST: "The request ended before all of it had come. Try again.",
    HTTPStatus.REQUEST_TIMEOUT: "The request came too slowly. Try again.",
    HTTPStatus.LENGTH_REQUIRED: "The request does not say how long it is.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "This is too large. Send less at once.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Too many requests are coming in. Try again in a minute.",
}


class Refused(Exception):
    """A body is not read, or not to its end; nothing was done with it."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(WORDS[status])
        self.status = status


class WholeBodies:
    """A WSGI application that gives another one requests with all of their body."""

    def __init__(self, application: WSGIApplication, most: Callable[[str], int]) -> None:
        """Wrap an application.

        Args:
            application: what is to be given the requests.
            most: how many bytes a body may have, by the path it is sent to.
        """
        self.application, self.most = application, most
        self.reading = BoundedSemaphore(AT_ONCE)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not has_body(environ):
            return self.application(environ, start_response)
        try:
            body = self._read(environ)
        except Refused as refusal:
            return refuse(refusal, start_response)
        return Closing(self.application(environ, start_response), body)

    def _read(self, environ: WSGIEnvironment) -> SpooledTemporaryFile[bytes]:
        """Put the whole body into the request and return it, to be closed at the end."""
        length, most = length_of(environ), self.most(environ.get("PATH_INFO", ""))
        if length is not None and length > most:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if length is None and not environ.get("wsgi.input_terminated"):
            raise Refused(HTTPStatus.LENGTH_REQUIRED)
        if not self.reading.acquire(blocking=False):
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE)
        body = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  (closed with the response)
        try:
            for chunk in chunks(environ["wsgi.input"], length, most):
                body.write(chunk)
        except BaseException:
            body.close()
            raise
        finally:
            self.reading.release()
        environ["CONTENT_LENGTH"], environ["wsgi.input"] = str(body.tell()), body
        body.seek(0)
        return body


class Closing:
    """A response with the body of its request, which is closed with it."""

    def __init__(self, response: Iterable[bytes], body: SpooledTemporaryFile[bytes]) -> None:
        self.response, self.body = response, body

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.response)

    def close(self) -> None:
        self.body.close()
        if hasattr(self.response, "close"):
            self.response.close()


def has_body(environ: WSGIEnvironment) -> bool:
    if "CONTENT_LENGTH" not in environ and "HTTP_TRANSFER_ENCODING" not in environ:
        return False
    return bool(length_of(environ)) or "chunked" in environ.get("HTTP_TRANSFER_ENCODING", "").lower()


def length_of(environ: WSGIEnvironment) -> int | None:
    """Return how many bytes the request says it has; None where it does not say so in a way that can be read."""
    said = environ.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


def chunks(source: InputStream, length: int | None, most: int) -> Iterator[bytes]:
    """Yield a body piece by piece, in larger pieces the quicker it comes: reading waits until a whole piece is there.

    Raises:
        Refused: it is too large, too slow, or ends too early.
    """
    began, read, size = time.monotonic(), 0, 1
    while length is None or read < length:
        asked = time.monotonic()
        try:
            chunk = source.read(size if length is None else min(size, length - read))
        except OSError:
            chunk = b""  # whoever sent it has gone
        if not chunk:
            break
        read += len(chunk)
        if read > most:
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        yield chunk
        now = time.monotonic()
        if now - began > PATIENCE + read / PACE:
            raise Refused(HTTPStatus.REQUEST_TIMEOUT)
        size = min(size * 8, CHUNK) if now - asked < QUICK else max(size // 8, 1)
    if length is not None and read < length:
        raise Refused(HTTPStatus.BAD_REQUEST)


def refuse(refusal: Refused, start_response: StartResponse) -> list[bytes]:
    """Answer in plain text and close the connection; where the server is busy, say when to try again."""
    words = f"{refusal}\n".encode()
    headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Length", str(len(words))),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("Connection", "close"),
    ]
    if refusal.status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", "60"))
    start_response(f"{refusal.status.value} {refusal.status.phrase}", headers)
    return [words]
