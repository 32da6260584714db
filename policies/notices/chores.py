"""What time makes due among the notices; safe to run every minute, by many machines at once."""

import datetime as dt
import logging
from collections.abc import Callable

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.chores import Chore, add_chore
from policies.notices.bounces.looking import look_for_reports
from policies.notices.followers.mails import send_waiting
from policies.notices.heartbeat import beat, is_fresh
from policies.notices.models.followers import Follower
from policies.notices.models.heartbeats import Heartbeat
from policies.notices.models.notices import AmendmentNotice, Delivery, DeliveryState, NoticeState
from policies.notices.opening import open_due_notices
from policies.notices.queue import due, is_kept_here
from policies.notices.sending.lease import workers_alive
from policies.notices.sending.nudging import nudge
from policies.notices.sending.rounds import prepare

logger = logging.getLogger(__name__)

QUIET = dt.timedelta(minutes=10)


def register() -> None:
    """Have it done by the housekeeping of the site. Called once, when the app starts."""
    add_chore(20, Chore("notices", lambda: {"failed": keep_notices()}, how_many_are_open))
    add_chore(21, Chore("mails to followers", lambda: {"failed": send_waiting()}, how_many_answers_wait))


def how_many_are_open() -> dict[str, int]:
    return {"notices on their way": AmendmentNotice.objects.unfinished().count()}


def how_many_answers_wait() -> dict[str, int]:
    return {"mails to followers": Follower.objects.with_mail_due().count()}


def keep_notices() -> int:
    """Make the reminders that are due, stage, end holds, read reports, and wake a worker if there is something to send.

    Each part stands alone: where one fails, it is logged and tried again in the next round.

    Returns:
        How much failed.
    """
    return sum(_failed(part) for part in (_beat, _open, prepare, _look, wake))


def _failed(part: Callable[[], int]) -> int:
    """Do one part; return how much of it failed."""
    try:
        return part()
    except Exception:
        logger.exception("housekeeping could not do its part for the notices: %s", part.__name__)
        return 1


def _beat() -> int:
    beat(Heartbeat.Part.HOUSEKEEPING)
    return 0


def _open() -> int:
    open_due_notices()
    return 0


def _look() -> int:
    look_for_reports()
    return 0


def wake() -> int:
    """Nudge the queue if something is due and nobody is sending, or to see that somebody would send."""
    if not workers_alive() and (is_something_due() or is_a_worker_missed() or is_all_quiet()):
        nudge()
    return 0


def is_all_quiet() -> bool:
    """Whether no worker was seen for long, and no task waits for one: whoever watches is to see that there is one."""
    return not is_fresh(Heartbeat.Part.WORKER, QUIET) and not (is_kept_here() and due().exists())


def is_a_worker_missed() -> bool:
    """Whether a notice waits for its recipients or its hour, and no worker was seen in the last minutes."""
    waiting = AmendmentNotice.objects.filter(state__in=[NoticeState.STAGING, NoticeState.HELD, NoticeState.SENDING])
    return not is_fresh(Heartbeat.Part.WORKER) and waiting.exists()


def is_something_due() -> bool:
    due = Delivery.objects.filter(notice=OuterRef("pk"), state=DeliveryState.PENDING, due_at__lte=timezone.now())
    return AmendmentNotice.objects.filter(Exists(due), state=NoticeState.SENDING).exists()
