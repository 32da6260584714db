"""The rules of downloading: how often, and that each download is recorded."""

import datetime as dt
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.flows.origins import Origin
from accounts.flows.security_events import record_event
from accounts.models import SecurityEvent, User

Kind = SecurityEvent.Kind

MOST: Final = 5
WITHIN: Final = dt.timedelta(hours=1)
RULE: Final = _("You can start five downloads in an hour.")


class TooManyDownloads(Exception):
    """The person has started as many downloads as they may; `wait` says how long until the next."""

    def __init__(self, wait: dt.timedelta) -> None:
        super().__init__(RULE)
        self.wait = wait


@transaction.atomic
def start_download(person: User, origin: Origin | None = None) -> SecurityEvent:
    """Record a download before anything is sent, since we cannot know whether it arrives.

    Args:
        person: whose data, and who takes it.
        origin: from roughly where.

    Raises:
        TooManyDownloads: there were five within the last hour. Nothing is written down.
    """
    User.objects.select_for_update().get(pk=person.pk)  # two at once are counted one after the other
    now = timezone.now()
    started = person.security_events.filter(kind=Kind.DATA_DOWNLOADED, at__gt=now - WITHIN)
    newest = list(started.values_list("at", flat=True)[:MOST])
    if len(newest) == MOST:
        raise TooManyDownloads(newest[-1] + WITHIN - now)
    return record_event(Kind.DATA_DOWNLOADED, person, origin)


def record_copy_by_staff(person: User) -> SecurityEvent:
    """Write down that staff made the same file; the person sees it."""
    return record_event(Kind.DATA_COPIED_BY_STAFF, person)


def downloads_of(person: User) -> QuerySet[SecurityEvent]:
    """Return when the person's data was taken, the newest first."""
    return person.security_events.filter(kind__in=(Kind.DATA_DOWNLOADED, Kind.DATA_COPIED_BY_STAFF))
