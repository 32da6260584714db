"""Where the bars and the line of the plot stand. The template draws them, and a table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from accounts.rights.reports.counting import Counts

WIDTH, HEIGHT = 720, 150  # of one of the two halves, in units of the drawing
LEFT, TOP, BOTTOM = 44, 12, 26
STEPS: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the grid, and the number that stands at it."""

    y: float
    number: int


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    y: float
    height: float
    late_y: float
    late_height: float
    middle: float
    label: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    days: float


@dataclass(frozen=True, slots=True)
class Plot:
    """Open and late cases as bars, and below them the median days as a line, broken where nothing was answered."""

    bars: tuple[Bar, ...]
    bar_grid: tuple[Line, ...]
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    day_grid: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def plot(rows: Sequence[Counts]) -> Plot:
    """Return the plot of some periods, the oldest first."""
    most, days = _top(max((row.open_at_end for row in rows), default=0)), [row.median_days for row in rows]
    longest = _top(int(max((day for day in days if day is not None), default=0)) + 1)
    width = (WIDTH - LEFT) / max(len(rows), 1)
    bars = tuple(_bar(row, LEFT + number * width, width, most) for number, row in enumerate(rows))
    dots = [
        Dot(bar.middle, _y(day, longest), day) if day is not None else None for bar, day in zip(bars, days, strict=True)
    ]
    return Plot(
        bars=bars,
        bar_grid=_grid(most),
        lines=tuple(_lines(dots)),
        dots=tuple(dot for dot in dots if dot),
        day_grid=_grid(longest),
    )


def _bar(row: Counts, x: float, width: float, most: int) -> Bar:
    base = HEIGHT - BOTTOM
    y, late_y = _y(row.open_at_end, most), _y(row.late_at_end, most)
    return Bar(
        x=_round(x + width * 0.2),
        width=_round(width * 0.6),
        y=y,
        height=_round(base - y),
        late_y=late_y,
        late_height=_round(base - late_y),
        middle=_round(x + width / 2),
        label=f"{row.period.first:%b}" + (f" {row.period.first:%y}" if row.period.first.month == 1 else ""),
        counts=row,
    )


def _y(value: float, most: int) -> float:
    return _round(HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - TOP))


def _round(number: float) -> float:
    return round(number, 1)


def _top(most: int) -> int:
    """Return a round number at or above the largest, with room for four steps: 4, 8, 20, 40, 80, 200 …"""
    power = 1
    while True:
        for step in STEPS:
            if step * power * 4 >= most:
                return step * power * 4
        power *= 10


def _grid(most: int) -> tuple[Line, ...]:
    return tuple(Line(_y(number, most), number) for number in range(0, most + 1, most // 4))


def _lines(dots: Sequence[Dot | None]) -> list[str]:
    """Return the points of each stretch without a gap, as SVG wants them."""
    stretches: list[list[str]] = [[]]
    for dot in dots:
        if dot:
            stretches[-1].append(f"{dot.x},{dot.y}")
        else:
            stretches.append([])
    return [" ".join(points) for points in stretches if len(points) > 1]
