"""Whether a page is being made that will be kept: what it says must come from the tables, not from another cache."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_making = ContextVar("a page is made to be kept", default=False)
# In the environ of the neutral request: a dict, into which what is in the way may write for whoever sends the page.
NOTES: Final = "plum.finished"
OPENED: Final = "opened"  # the path to count as opened, each time that the page is sent


def is_made_to_be_kept() -> bool:
    """Whether what is remembered elsewhere must be asked for anew: it may be older than the generation."""
    return _making.get()


@contextmanager
def making() -> Iterator[None]:
    before = _making.set(True)
    try:
        yield
    finally:
        _making.reset(before)
