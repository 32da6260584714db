"""A request that came by letter, by e-mail, by telephone or in person, as staff write it down."""

import datetime as dt
from typing import TypedDict, Unpack

from django.db import transaction

from accounts.rights.due_dates import due_day
from accounts.rights.models import RightsRequest, State, What
from accounts.rights.moves import By, write_down


class Entry(TypedDict, total=False):
    """What staff know of it: the fields of a request."""

    kind: str
    channel: str
    received_on: dt.date
    name: str
    address: str
    postal_address: str
    details: str
    acting_for: str
    authority: str


@transaction.atomic
def enter(by: By, **entry: Unpack[Entry]) -> RightsRequest:
    """Write a request down; its time runs from the day on which it reached us.

    Args:
        by: who of the staff writes it down.
        entry: what is known of it.

    Raises:
        IntegrityError: the day of receipt is in the future.
    """
    request = RightsRequest(**entry, state=State.RECEIVED, entered_by=by.user)
    request.save()
    request.due_on = due_day(request)
    request.save(update_fields=["due_on"])
    write_down(request, by, What.ENTERED)
    return request
