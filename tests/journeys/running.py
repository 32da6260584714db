"""The site as it runs for the journeys: where, with which settings, and who can sign in."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import PIPE
from urllib.parse import urlsplit

from tests.making.laid import laid

ROOT = Path(__file__).resolve().parents[2]
ADMIN = "admin@plum-medical.example"


@dataclass(frozen=True)
class RunningSite:
    url: str
    env: dict[str, str]
    passwords: dict[str, str]
    warm: subprocess.Popen[str]

    def manage(self, *words: str) -> str:
        """Run a command of `manage.py` beside the site and return what it wrote; fail as it fails."""
        self.warm.stdin.write(json.dumps(words) + "\n")
        self.warm.stdin.flush()
        code, out, err = json.loads(self.warm.stdout.readline())
        assert code == 0, err
        return out

    @contextmanager
    def with_database(self, url: str) -> Iterator["RunningSite"]:
        """Give commands to the same site with another database."""
        env = self.env | {"DATABASE_URL": url}
        with warm_django(env) as warm:
            yield replace(self, env=env, warm=warm)


@contextmanager
def warm_django(env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.journeys.warm"]
    with subprocess.Popen(command, env=env, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as warm:
        yield warm


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(url: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=1)
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(url)


def wait_for_words(url: str, words: str, seconds: float = 60) -> None:
    """Wait until a page says something that another process had a hand in."""
    end = time.monotonic() + seconds
    while words not in urllib.request.urlopen(url, timeout=20).read().decode():
        assert time.monotonic() < end, f"{url} does not say {words}"
        time.sleep(0.5)


@contextmanager
def demo_site(var: Path, mail_url: str) -> Iterator[RunningSite]:
    """Serve a demo site with a database of its own, by granian as `make run` does, until the block ends."""
    with empty_site(var, mail_url) as running:
        running.manage("demo")
        running.passwords.update(json.loads((var / "demo-passwords.json").read_text()))
        with served(running):
            yield running


@contextmanager
def empty_site(var: Path, mail_url: str) -> Iterator[RunningSite]:
    """Make a site with tables and nothing in them; it is not served yet."""
    port = free_port()
    url = f"http://localhost:{port}"  # a browser knows passkeys by a name, never by a number
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{var / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "plum.settings.dev",
        "EMAIL_URL": mail_url,
        "SITE_URL": url,
        "VAR_DIR": str(var),
    }
    with warm_django(env) as warm:
        running = RunningSite(url, env, {}, warm)
        migrate(running, var)
        yield running


@contextmanager
def served(site: RunningSite) -> Iterator[None]:
    port = urlsplit(site.url).port
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4"]
    server = subprocess.Popen(
        [*command, "--log-level", "warning", "plum.wsgi:application"], env=site.env | {"DEBUG": "0"}, cwd=ROOT
    )
    try:
        wait_for(f"{site.url}/healthz")
        yield
    finally:
        server.terminate()
        server.wait(10)


def migrate(site: RunningSite, var: Path) -> None:
    """Give a site its tables: a copy of those that `migrate` laid for the first site that wanted some."""

    def lay(file: Path) -> None:
        site.manage("migrate", "--verbosity", "0")
        shutil.move(var / "db.sqlite3", file)

    shutil.copy(laid("journeys.sqlite3", lay), var / "db.sqlite3")
