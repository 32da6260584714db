"""Machines of one site: each a group of processes with its own folder. The database, Redis and a bucket are shared."""

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode

import boto3
import psycopg
from moto.server import ThreadedMotoServer

from tests.deploy.drilling import TOP, Place, new_database
from tests.deploy.in_front import free_port, wait_for
from tests.plum.starting import RIGHT

HOST = RIGHT["ALLOWED_HOSTS"]
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_EC2_METADATA_DISABLED": "true"}
BUCKET = "plum"


@dataclass
class Machine:
    place: Place
    port: int
    running: list[subprocess.Popen] = field(default_factory=list)

    def start(self, *command: str) -> subprocess.Popen:
        """Start something that runs until it ends, or the machine dies."""
        log = (self.place.folder / "log").open("ab")
        with log:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=TOP, env=self.place.env, stdout=log, stderr=log, start_new_session=True
            )
        self.running.append(process)
        return process

    def serve(self) -> None:
        granian = ("-m", "granian", "--interface", "wsgi", "--no-ws", "--workers", "1", "--port", str(self.port))
        web = self.start(*granian, "--log-level", "warning", "plum.wsgi:application")
        wait_for(self.port, web, self.place.folder / "log")

    def work(self) -> None:
        self.start(
            "manage.py", "db_worker", "--backend", "work", "--no-reload", "--no-startup-delay", "--interval", "1"
        )

    def keep_house(self) -> None:
        self.start("manage.py", "housekeeping", "--every", "1")

    def die(self) -> None:
        """As by a power cut: nothing is told, nothing finished."""
        for process in self.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running.clear()


@dataclass
class Site:
    a: Machine
    b: Machine
    database: str
    ledger: str
    bucket: object

    def waits(self, database: str) -> int:
        """How many transactions in a database wait for somebody's lock."""
        with psycopg.connect(database) as asked:
            found = asked.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            return found.fetchone()[0]

    @contextmanager
    def held(self, database: str, lock: str) -> Iterator[None]:
        """Hold a lock, so that whoever needs it stops in the middle of what they do."""
        with psycopg.connect(database) as holding:
            holding.execute(lock)
            yield


@contextmanager
def two_machines(folder: Path, mail: int) -> Iterator[Site]:
    with ExitStack() as stack:
        database, ledger = (stack.enter_context(new_database("postgresql", folder)) for _ in range(2))
        server, bucket = stack.enter_context(a_bucket())
        shared = {
            "DJANGO_SETTINGS_MODULE": "tests.deploy.nightly.short_lease",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail}",
            "CACHE_URL": stack.enter_context(a_redis(folder)),
            "MEDIA_STORE": f"s3://{BUCKET}/acme?region=eu-west-2&endpoint={server}&addressing=path",
            "ERASURE_LEDGER": ledger,
            "TRUSTED_PROXIES": "1",
            "STATIC_ROOT": str(folder / "static"),
            "GRANIAN_BLOCKING_THREADS": "8",
            **KEYS,
        }
        machines = []
        for name in ("a", "b"):
            (folder / name).mkdir()
            machine = Machine(replace(Place(folder / name, database), more=shared), free_port())
            stack.callback(machine.die)
            machines.append(machine)
        yield Site(*machines, database, ledger, bucket)


@contextmanager
def a_bucket() -> Iterator[tuple[str, object]]:
    """moto, as a server on loopback, with one empty bucket."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        url = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
        asked = boto3.resource(
            "s3", endpoint_url=url, region_name="eu-west-2", aws_access_key_id="key", aws_secret_access_key="secret"
        )
        bucket = asked.Bucket(BUCKET)
        bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        yield url, bucket
    finally:
        server.stop()


@contextmanager
def a_redis(folder: Path) -> Iterator[str]:
    port = free_port()
    log = folder / "redis.log"
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output) as process:
        try:
            wait_for(port, process, log)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()


@dataclass
class Browser:
    """Somebody's browser, before a balancer that leads to whichever machine it likes."""

    cookies: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def asking(
        self, machine: Machine, path: str, form: dict[str, str] | None = None
    ) -> Iterator[http.client.HTTPResponse]:
        """The answer, of which nothing is read yet. A form is sent with the token that the cookie has."""
        sent = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.7",
            "Referer": f"https://{HOST}/",
        }
        sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            body = urlencode(form | {"csrfmiddlewaretoken": self.cookies["__Host-csrftoken"]})
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection("127.0.0.1", machine.port, timeout=60)) as connection:
            connection.request("GET" if form is None else "POST", path, body, sent)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or ():
                name, value = re.match(r"([^=]+)=([^;]*)", line).groups()
                self.cookies[name] = value.strip('"')
            yield answer

    def ask(self, machine: Machine, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        with self.asking(machine, path, form) as answer:
            return answer.status, answer.read()

    def sign_in(self, machine: Machine, email: str, password: str) -> int:
        self.ask(machine, "/account/login/")
        return self.ask(machine, "/account/login/", {"login": email, "password": password})[0]


def comes(true) -> None:
    """Wait until something is so.

    Raises:
        AssertionError: it was not, asked for minutes.
    """
    for _ in range(1200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come")
