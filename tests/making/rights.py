"""Makes rights requests as the site makes them, in whatever state a test needs."""

import datetime as dt

from accounts.models import User
from accounts.rights.due_dates import due_day
from accounts.rights.models import Channel, Kind, RightsRequest, State
from accounts.rights.moves import By

BY_PERSON = By.person()


def a_request(kind: Kind = Kind.ACCESS, **fields: object) -> RightsRequest:
    """A request that was confirmed, received today unless `received_on` says otherwise, with its due date."""
    known: dict[str, object] = {"state": State.RECEIVED, "channel": Channel.FORM, "name": "Olive Oak"}
    if "person" not in fields:
        known["address"] = "olive@example.org"
    request = RightsRequest.objects.create(kind=kind, **{**known, **fields})
    request.due_on = due_day(request)
    request.save(update_fields=["due_on"])
    return request


def staff_member(address: str = "desk@example.org") -> By:
    """Somebody of the staff, as who does something."""
    return By.staff(User.objects.create_user(address, "a long enough password"))


def days_ago(days: int, today: dt.date) -> dt.date:
    return today - dt.timedelta(days=days)
