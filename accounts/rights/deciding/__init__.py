"""How a request is decided, and what is done then: the answer, the correction, the erasure, and who else is told."""

from accounts.rights.deciding.answering import decide
from accounts.rights.deciding.findings import Findings, Item, NotDecided

__all__ = ["Findings", "Item", "NotDecided", "decide"]
