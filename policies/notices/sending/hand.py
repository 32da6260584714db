"""What a worker holds and has not offered to the mail server yet, in the order in which it may leave."""

from collections import deque
from collections.abc import Collection, Iterator
from heapq import heapify, heappop, heappush
from itertools import count

from policies.notices.sending.outbox import Claimed
from policies.notices.sending.pacing import Pace

# A mail whose turn comes later than this, or beyond so many, waits in the database: others may leave meanwhile.
HORIZON_SECONDS = 5.0
MOST_WAITING = 2000


class Hand:
    """Mails that a worker holds."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._late: list[tuple[Claimed, float]] = []
        self._fresh: deque[Claimed] = deque()
        self._returned: deque[Claimed] = deque()
        self._turns: list[tuple[float, int, Claimed]] = []
        self._number = count()

    def __len__(self) -> int:
        return len(self._fresh) + len(self._returned) + len(self._turns)

    def __iter__(self) -> Iterator[Claimed]:
        yield from self._fresh
        yield from self._returned
        yield from (claimed for _, _, claimed in self._turns)

    @property
    def wants_more(self) -> bool:
        return not self._fresh and len(self._turns) < MOST_WAITING

    def add(self, rows: Collection[Claimed]) -> None:
        self._fresh.extend(rows)

    def take_back(self, claimed: Claimed) -> None:
        """It was not handed over; it is the next one."""
        self._returned.append(claimed)

    @property
    def has_late(self) -> bool:
        """Whether some are to wait in the database."""
        return bool(self._late)

    def take_late(self) -> list[tuple[Claimed, float]]:
        """Return those that are to wait in the database, each with the seconds, and hold them no longer."""
        late, self._late = self._late, []
        return late

    def next(self, now: float) -> Claimed | None:
        """Return what may leave now, if anything may."""
        if not self.pace.is_open(now):
            return None
        claimed = self._whose_turn_it_is(now)
        if claimed:
            self.pace.leave(now)
        return claimed

    def opens_in(self, now: float) -> float:
        """Return the seconds after which something may leave."""
        if self._turns and not self._fresh and not self._returned:
            return max(self._turns[0][0] - now, self.pace.opens_in(now), 0.0)
        return self.pace.opens_in(now)

    def remove(self, but: Collection[int] = ()) -> list[Claimed]:
        """Take everything out but what belongs to these notices."""
        removed = [claimed for claimed in self if claimed.notice_id not in but]
        self._fresh = deque(claimed for claimed in self._fresh if claimed.notice_id in but)
        self._returned = deque(claimed for claimed in self._returned if claimed.notice_id in but)
        self._turns = [turn for turn in self._turns if turn[2].notice_id in but]
        heapify(self._turns)
        return removed

    def _whose_turn_it_is(self, now: float) -> Claimed | None:
        if self._returned:
            return self._returned.popleft()
        if self._turns and self._turns[0][0] <= now:
            return heappop(self._turns)[2]
        while self._fresh:
            claimed = self._fresh.popleft()
            domain = claimed.address.rpartition("@")[2].lower()
            turn = self.pace.turn_of(domain, now, HORIZON_SECONDS if len(self._turns) < MOST_WAITING else 0)
            if turn <= now:
                return claimed
            if turn > now + HORIZON_SECONDS or len(self._turns) >= MOST_WAITING:
                self._late.append((claimed, turn - now))
            else:
                heappush(self._turns, (turn, next(self._number), claimed))
        return None
