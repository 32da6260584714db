"""The connections of a worker to the mail server: opened one at a time, asked, listened to, closed when of no use."""

import logging
import selectors
import time
from collections.abc import Callable

from policies.notices.sending.backends import ServerAway, ServerRefusesUs
from policies.notices.sending.backoff import backoff
from policies.notices.sending.envelopes import Envelope, Outcome
from policies.notices.sending.one_by_one import OneByOne
from policies.notices.sending.pipelining import Pipelining

logger = logging.getLogger(__name__)

Connection = Pipelining | OneByOne
WAITS = {"first": 0.5, "longest": 60.0}
LOOK_EVERY = 0.5


class Line:
    """A connection, and whether it owes us answers."""

    __slots__ = ("accepted", "busy", "connection", "overdue_at")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.busy = False
        self.overdue_at = 0.0
        self.accepted = 0

    @property
    def holds_open(self) -> bool:
        """Whether a mail's envelope was taken and its body waits to leave."""
        return self.connection.open_key is not None


class Lines:
    """Up to so many lines. `patience` is how long an answer may take, in seconds."""

    def __init__(self, connect: Callable[[], Connection], wanted: int, patience: float) -> None:
        self.connect, self.wanted, self.patience = connect, wanted, patience
        self.all: list[Line] = []
        self._selector = selectors.DefaultSelector()
        self._answered_at_once: list[Line] = []
        self._failures = self._rests = 0
        self._open_at = self._rest_until = self._overdue_at = 0.0

    @property
    def may_open(self) -> bool:
        return len(self.all) < self.wanted and time.monotonic() >= self._open_at

    @property
    def are_busy(self) -> bool:
        """Whether no line is free to take a mail."""
        return all(line.busy for line in self.all)

    def open_one(self) -> None:
        """Open one more line. If the server is away, none is opened for a while, each time longer.

        Raises:
            ServerRefusesUs: no line is open, and none will be before somebody has changed something.
        """
        try:
            connection = self.connect()
        except ServerAway as problem:
            self._wait(str(problem))
            return
        except ServerRefusesUs as problem:
            # It may only mean that it has enough of us.
            if not self.all:
                raise
            self._wait(str(problem))
            return
        line = Line(connection)
        self.all.append(line)
        if isinstance(connection, OneByOne):
            self.wanted = 1
        else:
            self._selector.register(connection, selectors.EVENT_READ, line)

    def rest(self) -> None:
        """The server takes nothing from anybody for now: nothing new is to be offered for a while."""
        if not self.is_resting:
            self._rest_until, self._rests = time.monotonic() + backoff(self._rests, **WAITS), self._rests + 1
            logger.warning("the mail server for notices takes nothing from anybody for now")

    @property
    def is_resting(self) -> bool:
        return time.monotonic() < self._rest_until

    def opens_in(self) -> float:
        """Return the seconds after which one more line may be opened."""
        if len(self.all) >= self.wanted:
            return float("inf")
        return max(self._open_at - time.monotonic(), 0.0)

    def post(self, line: Line, envelope: Envelope | None) -> None:
        line.connection.post(envelope)
        line.busy = True
        line.overdue_at = time.monotonic() + self.patience
        if line.connection.has_buffered():
            self._answered_at_once.append(line)

    def wait(self, seconds: float) -> list[Line]:
        """Return the lines that have an answer, waiting for the first one no longer than so many seconds."""
        answered, self._answered_at_once = self._answered_at_once, []
        if answered:
            seconds = 0
        if not self._selector.get_map():
            time.sleep(seconds)
            return answered
        for key, _ in self._selector.select(seconds):
            line: Line = key.data
            if line.busy:
                answered.append(line)
            elif not line.holds_open:
                # The server has hung up, or says that it will.
                self.close(line)
        return answered + self._overdue(answered)

    def collect(self, line: Line) -> list[Outcome]:
        """Return what became of what was posted on a line that has answered."""
        outcomes = line.connection.collect()
        line.busy = False
        return outcomes

    def _overdue(self, answered: list[Line]) -> list[Line]:
        """Return the lines on which no answer came in time; collecting from them ends them at once."""
        now = time.monotonic()
        if now < self._overdue_at:
            return []
        self._overdue_at = now + LOOK_EVERY
        late = [line for line in self.all if line.busy and now >= line.overdue_at and line not in answered]
        for line in late:
            if isinstance(line.connection, Pipelining) and line.connection.sock:
                line.connection.sock.settimeout(0.001)
        return late

    def accepted(self, line: Line) -> None:
        line.accepted += 1
        self._rests = 0
        # The others say nothing about whether the server takes one more connection.
        if line.accepted == 1:
            self._failures = 0

    def close(self, line: Line) -> None:
        """Close a line that is of no use. One that has worked until now may be replaced at once."""
        self._remove(line)
        line.connection.close()
        if not line.accepted:
            self._wait("The mail server closed the connection before it took a mail.")

    def quit(self) -> None:
        """Say goodbye on all lines."""
        for line in list(self.all):
            self._remove(line)
            line.connection.quit()

    def drop(self) -> None:
        """Close all lines at once, whatever stands open on them."""
        for line in list(self.all):
            self._remove(line)
            line.connection.close()
        self._answered_at_once = []

    def _remove(self, line: Line) -> None:
        self.all.remove(line)
        # A closed socket has no number any more by which to find it.
        for key in [key for key in self._selector.get_map().values() if key.data is line]:
            self._selector.unregister(key.fd)

    def _wait(self, why: str) -> None:
        wait = backoff(self._failures, **WAITS)
        self._failures += 1
        self._open_at = time.monotonic() + wait
        logger.warning("no connection to the mail server for notices: %s", why, extra={"seconds": round(wait, 1)})
