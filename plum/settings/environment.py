"""Reads what a deployer sets: a missing or wrong value stops the start with one line that says what to write."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar
from urllib.parse import urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent

T = TypeVar("T")

env = environ.Env()
env.read_env(BASE_DIR / ".env", overwrite=False)


def refuse(name: str, problem: str, shape: str) -> NoReturn:
    sys.exit(f"{name} {problem}. It should look like: {shape}")


def read(name: str, parse: Callable[[str], T], shape: str, default: str | None = None) -> T:
    """Return the variable, parsed.

    Args:
        name: the environment variable.
        parse: turns its text into a value; any exception means that the text is wrong.
        shape: an example of a right value, for the message.
        default: the text to use when the variable is not set or empty; None makes it required.
    """
    text = env.str(name, default="").strip() or default
    if text is None:
        refuse(name, "is not set", shape)
    try:
        return parse(text)
    except Exception:
        refuse(name, "cannot be understood", shape)


def secret(text: str) -> str:
    if len(text) < 50 or len(set(text)) < 5:
        raise ValueError("too short")
    return text


def names(text: str) -> list[str]:
    found = [name.strip() for name in text.split(",") if name.strip()]
    if not found or any("/" in name or " " in name for name in found):
        raise ValueError("not host names")
    return found


def web_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ValueError("not a web address")
    return text.rstrip("/")


def mailbox(text: str) -> str:
    """Return the address of a mailbox to be read; empty for none."""
    parts = urlsplit(text)
    if text and (parts.scheme not in {"imap", "imaps", "maildir"} or not (parts.hostname or parts.path)):
        raise ValueError("not a mailbox")
    return text


def count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError("negative")
    return number


def positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError("not positive")
    return number


def log_level(text: str) -> str:
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}:
        raise ValueError("no level of logging")
    return text.upper()


def dotted(text: str) -> str:
    if not all(part.isidentifier() for part in text.split(".")):
        raise ValueError("not a dotted path")
    return text
