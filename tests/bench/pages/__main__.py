"""`python -m tests.bench.pages`: how fast public pages are sent, in one table. Needs wrk; takes nginx where it is.

The demo site is laid into a PostgreSQL database of its own where there is one at POSTGRES_URL, as install.sh does; with
--sqlite, or where there is none, into SQLite.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.bench.pages.table import BARE, FILE, KNOWN, PLAIN, Contender, judge, measured, say, tell
from tests.deploy.drilling import new_database
from tests.journeys.running import ROOT, free_port, wait_for

PAGE = "/policies/privacy/"
REDLINE, VERSIONS, TEXT = f"{PAGE}compare/1.0/2.0/", f"{PAGE}versions/", f"{PAGE}versions/1.0/text/"
NGINX = """
worker_processes 2; pid {folder}/nginx.pid; error_log stderr crit; daemon off;
events {{ worker_connections 1024; }}
http {{ access_log off; types {{ text/html html; }} default_type text/html;
  server {{ listen 127.0.0.1:{port}; root {folder}/www; }} }}
"""
FOREIGN = {"Cookie": "_ga=GA1.1.1; _fbp=fb.1"}


@contextmanager
def process(command, env, url):
    server = subprocess.Popen(command, env=env, cwd=ROOT)
    try:
        wait_for(url)
        yield
    finally:
        server.terminate()
        server.wait(20)


def granian(application, port):
    words = ["--interface", "wsgi", "--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws"]
    return [sys.executable, "-m", "granian", *words, "--log-level", "error", application]


@contextmanager
def laid_in(folder, *, sqlite):
    """Give the address of an empty database, and say of which kind it is."""
    with ExitStack() as stack:
        kind = "sqlite" if sqlite else "postgresql"
        try:
            database = stack.enter_context(new_database(kind, folder))
        except psycopg.OperationalError:
            kind, database = "sqlite", stack.enter_context(new_database("sqlite", folder))
        say(f"the site is in {kind}")
        yield database


def lay_site(env):
    env = env | {"DEBUG": "1"}
    for words in (["migrate", "--verbosity", "0"], ["demo"]):
        subprocess.run([sys.executable, "manage.py", *words], env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def record(url, path):
    with urllib.request.urlopen(url) as answer:
        body = answer.read().decode()
        path.write_text(json.dumps({"headers": answer.headers.items(), "body": body}))
    return body, answer.headers["ETag"]


class Servers:
    """All that is asked, each a process of its own with a port of its own."""

    def __init__(self, stack: ExitStack, folder: Path, env: dict[str, str]) -> None:
        self.stack, self.folder, self.env = stack, folder, env

    def start(self, application: str, health: str, **more: str) -> str:
        port = free_port()
        at = f"http://localhost:{port}"
        env = self.env | {"SITE_URL": at} | more
        self.stack.enter_context(process(granian(application, port), env, at + health))
        return at

    def start_plain(self, settings: str) -> str:
        module = f"tests.bench.pages.{settings}"
        return self.start("tests.bench.pages.plain_wsgi:application", "/about/", DJANGO_SETTINGS_MODULE=module)

    def start_nginx(self, program: str, body: str) -> str:
        port = free_port()
        (self.folder / "www").mkdir()
        (self.folder / "www" / "page.html").write_text(body)
        (self.folder / "nginx.conf").write_text(NGINX.format(folder=self.folder, port=port))
        url = f"http://localhost:{port}/page.html"
        self.stack.enter_context(process([program, "-c", str(self.folder / "nginx.conf")], self.env, url))
        return url


def contenders(servers: Servers) -> list[Contender]:
    """Start all servers; return what is asked of them."""
    stored = servers.start("plum.wsgi:application", "/healthz")
    made = servers.start("plum.wsgi:application", "/healthz", FINISHED_PAGES_MB="0")
    plain, cached = servers.start_plain("plain"), servers.start_plain("cached")
    recorded = servers.folder / "recorded.json"
    body, etag = record(stored + PAGE, recorded)
    bare = servers.start("tests.bench.pages.bare:application", "/", RECORDED=str(recorded)) + PAGE
    known, page = {"If-None-Match": etag}, stored + PAGE
    found = [
        Contender(BARE, bare),
        Contender(KNOWN, bare, known, KNOWN),
        Contender(PLAIN, f"{plain}/about/"),
        Contender("Django's cache middleware", f"{cached}/about/"),
        Contender("stored 200", page),
        Contender("stored 304", page, known, KNOWN),
        Contender("stored gzip", page, {"Accept-Encoding": "gzip"}),
        Contender("stored br", page, {"Accept-Encoding": "gzip, deflate, br, zstd"}),
        Contender("stored, foreign cookies", f"{page}?utm_source=mail", FOREIGN),
        Contender("stored home", f"{stored}/"),
        Contender("stored redline", stored + REDLINE),
        Contender("made policy", made + PAGE),
        Contender("made home", f"{made}/"),
        Contender("made versions", made + VERSIONS),
        Contender("made redline", made + REDLINE),
        Contender("made text", made + TEXT),
    ]
    program = shutil.which("nginx")
    return [Contender(FILE, servers.start_nginx(program, body)), *found] if program else found


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=int, default=2)
    asked.add_argument("--sqlite", action="store_true")
    asked.add_argument("--connections", type=int, nargs="+", default=[1, 16, 200])
    options = vars(asked.parse_args())
    if not shutil.which("wrk"):
        sys.exit("wrk makes the load: apt-get install wrk")
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        database = stack.enter_context(laid_in(folder, sqlite=options.pop("sqlite")))
        env = os.environ | {
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "plum.settings.dev",
            "DEBUG": "0",
            "EMAIL_URL": "memorymail://",
            "VAR_DIR": name,
            "LOG_LEVEL": "ERROR",
        }
        lay_site(env)
        found = contenders(Servers(stack, folder, env))
        rates = measured(found, **options)
        tell(found, rates, options["connections"])
        judge(rates, options["connections"])


main()
