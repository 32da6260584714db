"""How many mails a second leave, ours beside Django's own ways and two mail queues, in one run in random order.

Run by `make bench`, or `pytest -o addopts="" tests/bench/notices`. Nothing here fails for being slow: machines differ.
Every contender sends the same mail to Postfix's smtp-sink and leaves each mail marked as sent in the same database.
Set by the environment:

    SMTP_SINK              where smtp-sink is, if not on the path
    POSTGRES_URL           the server; a database of the benchmark's own is made there, and dropped
    BENCH_ROUNDS           3
    BENCH_SECONDS          about how long one contender sends in one round: 1
    BENCH_LATENCY_MS       5
"""

import os
from dataclasses import dataclass, field
from itertools import product
from random import Random
from statistics import median

from . import sink

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "1"))
LATENCY = float(os.environ.get("BENCH_LATENCY_MS", "5")) / 1000
CHANCE = Random(7)


@dataclass(frozen=True)
class Entry:
    """A row of the table. `rate` is what is expected, `far` at a distance: by them the number of mails is chosen."""

    title: str
    contender: str
    rate: int
    far: int
    processes: int = 1
    options: dict = field(default_factory=dict, hash=False)
    is_peer: bool = False


LIMITS = [
    Entry("raw bytes, no database, 1 connection", "raw", 10_000, 180, options={"connections": 1}),
    Entry("raw bytes, no database, 8 connections", "raw", 15_000, 1_200, options={"connections": 8}),
]
OURS = [
    Entry(
        f"ours, {workers} worker{'s' * (workers > 1)} × {connections}",
        "ours",
        {1: 2_000, 8: 5_000, 16: 6_000}[connections],
        {1: 150, 8: 900, 16: 1_400}[connections] * workers,
        processes=workers,
        options={"connections": connections},
    )
    for workers, connections in product([1, 2], [1, 8, 16])
]
PEERS = [
    Entry("Django, one connection, each marked", "django", 500, 45, is_peer=True),
    Entry("Django, one connection, marked at the end", "django at once", 500, 45, is_peer=True),
    Entry("Django, send_mail for each", "naive", 300, 30, is_peer=True),
    Entry(
        "django-post_office, 8 threads", "post_office", 500, 250, options={"processes": 1, "threads": 8}, is_peer=True
    ),
    Entry(
        "django-post_office, 16 threads", "post_office", 500, 350, options={"processes": 1, "threads": 16}, is_peer=True
    ),
    Entry(
        "django-post_office, 2 processes × 8",
        "post_office",
        800,
        400,
        options={"processes": 2, "threads": 8},
        is_peer=True,
    ),
    Entry("django-mailer", "mailer", 300, 40, is_peer=True),
    Entry("django-mailer, 2 processes", "mailer", 400, 70, processes=2, is_peer=True),
]
# On SQLite a process of django-mailer keeps the others out while it waits for the mail server.
FOR_SQLITE = [entry for entry in [*OURS, *PEERS] if entry.title != "django-mailer, 2 processes"]


@dataclass
class Result:
    rates: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def measure(place, entry, port, mails, result):
    place.first.do("prepare", contender=entry.contender, mails=mails)
    seconds, done = place.together(
        entry.processes, "send", contender=entry.contender, mails=mails, port=port, **entry.options
    )
    assert place.first.do("sent", contender=entry.contender) == mails
    result.rates.append(mails / seconds)
    result.processor.append(sum(one["processor"] for one in done) / mails)


def run(contests, port, rounds, how_many):
    """Measure all, each round in another order; `contests` are pairs of a place and an entry."""
    for place in {place for place, _ in contests}:
        place.first.do("people", count=int(1.1 * max(how_many(entry) for _, entry in contests)) + 10)
    results = {(place.name, entry): Result() for place, entry in contests}
    for _ in range(rounds):
        for place, entry in CHANCE.sample(contests, len(contests)):
            measure(place, entry, port, how_many(entry), results[place.name, entry])
    return results


def told(results, heading):
    peers = [(median(result.rates), entry) for (_, entry), result in results.items() if entry.is_peer]
    best, fastest = max(peers, key=lambda peer: peer[0])
    yield ""
    yield f"{heading}; load {', '.join(f'{load:.1f}' for load in os.getloadavg())}"
    yield f"{'mails a second':40} {'median':>8} {'least':>8} {'most':>8} {'µs CPU':>8}  of the fastest peer"
    for (_, entry), result in results.items():
        rate = median(result.rates)
        numbers = (rate, min(result.rates), max(result.rates), median(result.processor) * 1e6)
        yield f"{entry.title:40}" + "".join(f" {number:8,.0f}" for number in numbers) + f"  {rate / best:6.2f} ×"
    yield f"fastest peer: {fastest.title}. µs CPU: of the sending processes, a mail; not of database and mail server."


def in_place(results, name):
    return {key: result for key, result in results.items() if key[0] == name}


def test_sending_beside_peers(tell, smtp_port, databases):
    """One run for both databases; each contender sends for about as long."""
    contests = [(databases.sqlite, entry) for entry in FOR_SQLITE]
    contests += [(databases.postgresql or databases.sqlite, entry) for entry in LIMITS]
    if databases.postgresql:
        contests += [(databases.postgresql, entry) for entry in [*OURS, *PEERS]]
    results = run(contests, smtp_port, ROUNDS, lambda entry: int(entry.rate * SECONDS))
    for name in ("PostgreSQL", "SQLite"):
        if found := in_place(results, name):
            for line in told(found, f"Sending, {name}, {ROUNDS} rounds"):
                tell(line)


def test_sending_to_a_server_far_away(tell, smtp_port, postgresql):
    contests = [(postgresql, entry) for entry in [*LIMITS, *OURS, *PEERS]]
    with sink.at_a_distance(smtp_port, LATENCY) as port:
        trip = sink.round_trip(port) * 1000
        results = run(contests, port, 1, lambda entry: int(entry.far * SECONDS))
    for line in told(results, f"Sending, PostgreSQL, every answer late: NOOP takes {trip:.1f} ms"):
        tell(line)
