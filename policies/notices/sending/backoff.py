"""How long to wait before the next try: each time longer, and not all at the same moment."""

import random


def backoff(tries: int, *, first: float, longest: float, times_as_long: float = 2) -> float:
    """Return how many seconds to wait.

    Args:
        tries: how often it was tried in vain before this time; 0 at first.
        first: the wait after the first try, in seconds.
        longest: no wait is longer, in seconds, but for the half that chance adds.
        times_as_long: as each wait is than the one before.
    """
    wait = min(first * times_as_long ** min(tries, 30), longest)
    return wait * random.uniform(0.5, 1.5)  # noqa: S311  (nothing depends on its being hard to guess)
