"""Whether the parts of the site that notices need are running: each leaves a trace when it has run.

A worker leaves one for each round of less than a minute, never for a mail. The housekeeping wakes a worker while a
notice is open and none was seen of late, so silence means that nothing can send.
"""

import datetime as dt

from django.utils import timezone

from policies.notices.models.heartbeats import Heartbeat
from policies.notices.models.notices import NoticeWorker

# Rounds take less than a minute, and the housekeeping runs each minute.
PATIENCE = dt.timedelta(minutes=5)
FRESH = dt.timedelta(minutes=2)


def beat(part: Heartbeat.Part, trouble: str = "") -> None:
    """Write down that a part of the site has run just now.

    Args:
        trouble: what was wrong; nothing where all was well.
    """
    said = {"at": timezone.now(), "trouble": trouble}
    if not Heartbeat.objects.filter(part=part).update(**said):
        Heartbeat.objects.bulk_create([Heartbeat(part=part, **said)], ignore_conflicts=True)


def last_seen() -> dict[str, dt.datetime]:
    """Return when each part was seen last; those that never were are missing. A worker that holds a lease is at work.

    Two queries.
    """
    seen = dict(Heartbeat.objects.values_list("part", "at"))
    now = timezone.now()
    if NoticeWorker.objects.filter(leased_until__gt=now).exists():
        seen[Heartbeat.Part.WORKER] = now
    return seen


def is_fresh(part: Heartbeat.Part, within: dt.timedelta = FRESH) -> bool:
    """Whether a part was seen of late."""
    return Heartbeat.objects.filter(part=part, at__gt=timezone.now() - within).exists()
