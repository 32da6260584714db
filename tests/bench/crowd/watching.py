"""Readers who look closely: each asks one process for one page, again and again, and notes what it saw and when."""

import http.client
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.bench.crowd.places import POLICY, Place

MARK = re.compile(rb"mark-(\d+)")
PAUSE = 0.004


@dataclass
class Watcher:
    """Attributes:
    seen: when a question was asked, the newest mark of its answer, its status, and whether it was said to be old.
    """

    host: str
    port: int
    named: str
    path: str
    seen: list[tuple[float, int, int, bool]] = field(default_factory=list)
    slowest: float = 0.0
    stopped: bool = False

    def watch(self) -> None:
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        while not self.stopped:
            asked = time.time()
            try:
                connection.request("GET", self.path, headers={"Host": self.named})
                answer = connection.getresponse()
                body, marked = answer.read(), answer.getheader("Cache-Status") is not None
                self.seen.append((asked, self.newest(body), answer.status, marked))
            except OSError:
                self.seen.append((asked, -1, 0, False))
                connection.close()
            self.slowest = max(self.slowest, time.time() - asked)
            time.sleep(PAUSE)

    @staticmethod
    def newest(body: bytes) -> int:
        return max((int(mark) for mark in MARK.findall(body)), default=-1)

    def stale(self, moment: float, mark: int) -> float:
        """Return for how many seconds after a commit answers were begun that do not show it; 0 for none."""
        late = [
            asked - moment for asked, seen, status, _ in self.seen if asked > moment and seen < mark and status == 200
        ]
        return max(late, default=0.0)

    def failed(self) -> int:
        return sum(status != 200 for _, _, status, _ in self.seen)


@contextmanager
def watched(place: Place, *paths: str) -> Iterator[list[Watcher]]:
    """Watch some pages at every process: the list of versions tells of every deed, the policy of what is in force."""
    paths = paths or (POLICY, f"{POLICY}versions/")
    found = [Watcher(place.host, port, place.named, path) for port in place.ports for path in paths]
    threads = [threading.Thread(target=watcher.watch, daemon=True) for watcher in found]
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        for watcher in found:
            watcher.stopped = True
        for thread in threads:
            thread.join(70)
