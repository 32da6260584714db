"""Times the pages of the CMS on a site of some age, and watches the memory of its exports. Needs PostgreSQL.

    DATABASE_URL=postgres://… DJANGO_SETTINGS_MODULE=plum.settings.test python -m tests.bench.desk

Makes a test database beside the one named, and takes it away again, unless told to `--keep` it for the next time.
Printed for each page: the median time in the server of five requests, after one to warm up, how much of it this process
computed, and how many queries it takes. Whoever shares the machine adds to the first. `BENCH_PEOPLE` makes it a smaller
site: each person has twenty deliveries.
"""

# ruff: noqa: E402

import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import django

django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment
from django.urls import reverse

from policies.writing.models import PolicyPage
from tests.bench.desk.building import NOTICES, PEOPLE, POLICIES, VERSIONS, build, sign_in
from tests.bench.desk.pages import EXPORTS, pages

LIMIT = 300  # ms
TIMES = 5


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


@dataclass
class Cost:
    """What one page costs: the median time in ms, how much of it this process computed, queries, and the status."""

    took: float
    computed: float
    queries: int
    status: int


def measure(client: Client, address: str) -> Cost:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        status = client.get(address).status_code
        number = len(queries)
    took, computed = [], []
    for _ in range(TIMES):
        begun, worked = time.perf_counter(), time.process_time()
        client.get(address)
        took.append((time.perf_counter() - begun) * 1000)
        computed.append((time.process_time() - worked) * 1000)
    return Cost(statistics.median(took), statistics.median(computed), number, status)


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
    keeps = "--keep" in sys.argv
    connection.creation.create_test_db(verbosity=0, autoclobber=not keeps, keepdb=keeps, serialize=False)
    try:
        begun = time.perf_counter()
        if not PolicyPage.objects.exists():
            build()
        say(f"{POLICIES} policies × {VERSIONS} versions, {PEOPLE * NOTICES:,} deliveries of {NOTICES} notices,")
        say(f"there after {time.perf_counter() - begun:.0f} s.\n")
        client = Client()
        sign_in(client)
        say(f"{'page':32} {'ms':>6} {'limit':>6} {'computing':>10} {'queries':>8}")
        for what, address in pages():
            cost = measure(client, address)
            remark = ("" if cost.took <= LIMIT else "  OVER") + ("" if cost.status == 200 else f"  HTTP {cost.status}")
            say(f"{what:32} {cost.took:6.0f} {LIMIT:>6} {cost.computed:>10.0f} {cost.queries:>8}{remark}")
        say("")
        for report in EXPORTS:
            say(export(client, report))
    finally:
        connection.creation.destroy_test_db(name, verbosity=0, keepdb=keeps)
        teardown_test_environment()


main()
