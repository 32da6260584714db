"""When a request or complaint is due, and how that is worked out. Pure: days go in, days and words come out."""

from accounts.rights.clock.counting import Deadline, Reading, deadline, next_progress
from accounts.rights.clock.facts import Facts
from accounts.rights.clock.law import ACCESS, COMPLAINT, KINDS, NoBasis, Step

__all__ = [
    "ACCESS",
    "COMPLAINT",
    "KINDS",
    "Deadline",
    "Facts",
    "NoBasis",
    "Reading",
    "Step",
    "deadline",
    "next_progress",
]
