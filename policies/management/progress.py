"""Shows in a terminal how far sending is: one line that is written over, or now and then a line into a log."""

import time
from typing import Any, Self

from django.core.management.base import OutputWrapper

WIDTH = 30
EVERY = {True: 0.2, False: 10.0}  # seconds between two lines: in a terminal, in a log


class ProgressBar:
    """Use it as a context manager, and give `show` to what makes the progress."""

    def __init__(self, out: OutputWrapper) -> None:
        self.out, self.in_place = out, out.isatty()
        self.began = self.shown_at = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.in_place:
            self.out.write("")

    def show(self, tally: Any, *, total: int) -> None:
        """Show the tally of a moment, not too often.

        Args:
            tally: with `sent`, `failed` and `later`, counted since the beginning.
            total: how many there are to send in all.
        """
        now = time.monotonic()
        if now - self.shown_at < EVERY[self.in_place]:
            return
        self.shown_at = now
        line = in_a_line(tally, total, now - self.began)
        self.out.write(f"\r\x1b[2K{line}" if self.in_place else line, ending="" if self.in_place else "\n")
        self.out.flush()


def in_a_line(tally: Any, total: int, seconds: float) -> str:
    """Return bar, counts, mails a second, time left and failures."""
    done = tally.sent + tally.failed
    rate = done / seconds if seconds else 0
    filled = min(WIDTH * done // max(total, 1), WIDTH)
    left = f"{in_time((total - done) / rate)} left" if rate and total > done else "ending"
    later = f", {tally.later:,} later" if tally.later else ""
    return f"[{'#' * filled:-<{WIDTH}}] {done:,} of {total:,}, {rate:,.0f}/s, {left}, {tally.failed:,} failed{later}"


def in_time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
