"""How long requests and complaints are kept, and how they are deleted with all that belongs to them."""

import datetime as dt
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from accounts.personal_data.forgetting import forgetting
from accounts.rights.models import File, RightsRequest, State
from accounts.values.country import LAW

# As long as a claim can be made about how we dealt with it.
KEPT: Final = LAW.CLAIMS_UNDER_STATUTE
UNCONFIRMED_KEPT: Final = dt.timedelta(days=7)


def past_their_time(now: dt.datetime) -> QuerySet[Model]:
    """Return requests that ended long ago, and those whose address nobody confirmed."""
    ended = Q(closed_on__lt=(now - KEPT).date())
    unconfirmed = Q(state=State.UNCONFIRMED, opened_at__lt=now - UNCONFIRMED_KEPT)
    return RightsRequest._base_manager.filter(ended | unconfirmed).order_by("pk")


def forget_requests(rows: QuerySet[Model]) -> int:
    """Delete requests with all that belongs to them; their files go once the rows are gone for good."""
    count = 0
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic(), forgetting():
            for file in File.objects.filter(request=pk):
                transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)), robust=True)
            RightsRequest._base_manager.filter(pk=pk).delete()
        count += 1
    return count
