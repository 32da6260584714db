"""Sends."""

import datetime as dt


def send(*, during: dt.timedelta | None) -> None:
    """Being written."""
