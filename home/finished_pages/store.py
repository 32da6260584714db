"""The store: a WSGI application in front of Django's that sends what is finished and keeps what Django has finished."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from home.finished_pages.asking import Key, Reader
from home.finished_pages.counting import Counts
from home.finished_pages.generation import Generation, Stamp
from home.finished_pages.headers import Headers
from home.finished_pages.kept import Kept, Passes, may_be_kept
from home.finished_pages.making import NOTES, OPENED, making
from home.finished_pages.watched import Watch

Answer = tuple[str, Headers, Iterable[bytes]]
LARGEST: Final = 16  # an answer larger than this part of the whole store is not kept
PATIENCE: Final = 30.0  # seconds that others wait for who makes the page they want
AWAY: Final = "the database does not answer"
ASKED_ANYWAY: Final = ("/healthz", "/readyz", "/metrics", "/static/", "/media/")


@dataclass(frozen=True, slots=True)
class Around:
    """What the site around the store does for it.

    Attributes:
        outage: makes the answer for when the database is known to be away.
        opened: is told the path of a page that is counted, each time it is sent, and the request.
    """

    outage: Callable[[], Answer]
    opened: Callable[[str, WSGIEnvironment], None]


class FinishedPages:
    """Sends finished public pages; asks the application for the others, each once at a time.

    It keeps what the answer itself says is for everybody (`Cache-Control: public`, no cookie set or varied on), until
    the generation of its scope or the day is another.
    """

    def __init__(
        self,
        application: WSGIApplication,
        reader: Reader,
        generation: Generation,
        most: int,
        around: Around,
    ) -> None:
        """Wrap an application.

        Args:
            application: what makes the pages.
            reader: which page a request asks for.
            generation: until when they are true.
            most: bytes to keep.
            around: what the site does for it.
        """
        self.application, self.reader, self.generation, self.most = application, reader, generation, most
        self.around = around
        self.kept: dict[Key, Kept | Passes] = {}
        self.bytes = 0
        self.making: dict[Key, threading.Event] = {}
        self.lock = threading.Lock()
        self.counts = Counts()
        self.looked_up: tuple[tuple[object, ...] | None, dict[str, object]] = None, {}  # of the whole site

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        key = self.reader.key(environ)
        if key is None:
            return self._ask(environ, start_response)
        kept = self.kept.get(key)
        if kept is None and not self.reader.is_public(key):
            return self._ask(environ, start_response)
        generation = self.generation
        generation.follow()
        if type(kept) is Kept and kept.stamp is generation.stamps.get(kept.scope) and not generation.is_unsure:
            kept.used = True
            self.counts.hits += 1
            return self._send_kept(kept, environ, start_response)
        self.counts.misses += 1
        found = self._found(key, environ)
        if isinstance(found, Kept):
            return self._send_kept(found, environ, start_response)
        return self._ask(environ, start_response) if found is None else _send(found, environ, start_response)

    def _ask(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let Django answer; while the database is known to be away, say so at once: Django would wait for it first."""
        self.generation.settle()
        if not self.generation.is_away or environ["PATH_INFO"].startswith(ASKED_ANYWAY):
            return self.application(environ, start_response)
        return _send(self.around.outage(), environ, start_response)

    def _send_kept(self, kept: Kept, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        form, status = kept.form(environ.get("HTTP_ACCEPT_ENCODING", "")), kept.status
        headers, body = form.headers, form.body
        if kept.is_known(environ):
            headers, status, body = form.headers_if_known, "304 Not Modified", b""
        if kept.size != kept.counted:
            self._count_packed(kept)
        if self.generation.is_away:
            headers = [*headers, ("Cache-Status", f'plum; hit; detail="{AWAY}"')]
        if kept.opened:
            self.around.opened(kept.opened, environ)
        start_response(status, headers)
        return [body] if body and environ["REQUEST_METHOD"] == "GET" else []

    def _found(self, key: Key, environ: WSGIEnvironment) -> Kept | Answer | None:
        """Return a finished page; an answer that is not kept; or nothing where Django is to answer this very request.

        Of several who want one page, the first has it made and the others wait for it.
        """
        for _ in range(3):
            self.generation.settle()
            scope = self.generation.scope_of(key[1])
            stamp = self.generation.stamp(scope)
            known = None if self.generation.is_unsure else self.kept.get(key)
            if known and known.stamp is stamp and (isinstance(known, Kept) or not self.generation.is_away):
                if isinstance(known, Passes):
                    self.counts.passes += 1
                    return None
                return known
            if self.generation.is_away or self.generation.is_unsure:
                return None
            with self.lock:
                others = self.making.get(key)
                if others is None:
                    self.making[key] = threading.Event()
            if others is None:
                return self._make(key, environ, scope, stamp)
            if isinstance(known, Passes):
                return None  # before the last change it was not to be kept, and most likely still is not
            others.wait(PATIENCE)
        return None

    def _make(self, key: Key, environ: WSGIEnvironment, scope: str, stamp: Stamp | None) -> Kept | Answer | None:
        try:
            for _ in range(3):
                made = self._made(key, environ, scope, stamp)
                now = self.generation.stamp(scope)
                if now is stamp:
                    break
                stamp = now  # the site changed while the page was made
            if isinstance(made, Kept | Passes) and self.generation.stamp(scope) is stamp:
                self._keep(key, made)
            return None if isinstance(made, Passes) else made
        finally:
            with self.lock:
                self.making.pop(key).set()

    def _made(self, key: Key, environ: WSGIEnvironment, scope: str, stamp: Stamp | None) -> Kept | Passes | Answer:
        """Return what Django makes of a neutral request; `Passes` where it is to be given the asker's own."""
        self.counts.made += 1
        notes: dict[str, str] = {}
        site = stamp and stamp[1:]  # without what is of one policy
        looked_up = self.looked_up
        with making(looked_up[1] if site and looked_up[0] == site else None) as known, Watch() as watch:
            asked = self.reader.neutral(environ, key) | {NOTES: notes}
            status, headers, body = answered(self.application, asked)
            try:
                if status.startswith("3") and key[2] != environ.get("QUERY_STRING", ""):
                    return Passes(scope, stamp)  # where it leads to, the asker's whole query leads, too
                if not may_be_kept(status, headers):
                    return (status, headers, [b"".join(body)]) if is_everybodys(status) else Passes(scope, stamp)
                content = b"".join(body)
            finally:
                _close(body)
        if watch.saw_only_what_is_watched:
            self.looked_up = site, known
        else:
            self.counts.unwatched += 1
            watch.warn()
        if not watch.saw_only_what_is_watched or len(content) > self.most // LARGEST:
            self._keep(key, Passes(scope, stamp))  # the next ones need not wait for each other
            return status, headers, [content]
        kept = Kept(status, headers, content, scope, stamp)
        kept.opened = notes.get(OPENED, "")
        return kept

    def _keep(self, key: Key, made: Kept | Passes) -> None:
        with self.lock:
            before = self.kept.get(key)
            if isinstance(made, Kept) and isinstance(before, Kept):
                made.take_over(before)
            if before:
                self._drop(key)
            self.kept[key] = made
            self._count(made)
            self._make_room()

    def _count_packed(self, kept: Kept) -> None:
        """Count what a page takes more since it was packed; it may have been dropped meanwhile."""
        with self.lock:
            if kept.counted:
                self._count(kept)
                self._make_room()

    def _count(self, one: Kept | Passes) -> None:
        size = one.size
        self.bytes += size - one.counted
        one.counted = size

    def _drop(self, key: Key) -> Kept | Passes:
        one = self.kept.pop(key)
        self.bytes -= one.counted
        one.counted = 0
        return one

    def _make_room(self) -> None:
        """Drop the oldest that was not asked for since it came to its place; what was goes to the end once."""
        while self.bytes > self.most and len(self.kept) > 1:
            key = next(iter(self.kept))
            oldest = self._drop(key)
            if oldest.used and oldest.stamp is self.generation.stamps.get(oldest.scope):
                oldest.used = False
                self.kept[key] = oldest
                self._count(oldest)
            else:
                self.counts.dropped += 1


def answered(application: WSGIApplication, environ: WSGIEnvironment) -> Answer:
    """Return status, headers and body of an application's answer."""
    begun: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, exc_info: object = None) -> Callable[[bytes], object]:
        begun.append((status, list(headers)))
        return lambda _: None

    body = application(environ, start_response)
    status, headers = begun[-1]
    return status, headers, body


def is_everybodys(status: str) -> bool:
    """Whether an answer that is not kept may be sent all the same: what is not there, and what failed."""
    return status.startswith(("404", "410", "5"))


def _send(answer: Answer, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    status, headers, body = answer
    start_response(status, headers)
    if environ["REQUEST_METHOD"] != "HEAD":
        return body
    _close(body)
    return []


def _close(body: Iterable[bytes]) -> None:
    if close := getattr(body, "close", None):
        close()
