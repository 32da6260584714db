"""A cache in front that takes PURGE, as Varnish does: a server of its own, which remembers what it was asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FrontCache:
    """Attributes:
    asked: what it was to let go, as host and path with query.
    answers: the status it answers with.
    """

    setting: dict = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    answers: int = 200
    hold: threading.Event | None = None

    def taken(self) -> set[str]:
        """Return the paths it was to let go since this was last asked."""
        paths = {"/" + one.partition("/")[2] for one in self.asked}
        self.asked.clear()
        return paths


@contextmanager
def a_front_cache() -> Iterator[FrontCache]:
    cache = FrontCache()

    class Handler(BaseHTTPRequestHandler):
        def do_PURGE(self):
            cache.asked.append(self.headers["Host"] + self.path)
            if cache.hold:
                cache.hold.wait(60)
            self.send_response(cache.answers)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    where = f"http://127.0.0.1:{server.server_port}"
    cache.setting = {"default": {"BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend", "LOCATION": where}}
    try:
        yield cache
    finally:
        server.shutdown()
        server.server_close()
