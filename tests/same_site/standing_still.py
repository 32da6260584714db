"""A world without chance: the clock stands where it is put, and random numbers follow from the step that asks."""

import datetime as dt
import hashlib
import os
import random
import sqlite3
import time
from collections import Counter
from typing import Any

from freezegun import freeze_time

START = dt.datetime(2026, 11, 24, 10, 0, 0)


class World:
    """Holds the clock and the dice. Make it before Django is imported."""

    def __init__(self) -> None:
        self._begun: Counter[str] = Counter()
        os.urandom = random._urandom = self._random_bytes  # type: ignore[attr-defined, assignment]
        self._real = time.monotonic, time.perf_counter, time.sleep
        self.begin("start")

    def begin(self, step: str) -> None:
        """Throw the dice anew, so that a step's chance does not hang on how often another one asked."""
        self._begun[step] += 1
        seed = f"{step} {self._begun[step]}"
        self._stream, self._count = hashlib.sha256(seed.encode()).digest(), 0
        random.seed(seed)

    def _random_bytes(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            self._count += 1
            found += hashlib.sha256(self._stream + self._count.to_bytes(8, "big")).digest()
        return found[:size]

    def freeze(self) -> None:
        """Stop the clock. Call it when Django is set up: modules loaded later see it stopped, too."""
        self._clock = freeze_time(START).start()
        time.monotonic, time.perf_counter, time.sleep = self._real

    def pass_time(self, **by: float) -> None:
        self._clock.tick(dt.timedelta(**by))
        time.monotonic, time.perf_counter, time.sleep = self._real

    def stop_clock_of(self, connection: sqlite3.Connection) -> None:
        """Let SQLite's own `now` be ours."""
        other = sqlite3.connect(":memory:", check_same_thread=False)

        def strftime(*args: Any) -> Any:
            now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
            given = [now if arg == "now" else arg for arg in args]
            return other.execute(f"SELECT strftime({', '.join('?' * len(given))})", given).fetchone()[0]

        connection.create_function("strftime", -1, strftime)
