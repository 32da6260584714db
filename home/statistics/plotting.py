"""Where the bars of the plot stand: one for each day. The template draws them, and a table says the same."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 720, 170, 44, 12, 26
LABELS: Final = 6


@dataclass(frozen=True, slots=True)
class Bar:
    day: dt.date
    opened: int
    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """The bars, the oldest first, and the highest number of the scale, which stands at `top`."""

    bars: tuple[Bar, ...]
    most: int
    half: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    base: int = HEIGHT - BOTTOM
    middle: float = (TOP + HEIGHT - BOTTOM) / 2


def plot(days: Sequence[tuple[dt.date, int]]) -> Plot:
    """Return the plot of some days in their order, each with how often pages were opened on it."""
    most = _round_up(max((opened for _, opened in days), default=0))
    step, tall = (WIDTH - LEFT) / max(len(days), 1), HEIGHT - BOTTOM - TOP
    every = max(1, len(days) // LABELS)
    bars = tuple(
        Bar(
            day,
            opened,
            x=round(LEFT + number * step + step * 0.15, 1),
            y=round(HEIGHT - BOTTOM - tall * opened / most, 1),
            width=round(step * 0.7, 1),
            height=round(tall * opened / most, 1),
            label=f"{day.day} {day:%b}" if number % every == 0 else "",
        )
        for number, (day, opened) in enumerate(days)
    )
    return Plot(bars, most, most // 2)


def _round_up(number: int) -> int:
    """Return an even number of one or two digits and zeros that is not smaller, and 2 at least."""
    size = 1
    while number > size * 100:
        size *= 10
    found = -(-number // (size * 2)) * size * 2
    return max(found, 2)
