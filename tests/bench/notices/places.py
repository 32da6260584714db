"""Databases of the benchmark's own, and the processes that work in them."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

TREE = Path(__file__).parents[3]
POSTGRES_URL = os.environ.get("POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/plum")
SERVER = POSTGRES_URL.rpartition("/")[0]


class Process:
    """A process of ours that does one thing after another: see `doing`. `start`, then `result`."""

    def __init__(self, database_url: str) -> None:
        settings = {"DJANGO_SETTINGS_MODULE": "tests.bench.notices.settings", "DATABASE_URL": database_url}
        command = [sys.executable, "-m", "tests.bench.notices.doing"]
        self.process = subprocess.Popen(
            command, cwd=TREE, env=os.environ | settings, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def start(self, what: str, **options: Any) -> None:
        self.process.stdin.write(json.dumps([what, options]) + "\n")
        self.process.stdin.flush()

    def result(self) -> Any:
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("A process of the benchmark has died; what it said is above.")
        return json.loads(line)

    def do(self, what: str, **options: Any) -> Any:
        self.start(what, **options)
        return self.result()

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()


class Place:
    """A database, and two processes in it, which may work at the same time."""

    def __init__(self, name: str, url: str) -> None:
        self.name, self.url = name, url
        self.processes = [Process(url) for _ in range(2)]

    @property
    def first(self) -> Process:
        return self.processes[0]

    def together(self, count: int, what: str, **options: Any) -> tuple[float, list[Any]]:
        """Let so many processes do the same; return the seconds until the last was ready, and the results."""
        working = self.processes[:count]
        began = time.perf_counter()
        for process in working:
            process.start(what, **options)
        results = [process.result() for process in working]
        return time.perf_counter() - began, results

    def end(self) -> None:
        for process in self.processes:
            process.end()


def why_no_postgresql() -> str:
    """Why there is no server to be measured; empty if there is one."""
    try:
        psycopg.connect(f"{SERVER}/postgres", connect_timeout=3).close()
    except psycopg.Error:
        return f"no PostgreSQL at {POSTGRES_URL}: start one or set POSTGRES_URL"
    return ""


@contextmanager
def postgresql() -> Iterator[Place]:
    name = f"plum_bench_{os.getpid()}"
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        place = Place("PostgreSQL", f"{SERVER}/{name}")
        try:
            yield place
        finally:
            place.end()
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def sqlite() -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder:
        place = Place("SQLite", f"sqlite:///{folder}/bench.sqlite3")
        try:
            yield place
        finally:
            place.end()
