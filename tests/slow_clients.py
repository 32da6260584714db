"""Tries the site with clients whose bodies come byte by byte, against granian and PostgreSQL on this machine.

    python -m tests.slow_clients [--clients 8 200] [--seconds 15] [--server postgres://postgres@127.0.0.1:5432]

It makes a database and a web server of its own on loopback, and takes both away. It ends with 1 if a page that anybody
asks for meanwhile is not served, or a visitor cannot send a form while eight clients are slow.
"""

# ruff: noqa: T201

import argparse
import http.client
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

TOP = Path(__file__).parents[1]
PAGES = ("/", "/policies/", "/account/login/", "/readyz")
SLOW = ("/policies/privacy/verify/", "/account/login/", "/account/signup/", "/")
FORM = "/policies/privacy/verify/"
PROXY = {"Host": "localhost", "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
LIMIT = 5.0  # seconds in which a page must be there
THREADS = "128"


@contextmanager
def database(server: str) -> Iterator[str]:
    """An empty database of our own, by its address."""
    name = f"plum_slow_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def environment(database_url: str, var: str) -> dict[str, str]:
    """The settings of production, as docs/operations.md has them, behind a proxy that we play ourselves."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "plum.settings.production",
        "SECRET_KEY": secrets.token_hex(40),
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "https://localhost",
        "TRUSTED_PROXIES": "1",
        "EMAIL_URL": "memorymail://",
        "DATABASE_URL": database_url,
        "VAR_DIR": var,
        "GRANIAN_BLOCKING_THREADS": THREADS,
        "GRANIAN_HTTP1_HEADER_READ_TIMEOUT": "10000",
    }
    return {**os.environ, **ours}


@contextmanager
def site(env: dict[str, str], port: int) -> Iterator[None]:
    """Granian with one worker, until it is no longer needed."""
    granian = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1", "--log-level", "warning"]
    web = subprocess.Popen([*granian, "--port", str(port), "plum.wsgi:application"], env=env, cwd=TOP)
    try:
        for _ in range(300):
            if web.poll() is not None:
                sys.exit("granian did not start")
            if answer(port, "/healthz")[0] == 200:
                break
            time.sleep(0.2)
        yield
    finally:
        web.terminate()
        try:
            web.wait(15)
        except subprocess.TimeoutExpired:  # threads that wait for a body keep it
            web.kill()
            web.wait()


def answer(port: int, path: str, body: str | None = None) -> tuple[int, float]:
    """Ask for a page, or send a form; return the status, 0 for none, and the seconds it took."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LIMIT * 3)
    try:
        headers = PROXY | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
        connection.request("POST" if body else "GET", path, body, headers)
        status = connection.getresponse().status
    except OSError:
        status = 0
    finally:
        connection.close()
    return status, time.monotonic() - began


def manage(env: dict[str, str], *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], env=env, cwd=TOP, check=True, stdout=subprocess.DEVNULL)


class SlowClient:
    """Says that a megabyte comes, and sends a byte now and then."""

    def __init__(self, port: int, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        said = PROXY | {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": "1000000"}
        lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items()), "", "text="]
        self.socket.sendall("\r\n".join(lines).encode())

    def send(self) -> None:
        with suppress(OSError):  # the server may hang up
            self.socket.sendall(b"x")


def ask_all(port: int) -> dict[str, tuple[int, float]]:
    found = {page: answer(port, page) for page in PAGES}
    return found | {"a form": answer(port, FORM, "text=We+respect+your+privacy.")}


def tell(heading: str, found: dict[str, tuple[int, float]]) -> None:
    listed = "  ".join(f"{page} {status} in {seconds:.2f} s" for page, (status, seconds) in found.items())
    print(f"{heading:32} {listed}", flush=True)


def attempt(port: int, how_many: int, seconds: float) -> bool:
    """Hold that many slow bodies for a while, and ask for pages meanwhile; return whether all is served."""
    clients = [SlowClient(port, SLOW[number % len(SLOW)]) for number in range(how_many)]
    fine, end = True, time.monotonic() + seconds
    try:
        while time.monotonic() < end:
            time.sleep(min(2.0, seconds / 3))
            for client in clients:
                client.send()
            found = ask_all(port)
            tell(f"with {how_many} slow clients", found)
            form = found.pop("a form")
            fine &= all(status == 200 and took < LIMIT for status, took in found.values())
            fine &= form[0] == 200 or (how_many > int(THREADS) // 2 and form[0] == 503)
    finally:
        for client in clients:
            client.socket.close()
    return fine


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, nargs="+", default=[8, 200])
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--server", default="postgres://postgres@127.0.0.1:5432")
    options = parser.parse_args()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with database(options.server) as address, tempfile.TemporaryDirectory() as var:
        env = environment(address, var)
        dev = env | {"DJANGO_SETTINGS_MODULE": "plum.settings.dev"}
        manage(env, "migrate", "-v", "0")
        manage(env, "collectstatic", "--noinput", "-v", "0")
        manage(dev, "demo")
        with site(env, port):
            tell("before", ask_all(port))
            fine = [attempt(port, how_many, options.seconds) for how_many in options.clients]
            time.sleep(1)
            tell("after", last := ask_all(port))
    return 0 if all(fine) and all(status == 200 for status, _ in last.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
