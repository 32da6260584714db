"""A steady clock for workers that send: it goes on only while they wait for nothing but time.

So what a worker does in so many seconds depends on no machine, however busy.
"""

import selectors
from collections.abc import Callable

# Only ends a test in which an answer never comes.
NEVER = 120


class Clock:
    """Stands for the module `time` in the sender."""

    def __init__(self) -> None:
        self.now = self.started = 1000.0
        self.waits = 0

    @property
    def passed(self) -> float:
        """The seconds that were waited."""
        return self.now - self.started

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits += 1
        self.now += seconds


class Selectors:
    """Stands for the module `selectors` in the sender: answers of real servers come in no time, by this clock."""

    EVENT_READ = selectors.EVENT_READ

    def __init__(self, clock: Clock) -> None:
        class Selector(selectors.DefaultSelector):
            def select(self, timeout: float | None = None) -> list:
                if not timeout:
                    return super().select(0)
                if any(key.data.busy for key in self.get_map().values()):
                    return super().select(NEVER)
                clock.sleep(timeout)
                return super().select(0)

        self.DefaultSelector: Callable[[], selectors.BaseSelector] = Selector
