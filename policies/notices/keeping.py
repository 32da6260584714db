"""What time makes due among the notices; safe to run every minute, by many machines at once."""

import logging
from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from policies.models.notices import AmendmentNotice, Delivery, DeliveryState, NoticeState
from policies.notices.bounces.looking import look_for_reports
from policies.notices.lease import workers_alive
from policies.notices.opening import open_due_notices
from policies.notices.tasks import nudge
from policies.notices.working import prepare

logger = logging.getLogger(__name__)


def keep_notices() -> int:
    """Make the reminders that are due, stage, end holds, read reports, and wake a worker if there is something to send.

    Each part stands alone: where one fails, it is logged and tried again in the next round.

    Returns:
        How many parts failed.
    """
    return sum(not _did(part) for part in (open_due_notices, prepare, look_for_reports, wake))


def _did(part: Callable[[], object]) -> bool:
    try:
        part()
    except Exception:
        logger.exception("housekeeping could not do its part for the notices: %s", part.__name__)
        return False
    return True


def wake() -> bool:
    """Nudge the queue if something is due and nobody is sending. Returns whether it did."""
    if workers_alive() or not is_something_due():
        return False
    nudge()
    return True


def is_something_due() -> bool:
    due = Delivery.objects.filter(notice=OuterRef("pk"), state=DeliveryState.PENDING, due_at__lte=timezone.now())
    return AmendmentNotice.objects.filter(Exists(due), state=NoticeState.SENDING).exists()
