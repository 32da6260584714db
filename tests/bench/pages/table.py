"""The table: all contenders in turn in each round, with spread and load; and whether what is aimed at was reached."""

import os
import random
import re
import statistics
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, field

BARE, KNOWN, PLAIN, FILE = "bare 200", "bare 304", "plain Wagtail", "nginx file"
WARMING = 8  # connections
LEAST = 0.1  # requests a second: who gave no answer in time is divided by, too


@dataclass(frozen=True)
class Contender:
    """Who is asked for what.

    Attributes:
        beside: whose rate on the bare server it is set against.
    """

    name: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    beside: str = BARE


@dataclass(frozen=True)
class Aim:
    """So many times the rate of another, with so many connections."""

    name: str
    times: float
    other: str
    connections: tuple[int, ...] = (16,)


AIMS = (
    Aim("stored 200", 0.9, BARE),
    Aim("stored 304", 0.9, KNOWN),
    Aim("stored 200", 0.4, FILE),
    Aim("stored 200", 100, PLAIN),
    Aim("made policy", 1, PLAIN, (1, 16)),
    Aim("made redline", 1, PLAIN, (1, 16)),
)


class Rates:
    """Requests a second of each contender, with so many connections, round by round."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, int], list[float]] = defaultdict(list)
        self.faults: dict[tuple[str, int], str] = {}

    def add(self, name: str, connections: int, said: str) -> None:
        self.found[name, connections].append(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]))
        if fault := re.search(r"Socket errors: .*|Non-2xx or 3xx responses: .*", said):
            self.faults[name, connections] = fault[0]

    def times(self, name: str, other: str, connections: int) -> float | None:
        """Return how many times as fast one is as another: the median of what it was in each round."""
        mine, others = self.found[name, connections], self.found.get((other, connections))
        return statistics.median(a / max(b, LEAST) for a, b in zip(mine, others, strict=True)) if others else None


def measured(contenders: list[Contender], *, rounds: int, seconds: int, connections: list[int]) -> Rates:
    """Let wrk ask each contender in each round, in an order that chance makes."""
    rates = Rates()
    for one in contenders:
        wrk(one, WARMING, 1)  # each process has read its templates by then
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}; load {os.getloadavg()[0]:.1f}")
        for many in connections:
            for one in random.sample(contenders, len(contenders)):
                rates.add(one.name, many, wrk(one, many, seconds))
    say(f"load afterwards {os.getloadavg()[0]:.1f}")
    return rates


def wrk(one: Contender, connections: int, seconds: int) -> str:
    command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "30s"]
    for name, value in one.headers.items():
        command += ["-H", f"{name}: {value}"]
    return subprocess.run([*command, one.url], capture_output=True, text=True, check=True).stdout


def tell(contenders: list[Contender], rates: Rates, connections: list[int]) -> None:
    for many in connections:
        head = f"\n{many} connections"
        say(f"{head:30} {'requests/s':>10}  {'spread':>17}  {'× bare':>8} {'× file':>8} {'× plain':>8}")
        for one in contenders:
            found = rates.found[one.name, many]
            low, high = spread(found)
            line = f"{one.name:29} {statistics.median(found):10,.0f}  {low:8,.0f}–{high:8,.0f}  "
            line += " ".join(said(rates.times(one.name, other, many)) for other in (one.beside, FILE, PLAIN))
            say(f"{line}  {rates.faults.get((one.name, many), '')}".rstrip())


def spread(found: list[float]) -> tuple[float, float]:
    """Return what half of the rounds lie between; all of them where they are few."""
    if len(found) < 4:
        return min(found), max(found)
    low, _, high = statistics.quantiles(found, n=4, method="inclusive")
    return low, high


def said(times: float | None) -> str:
    return f"{times:8.3g}" if times is not None else f"{'-':>8}"


def judge(rates: Rates, connections: list[int]) -> None:
    say("")
    for aim in AIMS:
        for many in aim.connections:
            if many in connections and (times := rates.times(aim.name, aim.other, many)) is not None:
                word = "reached" if times >= aim.times else "NOT REACHED"
                say(f"{word}: {aim.name} {times:.2f} × {aim.other} with {many} connections; to reach: {aim.times:g}")


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
