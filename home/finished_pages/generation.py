"""Until when a finished page is true: generations that the database raises, and the local day."""

import datetime as dt
import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final, Protocol
from zoneinfo import ZoneInfo

logger = logging.getLogger(__name__)

EVERYTHING: Final = "all"  # raised by whatever any public page shows
SITE: Final = "site"  # raised by what every page shows: names, menu, footer
OF_POLICY: Final = "policies/"  # and its slug: raised by what the pages of one policy show beside that
ADDRESSES_OF_POLICIES: Final = "/policies/"
MICROSECONDS: Final = 1_000_000  # of a second; a generation holds the moment of its change
PAUSE: Final = 1.0  # seconds between tries to connect again
PATIENCE: Final = 5.0  # seconds after which the numbers are read even if nothing was told

Numbers = Mapping[str, int]
Stamp = tuple[int, int, dt.date]


class Source(Protocol):
    """How one kind of database tells of its generations.

    Attributes:
        tells: it says by itself that something has changed; else it is asked.
    """

    tells: bool

    def numbers(self) -> Numbers:
        """Return the number of each scope. Raises: Exception: the database does not answer."""
        ...

    def numbers_now(self) -> Numbers:
        """Return them while somebody else may be waiting. Raises: Exception: as above."""
        ...

    def changed(self) -> bool:
        """Whether something may have changed since this was last asked; quick, as it is asked before each answer."""
        ...

    def wait(self, seconds: float) -> None:
        """Return when something may have changed, or after a time. Raises: Exception: the connection is lost."""
        ...

    def close(self) -> None: ...


