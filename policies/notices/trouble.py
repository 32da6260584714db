"""Which notices need a hand, and why: for the first page of the CMS and whatever else watches."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from accounts.values.wording import counted
from policies.notices.heartbeat import last_seen
from policies.notices.models.notices import NOTICE_OPEN, AmendmentNotice, NoticeState
from policies.notices.outlook import not_running

# What failed longer ago is settled, or nobody's concern any more.
RECENT = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Trouble:
    """One notice, and why it needs somebody. Its `notice` comes with the version, but without mail and texts."""

    notice: AmendmentNotice
    why: str


def needing_a_hand() -> list[Trouble]:
    """Return what is paused, failed of late, or waits for a program that does not run; the newest first.

    Three queries, however many there are.
    """
    failed = Q(failed__gt=0, state=NoticeState.DONE, state_since__gt=timezone.now() - RECENT)
    notices = AmendmentNotice.objects.filter(Q(state__in=NOTICE_OPEN) | failed).without_message().order_by("-pk")
    seen = last_seen()
    found = notices.select_related("version").defer("version__content", "version__text")
    return [Trouble(notice, why) for notice in found for why in _why(notice, seen)]


def _why(notice: AmendmentNotice, seen: dict[str, dt.datetime]) -> list[str]:
    if notice.state == NoticeState.PAUSED:
        return [f"It is paused. {notice.state_reason}".strip()]
    if notice.state == NoticeState.DONE:
        return [f"{counted(notice.failed, 'e-mail')} failed and can be tried again."]
    return not_running(notice, seen)
