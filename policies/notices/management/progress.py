"""Shows in a terminal how far sending is: one line that is written over, or now and then a line into a log."""

import time
from collections import deque
from typing import Self

from django.core.management.base import OutputWrapper

from policies.notices.sending.loop import Tally

WIDTH = 30
EVERY = {True: 0.2, False: 10.0}  # seconds between two lines: in a terminal, in a log
RECENT = 10.0  # seconds: an hour without a mail server says nothing about how fast it goes now


class ProgressBar:
    """Use it as a context manager, and give `show` to what makes the progress."""

    def __init__(self, out: OutputWrapper) -> None:
        self.out, self.in_place = out, out.isatty()
        self.shown_at = time.monotonic()
        self.moments = deque([(self.shown_at, 0)])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.in_place:
            self.out.write("\x1b[2K", ending="\r")

    def show(self, tally: Tally, *, total: int) -> None:
        """Show the tally of a moment, not too often.

        Args:
            tally: with `sent`, `failed` and `later`, counted since the beginning.
            total: how many there are to send in all.
        """
        now = time.monotonic()
        rate = self._rate(now, tally.sent + tally.failed)
        if now - self.shown_at < EVERY[self.in_place]:
            return
        self.shown_at = now
        line = in_a_line(tally, total, rate)
        # Left at its beginning: what is logged meanwhile is written over it.
        self.out.write(f"\x1b[2K{line}" if self.in_place else line, ending="\r" if self.in_place else "\n")
        self.out.flush()

    def _rate(self, now: float, done: int) -> float:
        """Return how many a second were done of late."""
        self.moments.append((now, done))
        while now - self.moments[1][0] > RECENT:
            self.moments.popleft()
        since, before = self.moments[0]
        return (done - before) / (now - since) if now > since else 0.0


def in_a_line(tally: Tally, total: int, rate: float) -> str:
    """Return bar, counts, mails a second, time left and failures."""
    done = tally.sent + tally.failed
    filled = min(WIDTH * done // max(total, 1), WIDTH)
    left = _left(total - done, rate)
    later = f", {tally.later:,} put off" if tally.later else ""
    return f"[{'#' * filled:-<{WIDTH}}] {done:,} of {total:,}, {rate:,.0f}/s, {left}, {tally.failed:,} failed{later}"


def _left(remaining: int, rate: float) -> str:
    if remaining <= 0:
        return "ending"
    return f"{in_time(remaining / rate)} left" if rate else "waiting"


def in_time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