class Generation:
    """The newest stamp of each scope. A page whose stamp is no longer the very same is made anew.

    Attributes:
        stamps: for each scope, in the form in which they are compared: by identity.
        is_away: the database does not answer. What was kept is true as far as anybody knows.
        lag: how many seconds after a change it was heard of, the last time; by the database's clock and this one's.
        is_unsure: it cannot be told whether what was kept is true, though the database may answer.
        is_settled: nobody is just finding out whether the database answers.
    """

    def __init__(
        self,
        connect: Callable[[], Source],
        zone: ZoneInfo,
        *,
        clock: Callable[[], float] = time.time,
        listens: bool = True,
    ) -> None:
        """Prepare; nothing is asked before the first request, so that no connection is shared with a forked process.

        Args:
            connect: opens a connection to the database's generations.
            zone: where the day turns at midnight.
            clock: seconds since 1970.
            listens: whether a thread waits for news; else somebody else brings them by `follow`.
        """
        self.connect, self.zone, self.clock, self.listens = connect, zone, clock, listens
        self.stamps: dict[str, Stamp] = {}
        self.is_away = False
        self.is_unsure = True
        self.lag = 0.0
        self.numbers: Numbers = {}
        self._day, self._midnight = dt.date.min, 0.0
        self._source: Source | None = None
        self._started = False
        self._starting, self._writing, self._following = threading.Lock(), threading.Lock(), threading.RLock()
        self._stopped = False
        self.is_settled = threading.Event()
        self.is_settled.set()

    def follow(self) -> None:
        """Bring the stamps to this moment. Called before each answer."""
        if not self._started:
            self._start()
        if self.clock() >= self._midnight:
            self._stamp(self.numbers)
        source = self._source
        if source is not None and (not source.tells or source.changed()):
            with self._following:  # nobody goes on with what somebody else has found to be old and not yet read again
                if source.changed():
                    self._read(source, source.numbers_now)

    def settle(self) -> None:
        """Wait while it is being found out whether the database answers: who asked it now would wait for longer."""
        if self.is_unsure:
            self.is_settled.wait(PATIENCE)

    def scope_of(self, path: str) -> str:
        """Return by which generation the page at an address goes."""
        if path.startswith(ADDRESSES_OF_POLICIES):
            scope = OF_POLICY + path[len(ADDRESSES_OF_POLICIES) :].partition("/")[0]
            if scope in self.stamps:
                return scope
        return EVERYTHING

    def stamp(self, scope: str) -> Stamp | None:
        return self.stamps.get(scope)

    @property
    def number(self) -> int:
        """The newest generation of all, which holds its moment: microseconds since 1970."""
        return self.numbers.get(EVERYTHING, 0)

    def stop(self) -> None:
        """Let the thread end and close the connection."""
        self._stopped = True
        if self._source:
            self._source.close()

    def _start(self) -> None:
        with self._starting:
            if self._started:
                return
            self.connect_again()
            if self.listens:
                threading.Thread(target=self._listen, name="generation", daemon=True).start()
            self._started = True

    def _listen(self) -> None:
        while not self._stopped:
            source = self._source
            if source is None:
                time.sleep(PAUSE)
                self.connect_again()
                continue
            try:
                source.wait(PATIENCE)
                self._read(source, source.numbers)
            except Exception:
                self.lose(source)

    def connect_again(self) -> None:
        """Open a connection and read the numbers; where that fails, say what is known of the database now."""
        try:
            source = self.connect()
            self._stamp(source.numbers())
        except Exception as error:
            if not self.is_away:
                logger.warning("the generation of pages cannot be read", extra={"error": type(error).__name__})
            self._doubt(is_full(error))
        else:
            self._source, self.is_away, self.is_unsure = source, False, False

    def _read(self, source: Source, numbers: Callable[[], Numbers]) -> None:
        try:
            with self._following:  # in turn: what was read before must not be stamped after
                self._stamp(numbers())
        except Exception:
            self.lose(source)

    def lose(self, source: Source) -> None:
        """Try at once whether only this connection was lost."""
        with self._starting:
            if self._source is not source or self._stopped:
                return
            self._source = None
            self.is_settled.clear()
            self.is_unsure = True
            try:
                source.close()
                self.connect_again()
            finally:
                self.is_settled.set()

    def _doubt(self, is_full: bool) -> None:
        """A database that takes no more connections answers others; one that cannot be reached answers nobody."""
        known = bool(self.stamps)
        self.is_away = not is_full and known
        self.is_unsure = not self.is_away

    def _stamp(self, numbers: Numbers) -> None:
        with self._writing:
            now = self.clock()
            if now >= self._midnight or not self._day_holds(now):
                self._turn(now)
            site = numbers.get(SITE, 0)
            new: dict[str, Stamp] = {EVERYTHING: (numbers.get(EVERYTHING, 0), site, self._day)}
            new |= {
                scope: (number, site, self._day) for scope, number in numbers.items() if scope.startswith(OF_POLICY)
            }
            before = self.stamps
            stamps = {scope: before[scope] if before.get(scope) == stamp else stamp for scope, stamp in new.items()}
            if before and self.number != numbers.get(EVERYTHING):
                self.lag = max(0.0, now - numbers.get(EVERYTHING, 0) / MICROSECONDS)
            self.stamps, self.numbers = stamps, numbers

    def _day_holds(self, now: float) -> bool:
        return dt.datetime.fromtimestamp(now, self.zone).date() == self._day

    def _turn(self, now: float) -> None:
        """Find the day and the moment at which the next begins."""
        self._day = dt.datetime.fromtimestamp(now, self.zone).date()
        self._midnight = midnight_after(now, self.zone)


def midnight_after(now: float, zone: ZoneInfo) -> float:
    """Return when the day of a moment ends, whichever way the clocks change; both in seconds since 1970."""
    tomorrow = dt.datetime.fromtimestamp(now, zone).date() + dt.timedelta(days=1)
    return dt.datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone).timestamp()


def is_full(error: Exception) -> bool:
    """Whether a database answered that it takes no more connections (PostgreSQL: 53300)."""
    words = str(error)
    return getattr(error, "sqlstate", None) == "53300" or "too many" in words or "connection slots" in words
