"""Makes requests as the counts see them, without a database."""

import datetime as dt

from accounts.rights.reports.cases import Case

DAY = dt.timedelta(days=1)


def a_case(
    received: str,
    days: int | None = None,
    *,
    kind: str = "access",
    due: int | None = 30,
    outcome: str = "granted",
    **more,
) -> Case:
    """A case received on a day, answered after so many days or still open, and due after so many."""
    began = dt.date.fromisoformat(received)
    ended = None if days is None else began + days * DAY
    known = {
        "kind": kind,
        "received": began,
        "began": began,
        "ended": ended,
        "outcome": outcome if ended else "",
        "due": None if due is None else began + due * DAY,
        "met": ended if outcome else None,
        "extended": False,
        "escalated": None,
    }
    return Case(**(known | more))
