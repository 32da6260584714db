"""Figures of the site for whoever watches it: apps register who counts from `AppConfig.ready()`, `/metrics` asks.

It stands in the lowest package so that every app can reach it; accounts know nothing of what the others count.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, as Prometheus names and types it.

    Attributes:
        name: with its unit at the end; of a counter with `_total`.
        kind: “counter”, which only grows, or “gauge”.
        meaning: a sentence for people.
        labels: what tells it from others of the same name. Never a person, an address or free text.
    """

    name: str
    kind: str
    meaning: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


Counter = Callable[[], Iterable[Figure]]
_counters: list[Counter] = []


def add_figures(counter: Counter) -> None:
    """Have somebody asked for figures; saying it twice changes nothing. They cost few queries: they are asked often."""
    if counter not in _counters:
        _counters.append(counter)


def counters() -> list[Counter]:
    return list(_counters)


def gauge(name: str, meaning: str, value: float, **labels: str) -> Figure:
    return Figure(name, "gauge", meaning, value, labels)


def moment(name: str, meaning: str, at: dt.datetime | None, **labels: str) -> Figure:
    """Return a moment in seconds since 1970; 0 for never. Whoever watches counts the age."""
    return gauge(name, meaning, at.timestamp() if at else 0, **labels)
