"""Sends what is due, as one worker among any number of them, until nothing is left or the time is over."""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable
from itertools import count

from django.conf import settings
from django.db import connections, router
from django.db.models import Min

from policies.notices.models.notices import AmendmentNotice, Delivery, DeliveryState
from policies.notices.sending.backoff import backoff
from policies.notices.sending.counting import Tally
from policies.notices.sending.finishing import finish, sweep_stopped
from policies.notices.sending.lease import AWAY, Lease, LeaseLost
from policies.notices.sending.worker import Worker

__all__ = ["Tally", "send"]

logger = logging.getLogger(__name__)

# What is due so soon is waited for; the rest is for another time.
SOON = dt.timedelta(seconds=10)
LOOK_AGAIN_SECONDS = 0.2
LONGEST_WAIT = 10.0


def send(
    *,
    during: dt.timedelta | None,
    notice: AmendmentNotice | None = None,
    on_progress: Callable[..., None] | None = None,
    stop: threading.Event | None = None,
) -> Tally:
    """Send until nothing is due, the time is over or it is told to stop. Several workers may do so at once.

    Answers that are on their way are waited for in any case, and what was not sent is given back.

    Args:
        during: after which to end; None for no limit.
        notice: only this one.
        on_progress: called about once a second as `on_progress(tally, total=…)`.
        stop: set it to end early.

    Returns:
        What was done.
    """
    until = time.monotonic() + during.total_seconds() if during is not None else float("inf")
    stop = stop or threading.Event()
    tally, only = Tally(), notice.pk if notice else None

    def is_over() -> bool:
        return stop.is_set() or time.monotonic() >= until

    if not _sending(only):
        return tally
    while lease := _take_lease(is_over):
        try:
            _work(Worker(lease, tally, only=only, on_progress=on_progress), is_over)
            break
        except LeaseLost:
            logger.warning("a worker lost its lease and begins anew", extra={"worker": lease.worker})
    return tally


def _take_lease(is_over: Callable[[], bool]) -> Lease | None:
    """Become a worker as soon as the database lets us; None if the time is over before."""
    for tries in count():
        if is_over():
            break
        try:
            return Lease(settings.NOTICES_LEASE)
        except AWAY:
            logger.warning("the database is away; nothing is sent until it is back")
            connections[router.db_for_write(Delivery)].close_if_unusable_or_obsolete()
        time.sleep(backoff(tries, first=0.1, longest=LONGEST_WAIT))
    return None


def _work(worker: Worker, is_over: Callable[[], bool]) -> None:
    """Let a worker send until its end, or until its lease is lost."""
    try:
        while not is_over():
            worker.send_some()
            if worker.is_idle:
                worker.write_down()
                if not worker.lease.persist(lambda: _more_comes(worker.only)):
                    break
        worker.end()
        worker.lease.persist(lambda: _end_notices(worker.only))
    finally:
        worker.drop()


def _more_comes(only: int | None) -> bool:
    """End what has ended; otherwise wait a moment if something will be due soon."""
    _end_notices(only)
    pending = Delivery.objects.filter(notice__in=[notice.pk for notice in _sending(only)], state=DeliveryState.PENDING)
    soonest = pending.aggregate(at=Min("due_at"))["at"]
    if soonest is None or soonest > dt.datetime.now(dt.UTC) + SOON:
        return False
    time.sleep(LOOK_AGAIN_SECONDS)
    return True


def _end_notices(only: int | None) -> None:
    sweep_stopped()
    for notice in _sending(only):
        finish(notice)


def _sending(only: int | None) -> list[AmendmentNotice]:
    notices = AmendmentNotice.objects.sending().without_message().order_by("pk")
    return list(notices.filter(pk=only) if only else notices)
