"""One worker: one thread, a few connections, and on none of them more than one mail that is not settled.

Whatever the server has answered is settled in one commit before the next final dot leaves on those connections. So a
worker may die at any moment: what it held is taken over, and at most the one mail on each connection is sent again.
"""

import enum
import time
from collections.abc import Callable, Iterable
from functools import partial

from django.conf import settings

from policies.notices.models.notices import AmendmentNotice
from policies.notices.sending.alarm import pause_and_tell
from policies.notices.sending.answers import Answers
from policies.notices.sending.backends import ServerRefusesUs, open_connection
from policies.notices.sending.connections import Lines
from policies.notices.sending.counting import Book, Tally
from policies.notices.sending.deliveries import Deliveries
from policies.notices.sending.envelopes import Envelope
from policies.notices.sending.hand import Hand
from policies.notices.sending.lease import Lease, workers_alive
from policies.notices.sending.pacing import Pace
from policies.notices.sending.stationery import Stationery
from policies.notices.sending.verdicts import Rules
from policies.notices.totals import recount

MOST_CLAIMED = 500
# With a limit on mails a second, so much is claimed as leaves in this time.
CLAIMED_SECONDS = 5.0
LOOK_EVERY = 0.5
SHORTEST_WAIT = 0.001


class State(enum.Enum):
    """What a worker does about mails that it does not hold yet."""

    CLAIMING = "claiming"
    RESTING = "nothing was there to be claimed"
    ENDING = "claims nothing any more"


