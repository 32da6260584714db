"""Whatever is asked for, a process stays as small as it is; and a cold one makes each page once, however many ask."""

import os
import socket
import time
from contextlib import suppress
from pathlib import Path

from tests.bench.crowd.places import ADDRESSES, RANDOM, a_place, lay, reading, say, serving

REQUESTS, ROUND = 300_000, 20
GROWTH = 8.0  # MB that a process may be larger at the end than after its first rounds


def memory(folder: Path, *, short: bool) -> list[str]:
    """Ask with random queries, paths, hosts and headers, and look at the size of each process after each round."""
    place = a_place(folder, os.environ["DATABASE_URL"])
    lay(place)
    wanted, asked, sizes = REQUESTS // (50 if short else 1), 0, []
    with serving(place):
        while asked < wanted or len(sizes) < 3:
            with reading(place, connections=32, seconds=5 if short else ROUND, more=RANDOM) as found:
                pass
            asked += sum(one.requests for one in found)
            figures = [place.figures(port) for port in place.ports]
            sizes.append([one["resident_mb"] for one in figures])
            kept = [(one["kept"], one["bytes"] // 1000) for one in figures]
            say(f"{asked:,} requests: {', '.join(f'{size:.0f} MB' for size in sizes[-1])}; kept, kB: {kept}")
    grown = max(last - first for first, last in zip(sizes[1], sizes[-1], strict=True))
    say(f"grown since the second round: {grown:.1f} MB")
    return [f"a process has grown by {grown:.1f} MB"] if grown > GROWTH else []


def cold(folder: Path, *, short: bool) -> list[str]:
    """Start processes while readers are knocking, and count how often each made a page."""
    place = a_place(folder, os.environ["DATABASE_URL"])
    lay(place)
    with serving(place, waits=False):
        for port in place.ports:
            knock(port)
        with reading(place, connections=200, seconds=20) as found:
            pass
        figures = [place.figures(port) for port in place.ports]
    made = [one["made_total"] for one in figures]
    say(f"{sum(one.requests for one in found):,} requests from the first moment on; {[one.faults for one in found]}")
    say(f"{len(ADDRESSES)} addresses, made by each process: {made}; hits {[one['hits_total'] for one in figures]}")
    return [f"pages were made more than once: {made}"] if any(one > len(ADDRESSES) for one in made) else []


def knock(port: int) -> None:
    """Wait until a process takes connections: it does so before it has read the site's code."""
    for _ in range(3000):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)
