"""A host on this machine in the place of Google's: it hands out a program like theirs, and writes down who calls."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# What gtag.js does with the settings of the page: cookies of that name and life, and a call home.
PROGRAM = """
const said = Object.fromEntries(window.dataLayer.filter((one) => one[0] === "config").map((one) => [one[1], one[2]]));
const granted = window.dataLayer.filter((one) => one[0] === "consent").pop()[2].analytics_storage === "granted";
for (const [id, how] of Object.entries(said)) {
  if (!granted) continue;
  for (const name of ["_ga", "_ga_" + id.slice(2)]) {
    if (document.cookie.includes(name + "=") && !how.cookie_update) continue;
    document.cookie = `${name}=GA1.1.1;path=/;max-age=${how.cookie_expires};${how.cookie_flags}`;
  }
  fetch(new URL("/g/collect?dl=" + encodeURIComponent(how.page_location), HOST), { mode: "no-cors" });
}
"""


class Host:
    def __init__(self, url: str) -> None:
        self.url = url
        self.called: list[str] = []


@contextmanager
def analytics_host() -> Iterator[Host]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host.called.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript")
            self.end_headers()
            if self.path.startswith("/gtag/js"):
                self.wfile.write(f"(() => {{ const HOST = '{host.url}'; {PROGRAM} }})();".encode())

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    host = Host(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
