"""Two machines that see each other only through the database: what is announced on one is on the other."""

import os
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.crowd.places import POLICY, Place, a_place, changing, lay, reading, say, serving
from tests.bench.crowd.watching import watched
from tests.bench.namespaces import Relay, machine

SECOND, TIMES = 1.0, 4


def machines(folder: Path, *, short: bool) -> list[str]:
    url = urlsplit(os.environ["DATABASE_URL"])
    lay(a_place(folder, os.environ["DATABASE_URL"]))
    late: list[float] = []
    with ExitStack() as stack:
        places = [there(stack, folder, number, name, url) for number, name in enumerate("ab")]
        for place in places:
            stack.enter_context(serving(place, processes=1, listen="0.0.0.0"))
        change = stack.enter_context(changing(places[0]))
        seconds = 20 if short else 40
        with watched(places[1], POLICY) as (watcher,), ExitStack() as readers:
            found = [readers.enter_context(reading(place, connections=50, seconds=seconds)) for place in places]
            for mark in range(2, 2 + TIMES):
                time.sleep(seconds / (TIMES + 1))
                late.append(watcher_after(watcher, change("announce", mark), mark))
        faults = [fault for both in found for one in both for fault in one.faults]
    say(f"{sum(one.requests for both in found for one in both):,} requests over 100 connections; faults: {faults}")
    old = ", ".join(f"{one * 1000:.0f} ms" for one in late)
    say(f"on the other machine, after the commit, an old answer was begun for: {old} ({len(watcher.seen):,} looks)")
    return [f"an announcement came late: {old}"] if max(late) > SECOND or faults else []


def watcher_after(watcher, moment: float, mark: int) -> float:
    time.sleep(2 * SECOND)
    return watcher.stale(moment, mark)


def there(stack: ExitStack, folder: Path, number: int, name: str, url) -> Place:
    host = stack.enter_context(machine(name, number))
    Relay(host, 5432, url.port or 5432)
    who = url.netloc.rpartition("@")[0]
    place = a_place(folder, f"postgres://{who}@{host}:5432{url.path}")
    place.host, place.within = f"10.213.{number}.2", ("ip", "netns", "exec", f"plum-{name}")
    return place
