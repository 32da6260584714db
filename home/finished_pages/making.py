"""What is looked up while a page is made that will be kept: from the tables, not from a cache, which may be older."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeVar

T = TypeVar("T")

_looked_up: ContextVar[dict[str, object] | None] = ContextVar("what this page has looked up", default=None)
# In the environ of the neutral request: a dict, into which what is in the way may write for whoever sends the page.
NOTES: Final = "plum.finished"
OPENED: Final = "opened"  # the path to count as opened, each time that the page is sent


def for_a_kept_page(key: str, look_up: Callable[[], T]) -> T | None:
    """Return what is looked up, once for the page that is made to be kept; nothing where none is made."""
    known = _looked_up.get()
    if known is None:
        return None
    if key not in known:
        known[key] = look_up()
    return known[key]  # type: ignore[return-value]


@contextmanager
def making(known: Mapping[str, object] | None = None) -> Iterator[dict[str, object]]:
    """Let what is looked up while a page is made be known for as long; yield it.

    Args:
        known: what other pages have looked up, if nothing that all pages show has changed since.
    """
    looked_up = dict(known or {})
    before = _looked_up.set(looked_up)
    try:
        yield looked_up
    finally:
        _looked_up.reset(before)
