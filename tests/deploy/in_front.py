"""A proxy as we ship it, on ports of its own, in front of a site that says what it was asked."""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

SHIPPED = Path(__file__).parents[2] / "deploy"
NAME = "www.example.org"
# A proxy that is slow to start, or does not let go, ends a test; nothing is measured by it.
PATIENCE = 60


class Site(ThreadingHTTPServer):
    """Answers every request with what came, and remembers its path."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Echo)
        self.asked: list[str] = []


class Echo(BaseHTTPRequestHandler):
    server: Site
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        self.server.asked.append(self.path)
        length = int(self.headers["Content-Length"] or 0)
        body = json.dumps({**self.headers, "body": len(self.rfile.read(length))}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = answer

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def site() -> Iterator[Site]:
    server = Site()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @classmethod
    def of(cls, response: HTTPResponse, *, begun: bool = False) -> Answer:
        if not begun:
            response.begin()
        return cls(response.status, response.headers, response.read())


@dataclass(frozen=True)
class Proxy:
    http: int
    https: int
    site: Site
    trusted: ssl.SSLContext

    def ask(self, path: str, headers: dict[str, str] | None = None, method: str = "GET", body: bytes = b"") -> Answer:
        """Ask over TLS by the site's own name."""
        with self.hold(path, headers, method, len(body), body) as held:
            return Answer.of(HTTPResponse(held))

    def hold(
        self,
        path: str,
        headers: dict[str, str] | None = None,
        method: str = "POST",
        length: int = 1000,
        body: bytes = b"x",
    ) -> ssl.SSLSocket:
        """Send a request, perhaps less of it than its length says, and return the connection."""
        found = self.trusted.wrap_socket(
            socket.create_connection(("127.0.0.1", self.https), PATIENCE), server_hostname=NAME
        )
        lines = {"Host": NAME, "Content-Length": str(length)} | (headers or {})
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        found.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        return found

    def ask_plainly(self, host: str, path: str = "/") -> Answer:
        with closing(HTTPConnection("127.0.0.1", self.http, timeout=PATIENCE)) as connection:
            connection.request("GET", path, headers={"Host": host})
            return Answer.of(connection.getresponse(), begun=True)

    def certificate_for(self, name: str) -> bytes | None:
        """Return the certificate that is shown to whoever asks by a name.

        Raises:
            ssl.SSLError: none is.
        """
        anybody = ssl.create_default_context()
        anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
        with (
            socket.create_connection(("127.0.0.1", self.https), PATIENCE) as plain,
            anybody.wrap_socket(plain, server_hostname=name) as found,
        ):
            return found.getpeercert(binary_form=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make one for our name, signed by itself."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    asked = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN={NAME}"
    named = ["-addext", f"subjectAltName=DNS:{NAME}", "-out", certificate, "-keyout", key]
    subprocess.run(["openssl", *asked.split(), *named], check=True, capture_output=True)
    return certificate, key


@contextmanager
def running(command: list[str], ports: tuple[int, ...], log: Path) -> Iterator[None]:
    """Run a proxy until it is no longer needed."""
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as process:
        try:
            for port in ports:
                wait_for(port, process, log)
            yield
        finally:
            process.terminate()


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    while process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
    raise AssertionError(log.read_text())


@contextmanager
def nginx(folder: Path, *, patience: str = "10s", socket: Path | None = None) -> Iterator[Proxy]:
    """Our nginx site. `patience` is put in the place of its ten seconds for slow clients.

    It stands in front of a site at `socket`, or of one that says what it was asked.
    """
    with site() as behind:
        made, key = certificate(folder)
        http, https = free_port(), free_port()
        ours = (SHIPPED / "nginx" / "plum.conf").read_text()
        for old, new in {
            "[::]:80": f"[::1]:{http}", "[::]:443": f"[::1]:{https}",
            "listen 80": f"listen 127.0.0.1:{http}", "listen 443": f"listen 127.0.0.1:{https}",
            "unix:/run/plum/web.sock": f"unix:{socket}" if socket else f"127.0.0.1:{behind.server_port}",
            "/etc/plum/tls/certificate.pem": str(made), "/etc/plum/tls/key.pem": str(key),
            "/var/log/nginx/": f"{folder}/", "/var/www/plum-acme": str(folder / "acme"), " 10s;": f" {patience};",
        }.items():  # fmt: skip
            assert old in ours, old
            ours = ours.replace(old, new)
        (folder / "plum.conf").write_text(ours)
        main = folder / "nginx.conf"
        main.write_text(
            f"{'user root;' if os.getuid() == 0 else ''} daemon off; pid {folder}/pid; error_log {folder}/error.log;\n"
            "events {}\n"
            f"http {{ client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; "
            f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n"
            f"include {folder}/plum.conf; }}\n"
        )
        with running(["nginx", "-p", str(folder), "-c", str(main)], (http, https), folder / "output"):
            yield Proxy(http, https, behind, ssl.create_default_context(cafile=str(made)))


@contextmanager
def caddy(folder: Path) -> Iterator[Proxy]:
    """Our Caddyfile, with a certificate of ours, since nobody outside can be asked for one."""
    with site() as behind:
        made, key = certificate(folder)
        http, https, admin = free_port(), free_port(), free_port()
        ours = (SHIPPED / "Caddyfile").read_text()
        for old, new in {
            "{\n\tservers": f"{{\n\thttp_port {http}\n\thttps_port {https}\n\tadmin 127.0.0.1:{admin}\n\tservers",
            f"{NAME} {{": f"{NAME} {{\n\tbind 127.0.0.1\n\ttls {made} {key}",
            "unix//run/plum/web.sock": f"127.0.0.1:{behind.server_port}",
        }.items():
            assert old in ours, old
            ours = ours.replace(old, new)
        (folder / "Caddyfile").write_text(ours)
        command = ["env", f"HOME={folder}", "caddy", "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]
        with running(command, (http, https), folder / "output"):
            yield Proxy(http, https, behind, ssl.create_default_context(cafile=str(made)))
