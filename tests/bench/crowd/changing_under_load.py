"""Two hundred readers, while six versions are announced, two of them are withdrawn, and a day ends."""

import os
import time
from pathlib import Path

from tests.bench.crowd.places import POLICY, Readers, a_place, changing, lay, reading, say, serving, warm
from tests.bench.crowd.watching import Watcher, watched
from tests.bench.crowd.zone import lay_zone

CONNECTIONS, SECONDS, QUIET = 200, 60, 20
# Seconds from the beginning, in a run of sixty. The one of “tomorrow” is in force when the day turns.
DEEDS = {
    3: "announce",
    8: "upcoming",
    12: "withdraw",
    17: "announce",
    22: "tomorrow",
    27: "upcoming",
    32: "withdraw",
    50: "announce",
}
MIDNIGHT = 41
STARTING = 60  # seconds until the run begins, at most
MOST = 5.0  # times the quiet p99


def crowd(folder: Path, *, short: bool) -> list[str]:
    scale = 2 if short else 1
    place = a_place(folder, os.environ["DATABASE_URL"], until_midnight=900)
    lay(place)
    # The zone is written again now that it is known when the run begins; the processes read it when they start.
    begins = time.time() + STARTING
    midnight = float(int(begins + MIDNIGHT / scale))
    lay_zone(folder, midnight)
    with serving(place), changing(place) as change:
        warm(place)
        with reading(place, connections=CONNECTIONS, seconds=QUIET // scale) as quiet:
            pass
        time.sleep(max(0.0, begins - time.time()))
        late = time.time() - begins
        with watched(place) as watchers, reading(place, connections=CONNECTIONS, seconds=SECONDS // scale) as busy:
            done = do_all(change, begins, scale)
            time.sleep(max(0.0, begins + SECONDS / scale - time.time()))
        figures = [place.figures(port) for port in place.ports]
    say(f"began {late:.1f} s late; midnight at {MIDNIGHT / scale:.0f} s")
    return judge(quiet, busy, watchers, done, midnight, figures)


def do_all(change, begins: float, scale: int) -> list[tuple[str, int, float]]:
    done = []
    for mark, (at, deed) in enumerate(DEEDS.items(), start=2):
        time.sleep(max(0.0, begins + at / scale - time.time()))
        done.append((deed, mark, change(deed, mark)))
    return done


def lateness(watchers: list[Watcher], deed: str, mark: int, moment: float, midnight: float) -> float:
    """Return for how many seconds after a deed, or after the midnight that it waits for, old answers were begun."""
    late = [watcher.stale(moment, mark) for watcher in watchers if watcher.path != POLICY or deed == "announce"]
    if deed == "tomorrow":
        late += [watcher.stale(midnight, mark) for watcher in watchers if watcher.path == POLICY]
    return max(late)


def judge(
    quiet: list[Readers], busy: list[Readers], watchers: list[Watcher], done, midnight: float, figures
) -> list[str]:
    late = [(deed, lateness(watchers, deed, mark, moment, midnight)) for deed, mark, moment in done]
    stale = max(seconds for _, seconds in late)
    looks = sum(len(watcher.seen) for watcher in watchers)
    faults = [fault for one in (*quiet, *busy) for fault in one.faults]
    failed = sum(watcher.failed() for watcher in watchers)
    calm, p99 = max(one.p99 for one in quiet), max(one.p99 for one in busy)
    rate = sum(one.rate for one in busy)
    say(
        f"{sum(one.requests for one in busy):,} requests, {rate:,.0f}/s (quiet {sum(one.rate for one in quiet):,.0f}/s)"
    )
    say(f"p99 quiet {calm:.0f} ms, while announcing {p99:.0f} ms: × {p99 / calm:.1f}")
    say(f"{looks:,} looks of {len(watchers)} watchers, slowest {max(one.slowest for one in watchers) * 1000:.0f} ms")
    say("old answers were begun after: " + ", ".join(f"{deed} {seconds * 1000:.0f} ms" for deed, seconds in late))
    say(
        f"begun after a commit or midnight that it does not show: for {stale * 1000:.0f} ms; failed: {failed}; {faults}"
    )
    say(f"made: {[one['made_total'] for one in figures]}; lag: {[one['generation_lag_seconds'] for one in figures]} s")
    checks = {
        "an answer was older than its commit": stale > 0,
        "requests failed": bool(faults) or failed > 0,
        f"p99 while announcing is over {MOST:.0f} × the quiet one": p99 > MOST * calm,
    }
    return [words for words, is_so in checks.items() if is_so]
