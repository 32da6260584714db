"""How many mails a second leave, ours beside Django's own ways and two mail queues, in one run in random order.

Run by `make bench`, or `pytest -o addopts="" tests/bench/notices`. Nothing here fails for being slow: machines differ.
Every contender takes the same mail for the same people from a queue in the same database, hands it to Postfix's
smtp-sink on this machine, and leaves it marked as sent; `contenders` says how each does it. A second run is against a
server whose answers are late. Set by the environment:

    SMTP_SINK           where smtp-sink is, if not on the path
    POSTGRES_URL        the server; a database of the benchmark's own is made there, and dropped
    BENCH_ROUNDS        3
    BENCH_SECONDS       1: about how long each sends in one round; more evens out what stands at the beginning and end
    BENCH_LATENCY_MS    5
"""

import os
from dataclasses import dataclass, field
from random import Random
from statistics import median

from tests.bench.notices import sink
from tests.bench.notices.entries import LIMITS, OURS, PEERS, PEERS_FAR_AWAY, PEERS_ON_SQLITE, guarded_and_not

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("BENCH_SECONDS", "1"))
LATENCY = float(os.environ.get("BENCH_LATENCY_MS", "5")) / 1000
CHANCE = Random(7)


@dataclass
class Result:
    """Mails a second, and seconds of the senders' processor time a mail, of each round."""

    rates: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def run(contests, port, rounds, how_many):
    """Measure all, each round in another order. `contests` are pairs of a place and an entry."""
    people = max(how_many(entry) for _, entry in contests) * 11 // 10 + 100
    for place in {place for place, _ in contests}:
        place.first.do("people", count=people)
    results = {(place.name, entry): Result() for place, entry in contests}
    for _ in range(rounds):
        for place, entry in CHANCE.sample(contests, len(contests)):
            measure(place, entry, port, how_many(entry), results[place.name, entry])
    return results


def measure(place, entry, port, mails, result):
    place.first.do("prepare", contender=entry.contender, mails=mails)
    seconds, done = place.together(entry.processes, "send", contender=entry.contender, port=port, **entry.options)
    assert place.first.do("sent", contender=entry.contender) == mails
    result.rates.append(mails / seconds)
    result.processor.append(sum(done) / mails)


def told(results, heading):
    """The lines of the table of one database."""
    rates = {entry: median(result.rates) for (_, entry), result in results.items()}
    fastest = max((entry for entry in rates if entry.is_peer), key=rates.get)
    alone = max((entry for entry in rates if entry.is_peer and entry.is_alone), key=rates.get)
    yield f"\n{heading}; load {', '.join(f'{load:.1f}' for load in os.getloadavg())}"
    yield f"{'mails a second':42} {'median':>8} {'least':>8} {'most':>8} {'µs CPU':>8}   of the fastest peer"
    for (_, entry), result in results.items():
        yield f"{entry.title:42} {row_of(result)}   {rates[entry] / rates[fastest]:6.2f} ×{wish_of(entry)}"
    yield f"Fastest peer: {fastest.title}; of those of one process: {alone.title}."
    yield "µs CPU: of the sending processes a mail, without database and mail server."


def row_of(result):
    rates = result.rates
    numbers = (median(rates), min(rates), max(rates), median(result.processor) * 1e6)
    return " ".join(f"{number:8,.0f}" for number in numbers)


def wish_of(entry):
    return f" (wanted: {entry.wanted})" if entry.wanted else ""


def test_sending_beside_peers(tell, smtp_port, databases):
    contests = [(databases.sqlite, entry) for entry in [*OURS, *PEERS_ON_SQLITE]]
    contests += [(databases.postgresql or databases.sqlite, entry) for entry in LIMITS]
    if databases.postgresql:
        contests += [(databases.postgresql, entry) for entry in [*OURS, *PEERS]]
    results = run(contests, smtp_port, ROUNDS, lambda entry: int(entry.near * SECONDS))
    for name in ("PostgreSQL", "SQLite"):
        if found := {key: result for key, result in results.items() if key[0] == name}:
            for line in told(found, f"Sending, {name}, rounds: {ROUNDS}"):
                tell(line)


def test_sending_to_a_server_far_away(tell, smtp_port, postgresql):
    contests = [(postgresql, entry) for entry in [*LIMITS, *OURS, *PEERS_FAR_AWAY]]
    with sink.at_a_distance(smtp_port, LATENCY) as port:
        trip = sink.round_trip(port) * 1000
        results = run(contests, port, 1, lambda entry: int(entry.far * SECONDS))
    for line in told(results, f"Sending, PostgreSQL, every answer late (NOOP takes {trip:.1f} ms), rounds: 1"):
        tell(line)


def test_what_the_triggers_cost(tell, smtp_port, databases):
    for place in filter(None, (databases.postgresql, databases.sqlite)):
        contests = [(place, entry) for entry in guarded_and_not(1, 8)]
        results = run(contests, smtp_port, 3 * ROUNDS, lambda entry: int(entry.near * SECONDS))
        guarded, free = (result.rates for result in results.values())
        pairs = sorted(one / other for one, other in zip(guarded, free, strict=True))
        tell(f"With the triggers {median(pairs):.3f} × as fast as without, on {place.name} (wanted: 0.97)")
        tell(f"  rounds: {len(pairs)}, from {pairs[0]:.2f} to {pairs[-1]:.2f}; {median(guarded):,.0f} mails a second")
