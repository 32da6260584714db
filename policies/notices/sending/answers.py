"""What a worker's mails were answered: judged, settled in one commit, watched for a server that refuses everybody."""

from django.utils import timezone

from policies.notices.models.notices import Reason
from policies.notices.sending.counting import Book
from policies.notices.sending.deliveries import Deliveries
from policies.notices.sending.envelopes import Outcome, Verdict
from policies.notices.sending.hand import Hand
from policies.notices.sending.outbox import Claimed, Settlement
from policies.notices.sending.suspicion import Suspicion
from policies.notices.sending.verdicts import Rules, failed, person_gone, settlement, untouched

# How often a mail that was not handed over is offered again before it waits like a deferred one: once for each line,
# since all of them may have reached what the server takes on one, and so often more.
RETURNS_BEYOND_LINES = 3


class Answers:
    """The mails that were given to a line, and what was judged of them but is not settled yet.

    `refusal` holds the server's words if it refuses everybody for good.
    """

    def __init__(self, deliveries: Deliveries, book: Book, hand: Hand, rules: Rules, *, lines: int) -> None:
        self.deliveries, self.book, self.hand, self.rules = deliveries, book, hand, rules
        self.most_returns = lines + RETURNS_BEYOND_LINES
        self.refusal = ""
        self._delay = ""
        self._offered: dict[int, Claimed] = {}
        self._suspicion = Suspicion()
        self._sent: list[Claimed] = []
        self._others: list[tuple[Claimed, Settlement]] = []

    @property
    def are_waiting(self) -> bool:
        """Whether something was judged and is not settled."""
        return bool(self._sent or self._others)

    @property
    def are_open(self) -> bool:
        """Whether a mail was offered, or judged, and is not settled."""
        return bool(self._offered or self._sent or self._others)

    def offer(self, claimed: Claimed) -> None:
        """Remember a mail that is given to a line: its answer is to come."""
        self._offered[claimed.pk] = claimed

    def take_delay(self) -> str:
        """Return the server's words if it has put everybody off since this was asked last; else empty."""
        delay, self._delay = self._delay, ""
        return delay

    def judge(self, outcome: Outcome) -> bool:
        """Decide what becomes of a mail; return whether it was accepted."""
        claimed = self._offered.pop(outcome.key)
        if self._suspicion.note(claimed, outcome):
            self.refusal = outcome.reply
        if outcome.verdict is Verdict.ACCEPTED:
            self._sent.append(claimed)
            return True
        if self._is_for_nobody(claimed, outcome):
            claimed.returns += 1
            self.hand.take_back(claimed)
        elif decided := settlement(claimed, outcome, timezone.now(), self.rules):
            self._others.append((claimed, decided))
        return False

    def _is_for_nobody(self, claimed: Claimed, outcome: Outcome) -> bool:
        """Return whether the answer is not about this recipient, who must then not be marked as failed."""
        if outcome.everybody and outcome.verdict is Verdict.LATER:
            self._delay = outcome.reply
        nobodys = outcome.verdict is Verdict.NOT_HANDED_OVER or (
            outcome.everybody and outcome.verdict in {Verdict.LATER, Verdict.REFUSED}
        )
        return nobodys and claimed.returns < self.most_returns

    @property
    def run_of_refusals(self) -> set[int]:
        """The notices whose mails met such a server."""
        return {claimed.notice_id for claimed, _ in self._suspicion.run}

    def cannot_be_written(self, claimed: Claimed, why: str) -> None:
        self._others.append((claimed, failed(claimed, Reason.BAD_ADDRESS, why[:500], timezone.now())))

    def is_gone(self, claimed: Claimed) -> None:
        self._others.append((claimed, person_gone(claimed, timezone.now())))

    def settle(self) -> None:
        """Write down all that was judged, in one commit.

        Raises:
            LeaseLost: some of it was no longer this worker's. What was is written.
        """
        if not self.are_waiting:
            return
        sent, others = [one.pk for one in self._sent], [decided for _, decided in self._others]
        self.deliveries.settle(sent, others)
        for claimed in self._sent:
            self.book.sent(claimed.notice_id, claimed.pk)
        for claimed, decided in self._others:
            self.book.settled(claimed.notice_id, decided.state)
        self._sent, self._others = [], []

    def undo_refusals(self) -> set[int]:
        """Undo the tries of mails that met a server which refuses everybody; return their notices.

        Their notices must be paused: else somebody could claim them and lose the place in line.
        """
        run, self._suspicion, self.refusal = self._suspicion.run, Suspicion(), ""
        held = self._offered.keys() | {claimed.pk for claimed in self.hand}
        again = {one.pk: (one, said) for one, said in run if one.pk not in held and not said.everybody}
        if again:
            now = timezone.now()
            rows = [untouched(claimed, now) for claimed, _ in again.values()]
            self.deliveries.settle_what_is_left(rows)
            self.book.undone(said.verdict is Verdict.REFUSED for _, said in again.values())
        return {claimed.notice_id for claimed, _ in run}
