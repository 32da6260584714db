"""What the store counts."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counts:
    """Since the process began. Threads may lose one another's count now and then; none waits for it."""

    hits: int = 0
    made: int = 0
    passes: int = 0
    dropped: int = 0
