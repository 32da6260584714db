"""Reads what a deployer sets: a missing or wrong value stops the start with one line that says what to write."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeVar

import environ
from rapidfuzz.distance import OSA

from plum.settings.shapes import Wrong, without_password

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DOTENV = BASE_DIR / ".env"

T = TypeVar("T")

_given_to_the_process = set(os.environ)
env = environ.Env()
env.read_env(DOTENV, overwrite=False)
_in_the_file = set(os.environ) - _given_to_the_process

# Read by others than `read`, and misspelt as easily.
OF_OTHERS = ("DJANGO_SETTINGS_MODULE", "GRANIAN_BLOCKING_THREADS", "GRANIAN_WORKERS")
SHORT = 9  # letters of a name at which one that differs by two is likely another's


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable that this site reads: what is in force, where that comes from; secrets are taken out of `shown`.

    `show` takes them out of any text for this variable.
    """

    name: str
    shown: str
    source: str
    show: Callable[[str], str]


READ: dict[str, Variable] = {}


def refuse(name: str, problem: str, shape: str) -> NoReturn:
    sys.exit(f"{name} {problem}. It should look like: {shape}")


def read(
    name: str,
    parse: Callable[[str], T],
    shape: str,
    default: str | None = None,
    show: Callable[[str], str] = without_password,
) -> T:
    """Return the variable, parsed.

    Args:
        name: the environment variable.
        parse: turns its text into a value; any exception means that the text is wrong, and `Wrong` says why.
        shape: an example of a right value, for the message.
        default: the text to use when the variable is not set or empty; None makes it required.
        show: what `manage.py settings` prints of it.
    """
    given = env.str(name, default="").strip()
    text = given or default
    if text is None:
        refuse(name, "is not set", shape)
    try:
        value = parse(text)
    except Wrong as wrong:
        refuse(name, str(wrong), shape)
    except Exception:
        refuse(name, "cannot be understood", shape)
    READ[name] = Variable(name, show(given) if given else text, _source(name) if given else "default", show)
    return value


def _source(name: str) -> str:
    if name in _in_the_file:
        return str(DOTENV.resolve())  # an installed release has a link to it
    return "environment" if name in _given_to_the_process else os.environ.get("DJANGO_SETTINGS_MODULE", "settings")


def refuse_misspelt() -> None:
    """Stop where a variable is set that this site does not read, under a name that is nearly one that it reads."""
    for name, meant in misspelt(os.environ):
        sys.exit(f"{name} is set, and nothing reads it. Was {meant} meant? Rename it, or take it away.")


def misspelt(given: Iterator[str] | os._Environ[str]) -> Iterator[tuple[str, str]]:
    """Yield each of the names that nothing reads and that is nearly one of ours, with that one."""
    ours = {*READ, *OF_OTHERS}
    for name in sorted(given):
        if name not in ours:
            distance, meant = min((OSA.distance(name.upper(), one), one) for one in ours)
            if distance <= (1 if len(meant) <= SHORT else 2):
                yield name, meant
