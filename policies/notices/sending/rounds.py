"""One round of a worker: stages what is to be staged, ends the holds that are over, sends for a while."""

import datetime as dt
import logging
import time
from collections.abc import Callable
from contextlib import suppress

from policies.notices.heartbeat import beat
from policies.notices.models.heartbeats import Heartbeat
from policies.notices.models.notices import AmendmentNotice, IllegalTransition, NoticeState
from policies.notices.sending.finishing import recover
from policies.notices.sending.loop import send
from policies.notices.sending.staging import stage_newcomers, stage_recipients

logger = logging.getLogger(__name__)

# A task is short, so that a worker told to stop has not long to wait; the next one goes on.
ROUND = dt.timedelta(seconds=50)


def work(*, during: dt.timedelta | None = ROUND) -> bool:
    """Do all that is due, and send until nothing is left or the time is over.

    Args:
        during: after which sending ends; None for no limit.

    Returns:
        Whether the time was over first: then another round is wanted.
    """
    beat(Heartbeat.Part.WORKER)
    prepare()
    began = time.monotonic()
    send(during=during)
    return during is not None and time.monotonic() - began >= during.total_seconds()


def prepare() -> int:
    """Take over from dead workers, stage notices and newcomers, end the holds that are over.

    Returns:
        How many could not be staged. They are tried again next time and do not delay the others.
    """
    recover()
    failed = sum(not _staged(notice) for notice in AmendmentNotice.objects.to_stage().order_by("pk"))
    for notice in AmendmentNotice.objects.open_to_newcomers().without_message():
        failed += not _staged(notice, stage_newcomers)
    for notice in AmendmentNotice.objects.hold_over():
        end_hold(notice)
    return failed


def _staged(notice: AmendmentNotice, stage: Callable[[AmendmentNotice], int] = stage_recipients) -> bool:
    try:
        stage(notice)
    except Exception:
        logger.exception("a notice could not be staged and will be tried again", extra={"notice": notice.pk})
        return False
    return True


def end_hold(notice: AmendmentNotice) -> None:
    # Somebody else may have been quicker, or have paused it.
    with suppress(IllegalTransition):
        notice.move_to(NoticeState.SENDING, only_from=NoticeState.HELD)
