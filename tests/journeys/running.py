"""The site as it runs for the journeys: where, with which settings, and who can sign in."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADMIN = "admin@plum-medical.example"


@dataclass(frozen=True)
class RunningSite:
    url: str
    env: dict[str, str]
    passwords: dict[str, str]

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words], env=self.env, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


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
    port = free_port()
    url = f"http://localhost:{port}"  # a browser knows passkeys by a name, never by a number
    env = os.environ | {
        "DATABASE_URL": f"sqlite:///{var / 'db.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "plum.settings.dev",
        "EMAIL_URL": mail_url,
        "SITE_URL": url,
        "VAR_DIR": str(var),
    }
    running = RunningSite(url, env, {})
    running.manage("migrate", "--verbosity", "0")
    running.manage("demo")
    running.passwords.update(json.loads((var / "demo-passwords.json").read_text()))
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--blocking-threads", "4"]
    server = subprocess.Popen(
        [*command, "--log-level", "warning", "plum.wsgi:application"], env=env | {"DEBUG": "0"}, cwd=ROOT
    )
    try:
        wait_for(f"{url}/healthz")
        yield running
    finally:
        server.terminate()
        server.wait(10)
