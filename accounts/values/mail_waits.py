"""How long a mail that could not be sent waits, and how long it is whose who has taken it."""

import datetime as dt
from typing import Final

LEASE: Final = dt.timedelta(minutes=10)  # a mail server's patience, and more: nobody else sends it meanwhile
FIRST, LONGEST = dt.timedelta(minutes=2), dt.timedelta(hours=6)
DOUBLED: Final = 16  # times at most: by then it is LONGEST, and more would be no time that can be written


def wait_after(attempts: int) -> dt.timedelta:
    """Return how long to wait after so many attempts: each time twice as long, up to six hours."""
    return min(FIRST * 2 ** min(attempts, DOUBLED), LONGEST)
