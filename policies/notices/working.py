"""One round of a worker: stages what is to be staged, ends the holds that are over, sends for a while."""

import datetime as dt
import time
from contextlib import suppress

from policies.models.notices import AmendmentNotice, IllegalTransition, NoticeState
from policies.notices.finishing import recover
from policies.notices.sending import send
from policies.notices.staging import stage_recipients
from policies.notices.tasks import nudge

# A task is short, so that a worker told to stop has not long to wait; the next one goes on.
ROUND = dt.timedelta(seconds=50)


def work(*, during: dt.timedelta | None = ROUND) -> None:
    """Do all that is due, and send until nothing is left or the time is over; then ask for another round.

    Args:
        during: after which sending ends; None for no limit.
    """
    prepare()
    began = time.monotonic()
    send(during=during)
    if during and time.monotonic() - began >= during.total_seconds():
        nudge()


def prepare() -> None:
    """Stage the notices that wait for it, end the holds that are over, take from dead workers what they held."""
    for notice in AmendmentNotice.objects.to_stage():
        stage_recipients(notice)
    for notice in AmendmentNotice.objects.hold_over():
        end_hold(notice)
    recover()


def end_hold(notice: AmendmentNotice) -> None:
    # Somebody else may have been quicker, or have paused it.
    with suppress(IllegalTransition):
        notice.move_to(NoticeState.SENDING, only_from=NoticeState.HELD)
