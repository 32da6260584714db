"""The deliveries that one worker holds: what it may do with them, each tried again while the database is away."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial

from django.utils import timezone

from policies.notices.sending import outbox
from policies.notices.sending.finishing import sweep_stopped
from policies.notices.sending.lease import Lease, LeaseLost
from policies.notices.sending.outbox import Claimed, Settlement


class Deliveries:
    """The outbox, as the owner of a lease sees it.

    Every method raises LeaseLost when the lease was over before the database was back.
    """

    def __init__(self, lease: Lease) -> None:
        self.lease = lease

    def claim(self, notice: int, most: int) -> list[Claimed]:
        """Take up to `most` due deliveries of a notice; none without a lease."""
        return self.lease.persist(partial(outbox.claim, self.lease.worker, notice, most))

    def settle(self, sent: Sequence[int], others: Sequence[Settlement]) -> None:
        """Write down what became of deliveries, all in one commit.

        Args:
            sent: the numbers of those that were accepted.
            others: what the rest become.

        Raises:
            LeaseLost: some were no longer this worker's. What was is written.
        """
        settled = self.lease.persist(partial(outbox.settle, self.lease.worker, sent, others, timezone.now()))
        if settled < len(sent) + len(others):
            raise LeaseLost

    def settle_what_is_left(self, others: Sequence[Settlement]) -> None:
        """Write down what deliveries become, as far as they are still this worker's."""
        self.lease.persist(partial(outbox.settle, self.lease.worker, [], others, timezone.now()))

    def give_back(self, rows: Iterable[Claimed]) -> None:
        """Let other workers have these; those of stopped notices are marked as not sent."""
        if rows := list(rows):
            self.lease.persist(partial(outbox.give_back, self.lease.worker, rows))
            self.lease.persist(sweep_stopped)

    def put_off(self, rows: Iterable[tuple[Claimed, float]]) -> None:
        """Let rows wait in the database, each for its number of seconds, without counting an attempt."""
        now = timezone.now()
        due = [(claimed, now + dt.timedelta(seconds=seconds)) for claimed, seconds in rows]
        self.lease.persist(partial(outbox.put_off, self.lease.worker, due))

    def take_over(self) -> None:
        """Free what dead workers held; those of stopped notices are marked as not sent."""
        if self.lease.persist(outbox.take_over):
            self.lease.persist(sweep_stopped)
