"""Counts work instead of time: calls of functions, those written in C included. No machine is slow at counting.

What one call costs is not seen, above all a regular expression that goes astray: `tests/bench/test_reading_speed.py`
measures that.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def calls_of(act: Callable[[], object], function: Callable[..., object] | None = None) -> int:
    """Count the calls that an act makes in this thread; of one function written in Python, if one is named."""
    calls = 0
    code = getattr(function, "__code__", None)

    def note(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"} if code is None else event == "call" and frame.f_code is code

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return calls


def growth(act: Callable[[int], object], size: int, times: int = 2) -> float:
    """Return how many times as much work so many times the size is; what is linear stays at `times` or below."""
    act(size)  # what is made once, and kept
    return calls_of(lambda: act(size * times)) / calls_of(lambda: act(size))


def queries_of(client: Client, address: str) -> int:
    """Count the queries of a page that was opened before."""
    assert client.get(address).status_code == 200, address
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
        return len(asked)
