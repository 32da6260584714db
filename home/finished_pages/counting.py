"""What the store counts."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counts:
    """Since the process began. Threads may lose one another's count now and then; none waits for it.

    Attributes:
        hits: answers that were kept.
        misses: requests for a page that could have been kept and was not, or no longer.
        made: pages that Django made for everybody.
        passes: requests whose page is known not to be kept.
        dropped: pages that made room for others.
        unwatched: pages that were made and not kept, as they read a table that nothing watches.
    """

    hits: int = 0
    misses: int = 0
    made: int = 0
    passes: int = 0
    dropped: int = 0
    unwatched: int = 0
