"""A store with an application of one's own behind it, a generation that is raised by hand, and a reader who asks."""

import datetime as dt
import gzip
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

import brotli

from home.finished_pages.asking import Reader
from home.finished_pages.generation import Generation
from home.finished_pages.store import Around, FinishedPages

LONDON = ZoneInfo("Europe/London")
PAGE = b"<p>We keep nothing.</p>" * 60
PUBLIC = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "public, max-age=0, must-revalidate")]


@dataclass
class Raised:
    """Generations without a database: what was raised is told at once."""

    now: dict[str, int] = field(default_factory=lambda: {"all": 1, "site": 1, "policies/privacy": 1})
    fails: Exception | None = None
    was_changed: bool = False
    tells: bool = False

    def numbers(self):
        if self.fails:
            raise self.fails
        return dict(self.now)

    def numbers_now(self):
        return self.numbers()

    def raises(self, *scopes):
        for scope in scopes:
            self.now[scope] = self.now.get(scope, 0) + 1
        self.was_changed = True

    def changed(self):
        was, self.was_changed = self.was_changed, False
        return was

    def wait(self, seconds):
        raise NotImplementedError

    def close(self): ...


@dataclass
class Application:
    """Answers as it is told to, and remembers how it was asked."""

    headers: list[tuple[str, str]] = field(default_factory=lambda: list(PUBLIC))
    status: str = "200 OK"
    body: bytes = PAGE
    before: Callable[[dict], None] = lambda environ: None
    asked: list[dict] = field(default_factory=list)
    closed: int = 0

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        self.before(environ)
        start_response(self.status, [*self.headers, ("Content-Length", str(len(self.body)))])
        return Body(self)


@dataclass
class Body:
    application: Application

    def __iter__(self):
        return iter([self.application.body])

    def close(self):
        self.application.closed += 1


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def content(self):
        packing = self.headers.get("Content-Encoding")
        return {"br": brotli.decompress, "gzip": gzip.decompress}.get(packing, bytes)(self.body)


def a_reader(**changes):
    facts = {
        "hosts": {"testserver"},
        "cookies": {"__Host-sessionid", "csrftoken", "messages"},
        "queries": {"view": {"side"}, "from": (), "to": ()},
    }
    return Reader(**facts | changes)


def a_generation(source=None, moment=dt.datetime(2026, 6, 1, 12, tzinfo=LONDON)):
    """Return a generation that nobody listens for: a test raises it. Its clock is `generation.at`."""
    raised = source or Raised()
    generation = Generation(lambda: raised, LONDON, clock=lambda: generation.at, listens=False)
    generation.at = moment.timestamp()
    generation.follow()
    return generation


def lose(generation, source, error):
    """Let the database be gone, until `source.fails` is taken back and the generation connects again."""
    source.fails = error
    generation.lose(generation._source)


def a_store(application=None, *, source=None, most=1_000_000, generation=None, opened=None, **reading):
    def outage():
        return "503 Service Unavailable", [("Content-Length", "4")], [b"away"]

    generation = generation or a_generation(source)
    around = Around(outage, opened or (lambda path, environ: None))
    return FinishedPages(application or Application(), a_reader(**reading), generation, most, around)


def ask(application, path="/policies/privacy/", *, method="GET", query="", **headers) -> Answer:
    """Ask a WSGI application: `ask(store, "/", accept_encoding="br")`."""
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_HOST": "testserver",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    } | {name if "." in name else f"HTTP_{name.upper()}": value for name, value in headers.items()}
    begun = []

    def start_response(status, sent, exc_info=None):
        begun.append((status, sent))

    found: Iterable[bytes] = application(environ, start_response)
    try:
        body = b"".join(found)
    finally:
        if hasattr(found, "close"):
            found.close()
    status, sent = begun[-1]
    names = [name.lower() for name, _ in sent]
    assert len(set(names)) == len(names), f"a header twice: {names}"
    return Answer(int(status[:3]), dict(sent), body)
