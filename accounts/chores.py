"""What time makes due: apps register chores from `AppConfig.ready()`, and the housekeeping of the site does them.

It stands in the lowest package so that every app can reach it; accounts know nothing of the others' chores.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do again and again.

    `do` does what is due now, in transactions of its own, is safe to run every minute by many machines, and returns
    how much of what was done: a number for each word; `failed` is tried again in the next round. `due` returns, for
    people, how much would be done by now, and changes nothing.
    """

    name: str
    do: Callable[[], Mapping[str, int]]
    due: Callable[[], Mapping[str, int]] = dict


_chores: dict[int, Chore] = {}


def add_chore(order: int, chore: Chore) -> None:
    """Have a chore done in every round; lower orders come first.

    Raises:
        ValueError: another chore has that order.
    """
    if _chores.get(order, chore).name != chore.name:
        raise ValueError(f"The chores {_chores[order].name!r} and {chore.name!r} have the same order, {order}.")
    _chores[order] = chore


def chores() -> list[Chore]:
    """Return all chores in their order."""
    return [_chores[order] for order in sorted(_chores)]