class Worker:
    """What a worker holds, the lines it goes out on, and the answers."""

    def __init__(
        self, lease: Lease, tally: Tally, *, only: int | None = None, on_progress: Callable[..., None] | None = None
    ) -> None:
        self.lease, self.book, self.only, self.on_progress = lease, Book(tally), only, on_progress
        self.pace = Pace(settings.NOTICES_PER_SECOND, settings.NOTICES_PER_DOMAIN)
        self.hand = Hand(self.pace)
        patience = settings.NOTICES_TIMEOUT.total_seconds()
        self.lines = Lines(partial(open_connection, settings, patience), settings.NOTICES_CONNECTIONS, patience)
        rules = Rules(settings.NOTICES_RETRY_AFTER, settings.NOTICES_GIVE_UP_AFTER)
        self.deliveries = Deliveries(lease)
        self.answers = Answers(self.deliveries, self.book, self.hand, rules, lines=settings.NOTICES_CONNECTIONS)
        self.notices: dict[int, AmendmentNotice] = {}
        self._stationery: dict[int, Stationery] = {}
        self._look_at = self._claim_at = 0.0
        self._state = State.CLAIMING
        self._has_paused = False
        self.deliveries.take_over()

    @property
    def is_idle(self) -> bool:
        """Whether nothing is held, and nothing was there to be claimed."""
        return self._state is State.RESTING and not (self.hand or self.answers.are_open)

    def send_some(self) -> None:
        """One round: claim, offer, listen, settle."""
        if time.monotonic() >= self._look_at:
            self.look_around()
        if self.hand.wants_more and time.monotonic() >= self._claim_at:
            self.claim()
        if self.hand and self.lines.may_open and self.lines.are_busy:
            self.open_line()
        self.offer()
        self.listen()

    def end(self) -> None:
        """Let what stands open leave, wait for the answers, and give the rest back."""
        self._state = State.ENDING
        self.deliveries.give_back(self.hand.remove())
        while self.answers.are_open:
            if time.monotonic() >= self._look_at:
                self.look_around()
            self.offer()
            self.listen()
        self.write_down()
        self.lease.persist(self.lease.leave)
        self.lines.quit()

    def write_down(self) -> None:
        """Write down what was counted and who was told."""
        self.lease.persist(self.book.write_told)
        self.lease.persist(self.book.write_counts)

    def drop(self) -> None:
        """Close every connection at once: the lease is lost, and others may send what stands open on them."""
        self.lines.drop()

    def look_around(self) -> None:
        """What need not be done for every mail: the lease, the counts, what people have paused or stopped."""
        self._look_at = time.monotonic() + min(LOOK_EVERY, self.lease.length / 8)
        if self.lease.is_to_be_kept:
            self.lease.keep()
            self.deliveries.take_over()
            self.write_down()
        self.lease.persist(self.book.write_counts)
        self.lease.persist(self._look_at_notices)
        self.deliveries.give_back(self.hand.remove(but=self.notices.keys()))
        self.pace.share_with(self.lease.persist(workers_alive))
        self.pace.forget_the_past(time.monotonic())
        if self.on_progress:
            tally, waiting = self.book.tally, sum(notice.waiting for notice in self.notices.values())
            self.on_progress(tally, total=tally.sent + tally.failed + waiting)

    def _look_at_notices(self) -> None:
        sending = AmendmentNotice.objects.sending().without_message().order_by("pk")
        self.notices = {notice.pk: notice for notice in (sending.filter(pk=self.only) if self.only else sending)}
        for gone in self._stationery.keys() - self.notices.keys():
            del self._stationery[gone]

    def claim(self) -> None:
        """Take what is due of the oldest notice that has anything; look again later if none has."""
        self._state = State.CLAIMING
        for notice in list(self.notices.values()):
            if self._has_stationery(notice.pk) and (rows := self.deliveries.claim(notice.pk, self._share(notice))):
                self.hand.add(rows)
                return
        # Without a lease nothing is found either.
        self.lease.keep()
        self._state = State.RESTING
        self._claim_at = time.monotonic() + LOOK_EVERY

    def _share(self, notice: AmendmentNotice) -> int:
        """Return how many to claim: fewer towards the end, so that no worker stands idle beside a full one."""
        share = max(notice.waiting // (2 * self.pace.workers), 2 * self.lines.wanted)
        return self.pace.most_in_hand(min(share, MOST_CLAIMED), CLAIMED_SECONDS)

    def open_line(self) -> None:
        try:
            self.lines.open_one()
        except ServerRefusesUs as refusal:
            self.pause(self.notices.keys(), str(refusal))

    def offer(self) -> None:
        """Give each line that owes us no answer its next mail, or let the one that stands open on it leave."""
        for line in self.lines.all:
            if not line.busy:
                envelope = self.next_envelope()
                if envelope or line.holds_open:
                    self.lines.post(line, envelope)
        if self.hand.has_late:
            self.deliveries.put_off(self.hand.take_late())

    def next_envelope(self) -> Envelope | None:
        """Return the next mail that may leave and can be written."""
        if self._state is State.ENDING or self.lines.is_resting:
            return None
        while claimed := self.hand.next(time.monotonic()):
            if claimed.is_for_nobody:
                self.answers.is_gone(claimed)
                continue
            try:
                envelope, address = self._stationery[claimed.notice_id].envelope(claimed)
            except ValueError as problem:
                self.answers.cannot_be_written(claimed, str(problem))
                continue
            claimed.needs_utf8 = address.needs_smtputf8
            self.answers.offer(claimed)
            return envelope
        return None

    def _has_stationery(self, notice_id: int) -> bool:
        """Prepare the mail of a notice. If that fails, no recipient is marked as failed."""
        if notice_id not in self._stationery:
            notice = self.lease.persist(lambda: AmendmentNotice.objects.get(pk=notice_id))
            try:
                self._stationery[notice_id] = Stationery(notice)
            except ValueError as problem:
                self.pause([notice_id], f"The mail cannot be made: {problem}")
                return False
        return True

    def listen(self) -> None:
        """Take in what has been answered, settle all of it, and only then let those lines go on."""
        answered = self.lines.wait(self._patience())
        for line in answered:
            for outcome in self.lines.collect(line):
                if self.answers.judge(outcome):
                    self.lines.accepted(line)
        self.answers.settle()
        for line in answered:
            if not line.connection.usable:
                self.lines.close(line)
        if self.book.is_full:
            self.lease.persist(self.book.write_told)
        if self.answers.take_delay():
            self.lines.rest()
        if words := self.answers.refusal:
            self.pause(self.answers.run_of_refusals, words)
        if self._has_paused:
            self.deliveries.give_back(self.hand.remove(but=self.notices.keys()))

    def _patience(self) -> float:
        """Return how long to wait for answers if nothing else is to be done."""
        if self.answers.are_waiting:
            return 0.0
        now = time.monotonic()
        seconds = max(self._look_at - now, 0.0)
        if not self.hand or self._state is State.ENDING or self.lines.is_resting:
            return seconds
        if self.lines.are_busy:
            return min(seconds, self.lines.opens_in())
        return min(seconds, max(self.hand.opens_in(now), SHORTEST_WAIT))

    def pause(self, notices: Iterable[int], because: str) -> None:
        """The server refuses everybody: stop sending these notices, and mark no recipient as failed."""
        for pk in list(notices):
            if notice := self.notices.pop(pk, None):
                self.lease.persist(partial(pause_and_tell, notice, because))
        self._has_paused = True
        self.deliveries.give_back(self.hand.remove(but=self.notices.keys()))
        self.lease.persist(self.book.write_counts)
        for notice in AmendmentNotice.objects.filter(pk__in=self.answers.undo_refusals()).without_message():
            recount(notice)
