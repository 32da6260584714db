"""The database goes and comes back under load: kept pages stay, and nothing is old afterwards."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

from tests.bench.crowd.places import a_place, changing, lay, reading, say, serving, warm
from tests.bench.crowd.watching import watched
from tests.journeys.running import free_port

GONE, AFTER = 6, 15  # seconds


@contextmanager
def cluster(folder: Path):
    """Make a PostgreSQL of one's own; yield its address and what stops and starts it."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    place, port = folder / "cluster", free_port()
    place.mkdir()
    shutil.chown(place, "postgres")
    as_postgres = ("runuser", "-u", "postgres", "--") if os.getuid() == 0 else ()

    def control(*words: str) -> None:
        options = ["-o", f"-p {port} -k {place} -c listen_addresses=127.0.0.1"] if words[0] == "start" else []
        command = [*as_postgres, programs / "pg_ctl", "-D", place, "-w", "-l", place / "log", *options, *words]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    command = [*as_postgres, programs / "initdb", "-D", place, "-A", "trust", "-U", "postgres"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
    control("start")
    try:
        yield f"postgres://postgres@127.0.0.1:{port}/postgres", control
    finally:
        control("stop", "-m", "immediate")


def restart(folder: Path, *, short: bool) -> list[str]:
    with cluster(folder) as (database, control):
        place = a_place(folder, database)
        lay(place)
        with serving(place):
            with changing(place) as change:
                change("announce", 2)
            warm(place)
            seconds = GONE + AFTER
            with watched(place) as watchers, watched(place, "/policies/crowd/versions/2.0/text/?view=other") as others:
                with reading(place, connections=50, seconds=seconds) as found:
                    time.sleep(2)
                    stopped = time.time()
                    control("stop", "-m", "fast")
                    time.sleep(GONE)
                    control("start")
                    back = time.time()
                    with changing(place) as change:
                        moment = change("announce", 3)
                figures = [place.figures(port) for port in place.ports]
    return judge(watchers, others, found, (stopped, back, moment), figures)


def judge(watchers, others, found, moments, figures) -> list[str]:
    stopped, back, moment = moments
    away = [one for watcher in watchers for one in watcher.seen if stopped + 1 < one[0] < back]
    refused = [one for watcher in others for one in watcher.seen if stopped + 1 < one[0] < back]
    slowest = max(watcher.slowest for watcher in others)
    stale = max(watcher.stale(moment, 3) for watcher in watchers)
    faults = [fault for one in found for fault in one.faults]
    failed = sum(watcher.failed() for watcher in watchers)
    marked = sum(one[3] for one in away)
    say(f"{sum(one.requests for one in found):,} requests for kept pages; faults: {faults}; watchers failed: {failed}")
    say(f"while it was gone: {len(away):,} looks at kept pages, {marked:,} of them marked as perhaps old")
    say(f"others: {len(refused)} asked, {sum(one[2] == 503 for one in refused)} told 503, slowest {slowest:.2f} s")
    say(f"{moment - back:.1f} s after it was back, an announcement; old answers after it for {stale * 1000:.0f} ms")
    say(f"away now: {[one['database_away'] for one in figures]}")
    checks = {
        "kept pages failed": bool(faults) or failed > 0,
        "an old page was sent after an announcement": stale > 0,
        "the database is still thought to be away": any(one["database_away"] for one in figures),
        "others were not told": any(one[2] != 503 for one in refused) or not refused,
    }
    return [words for words, is_so in checks.items() if is_so]
