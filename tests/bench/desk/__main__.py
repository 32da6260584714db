"""Times the pages of the CMS on a site of some age, and watches the memory of its exports. Needs PostgreSQL.

    DATABASE_URL=postgres://… DJANGO_SETTINGS_MODULE=plum.settings.test python -m tests.bench.desk

Makes a test database beside the one named, and takes it away again. Printed for each page: the median time in the
server of five requests, after one to warm up, and how many queries it takes.
"""

# ruff: noqa: E402

import statistics
import sys
import time
from pathlib import Path

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment
from django.urls import reverse

from tests.bench.desk.building import NOTICES, PEOPLE, POLICIES, VERSIONS, build, sign_in
from tests.bench.desk.pages import EXPORTS, pages

LIMIT = 300  # ms
TIMES = 5


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def measure(client: Client, address: str) -> tuple[float, int, int]:
    """Return the median time in ms, the queries and the status of a page."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(address).status_code
        number = len(queries)
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times), number, status


def resident() -> float:
    """Return the memory of this process in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 2**20


def export(client: Client, name: str) -> str:
    """Read an export as it is sent, and say what it cost."""
    before = most = resident()
    begun = time.perf_counter()
    answer = client.get(reverse(f"policies_reports:{name}"), {"export": "csv"})
    size = lines = first = 0
    for piece in answer.streaming_content:
        first = first or time.perf_counter() - begun
        size, lines = size + len(piece), lines + 1
        if lines % 10_000 == 0:
            most = max(most, resident())
    most, took = max(most, resident()), time.perf_counter() - begun
    memory = f"{before:5.0f} MiB before, {most:5.0f} at most"
    return f"{name:12} {lines - 1:>9,} rows {size / 2**20:6.1f} MiB {took:6.1f} s, first line {first:5.2f} s, {memory}"


def main() -> None:
    """Build, measure, print, and take the database away."""
    if connection.vendor != "postgresql":
        sys.exit("Set DATABASE_URL to a PostgreSQL database.")
    setup_test_environment()
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        begun = time.perf_counter()
        build()
        say(f"{POLICIES} policies × {VERSIONS} versions, {PEOPLE * NOTICES:,} deliveries of {NOTICES} notices,")
        say(f"built in {time.perf_counter() - begun:.0f} s.\n")
        client = Client()
        sign_in(client)
        say(f"{'page':32} {'ms':>6} {'limit':>6} {'queries':>8}")
        for what, address in pages():
            took, queries, status = measure(client, address)
            remark = ("" if took <= LIMIT else "  OVER") + ("" if status == 200 else f"  HTTP {status}")
            say(f"{what:32} {took:6.0f} {LIMIT:>6} {queries:>8}{remark}")
        say("")
        for report in EXPORTS:
            say(export(client, report))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)
        teardown_test_environment()


main()
