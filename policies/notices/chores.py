"""What time makes due among the notices; safe to run every minute, by many machines at once."""

import logging
from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.chores import Chore, add_chore
from policies.notices.bounces.looking import look_for_reports
from policies.notices.models.notices import AmendmentNotice, Delivery, DeliveryState, NoticeState
from policies.notices.opening import open_due_notices
from policies.notices.sending.lease import workers_alive
from policies.notices.sending.rounds import prepare
from policies.notices.tasks import nudge

logger = logging.getLogger(__name__)


def register() -> None:
    """Have it done by the housekeeping of the site. Called once, when the app starts."""
    add_chore(20, Chore("notices", lambda: {"failed": keep_notices()}, how_many_are_open))


def how_many_are_open() -> dict[str, int]:
    return {"notices on their way": AmendmentNotice.objects.unfinished().count()}


def keep_notices() -> int:
    """Make the reminders that are due, stage, end holds, read reports, and wake a worker if there is something to send.

    Each part stands alone: where one fails, it is logged and tried again in the next round.

    Returns:
        How much failed.
    """
    return sum(_failed(part) for part in (_open, prepare, _look, wake))


def _failed(part: Callable[[], int]) -> int:
    """Do one part; return how much of it failed."""
    try:
        return part()
    except Exception:
        logger.exception("housekeeping could not do its part for the notices: %s", part.__name__)
        return 1


def _open() -> int:
    open_due_notices()
    return 0


def _look() -> int:
    look_for_reports()
    return 0


def wake() -> int:
    """Nudge the queue if something is due and nobody is sending."""
    if not workers_alive() and is_something_due():
        nudge()
    return 0


def is_something_due() -> bool:
    due = Delivery.objects.filter(notice=OuterRef("pk"), state=DeliveryState.PENDING, due_at__lte=timezone.now())
    return AmendmentNotice.objects.filter(Exists(due), state=NoticeState.SENDING).exists()
