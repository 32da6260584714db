"""What else newcomers are asked when they sign up: rooms above say it from `AppConfig.ready()`; accounts know none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Box:
    """A box that must be ticked, and is shown unticked. `label` may be safe HTML; `unticked` says what to do.

    `name` is that of the form's field: another question has another name, so that an old tick counts for nothing new.
    """

    name: str
    label: str
    unticked: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that newcomers are led to, without being asked anything about it."""

    title: str
    address: str


class Asker(Protocol):
    """A room that asks newcomers something."""

    def boxes(self) -> Sequence[Box]: ...

    def readings(self) -> Sequence[Reading]: ...

    def record(self, person: User, ticked: Sequence[str]) -> None:
        """Write down, in the transaction that makes the account, which boxes were ticked, by name."""


_askers: list[Asker] = []


def ask_newcomers(asker: Asker) -> None:
    """Have a room asked for its boxes and texts at each sign-up; once, however often added."""
    if asker not in _askers:
        _askers.append(asker)


def boxes() -> list[Box]:
    return [box for asker in _askers for box in asker.boxes()]


def readings() -> list[Reading]:
    return [reading for asker in _askers for reading in asker.readings()]


def record(person: User, ticked: Sequence[str]) -> None:
    for asker in _askers:
        asker.record(person, ticked)
