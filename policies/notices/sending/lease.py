"""What makes a worker the owner of what it has claimed, for a while: its row, kept alive by heartbeats."""

import datetime as dt
import os
import socket
import time
from collections.abc import Callable
from itertools import count
from typing import TypeVar

from django.db import InterfaceError, InternalError, OperationalError, connections, router
from django.db.models.functions import Now

from policies.notices.models.notices import Delivery, NoticeWorker
from policies.notices.sending import outbox
from policies.notices.sending.backoff import backoff

T = TypeVar("T")
# What a database says that is away, restarting, read-only for a moment, or locked by somebody else.
AWAY = (OperationalError, InterfaceError, InternalError)
LONGEST_WAIT = 2.0


class LeaseLost(Exception):
    """Another worker may have taken over all that was claimed."""


class Lease:
    """A worker's row. `over_at` is when it ends at the earliest, by this machine's own steady clock."""

    def __init__(self, length: dt.timedelta) -> None:
        self.length = length.total_seconds()
        self.beat_at = time.monotonic()
        place = f"{socket.gethostname()[:80]} {os.getpid()}"
        self.worker = NoticeWorker.objects.create(leased_until=Now() + length, place=place).pk

    @property
    def over_at(self) -> float:
        return self.beat_at + self.length

    @property
    def is_to_be_kept(self) -> bool:
        return time.monotonic() >= self.beat_at + self.length / 4

    def keep(self) -> None:
        """Lengthen it.

        Raises:
            LeaseLost: it was over, and cannot be had again.
        """
        began = time.monotonic()
        until = Now() + dt.timedelta(seconds=self.length)
        own = NoticeWorker.objects.filter(pk=self.worker, leased_until__gt=Now())
        if not self.persist(lambda: own.update(leased_until=until)):
            raise LeaseLost
        self.beat_at = began

    def leave(self) -> None:
        """Give everything back, and be forgotten."""
        outbox.give_back(self.worker)
        NoticeWorker.objects.filter(pk=self.worker).delete()

    def persist(self, act: Callable[[], T]) -> T:
        """Do something in the database, again and again while it is away and the lease lasts.

        Raises:
            LeaseLost: the lease was over before the database was back.
        """
        for tries in count():
            try:
                return act()
            except AWAY as problem:
                connections[router.db_for_write(Delivery)].close_if_unusable_or_obsolete()
                wait = backoff(tries, first=0.05, longest=LONGEST_WAIT)
                if time.monotonic() + wait >= self.over_at:
                    raise LeaseLost from problem
            time.sleep(wait)
        raise AssertionError  # counting never ends


def workers_alive() -> int:
    return NoticeWorker.objects.filter(leased_until__gt=Now()).count()
