"""How fast mails may leave: in all, and to one domain. Pure; times are seconds of a steady clock."""

from dataclasses import dataclass, field

# So much may leave early, so that a round of the loop is not wasted on one mail.
BURST_SECONDS = 0.1


@dataclass
class Pace:
    """Gives each mail the moment at which it may leave. A limit of 0 is none; all workers share the limits."""

    per_second: int = 0
    per_domain: int = 0
    workers: int = 1
    _free_at: float = 0.0
    _domains: dict[str, float] = field(default_factory=dict)
    _put_off: dict[str, float] = field(default_factory=dict)

    def share_with(self, workers: int) -> None:
        """Share the pace with all workers that are alive, this one included."""
        self.workers = max(1, workers)

    def is_open(self, now: float) -> bool:
        """Whether any mail may leave now."""
        return not self.per_second or self._free_at - BURST_SECONDS <= now

    def opens_in(self, now: float) -> float:
        return 0.0 if self.is_open(now) else self._free_at - BURST_SECONDS - now

    def leave(self, now: float) -> None:
        """Count a mail that leaves now."""
        if self.per_second:
            self._free_at = max(self._free_at, now) + self.workers / self.per_second

    def turn_of(self, domain: str, now: float, horizon: float) -> float:
        """Take the next free moment for a mail to this domain.

        A mail whose moment is not within the horizon must ask again later: no slot is reserved for it.
        """
        if not self.per_domain:
            return now
        interval = self.workers / self.per_domain
        turn = max(self._domains.get(domain, 0.0), now)
        if turn == now or turn <= now + horizon:
            self._domains[domain] = turn + interval
            return turn
        later = max(self._put_off.get(domain, 0.0), turn)
        self._put_off[domain] = later + interval
        return later

    def forget_the_past(self, now: float) -> None:
        """Domains that are free again need not be remembered."""
        self._domains = {domain: free_at for domain, free_at in self._domains.items() if free_at > now}
        self._put_off = {domain: free_at for domain, free_at in self._put_off.items() if free_at > now}

    def most_in_hand(self, most: int, seconds: float) -> int:
        """How many a worker can get rid of in so many seconds, if that is less."""
        if not self.per_second:
            return most
        return max(1, min(most, int(self.per_second * seconds / self.workers)))
