"""How long waits what was tried in vain, mails above all, and for how long a mail is kept by whoever took it."""

import datetime as dt
from typing import Final

LEASE: Final = dt.timedelta(minutes=10)  # a mail server's patience, and more: nobody else sends it meanwhile
FIRST, LONGEST = dt.timedelta(minutes=2), dt.timedelta(hours=6)
DOUBLED: Final = 16  # times at most: by then it is LONGEST, and more would be no time that can be written


def wait_after(attempts: int, first: dt.timedelta = FIRST, longest: dt.timedelta = LONGEST) -> dt.timedelta:
    """Return how long to wait after so many attempts: `first`, then each time twice as long, up to the longest."""
    return min(first * 2 ** min(attempts, DOUBLED), longest)
