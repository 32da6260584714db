"""What caches in front are told of a public page: for how long, at most until midnight, and by which names to purge it.

Browsers and caches that know nothing of this one ask again each time, as ever.
"""

import time
from collections.abc import Callable, Iterable
from typing import Final
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from zoneinfo import ZoneInfo

from home.finished_pages.generation import ADDRESSES_OF_POLICIES, EVERYTHING, OF_POLICY, SITE, midnight_after
from home.finished_pages.headers import Headers, with_headers
from policies.reading.views.answers import ASK_AGAIN

ON_THE_WAY: Final = 1  # a second between the answer and the cache that counts from its arrival
DAY: Final = 24 * 3600
ASKED_AGAIN: Final = ("Cache-Control", ASK_AGAIN)
# Beside the policies, under the same address.
NO_POLICIES: Final = {"", "feed", "follow", "review"}


class Tells:
    """Puts the words for caches in front into answers that are for everybody and are asked about again."""

    def __init__(
        self, application: WSGIApplication, seconds: int, zone: ZoneInfo, clock: Callable[[], float] = time.time
    ) -> None:
        """Wrap an application.

        Args:
            seconds: for how long a cache may go without asking; less towards midnight.
            zone: where the day turns: what is true today may not be tomorrow.
            clock: seconds since 1970.
        """
        self.application, self.seconds, self.zone, self.clock = application, seconds, zone, clock
        self._looked_up = self._midnight = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        midnight = self.midnight()  # of the day of the question: the day may turn while the page is made

        def telling(headers: Headers) -> Headers:
            if ASKED_AGAIN in headers and not any(name == "Cache-Status" for name, _ in headers):
                left = max(0, int(midnight - self.clock()) - ON_THE_WAY)
                told = [*words(self.seconds, left), *names(environ["PATH_INFO"])]
                headers = [header for header in headers if header != ASKED_AGAIN] + told
            return headers

        return self.application(environ, with_headers(start_response, telling))

    def midnight(self) -> float:
        """Return when the day ends; looked up again once it has, and where the clock was set back."""
        now = self.clock()
        if not self._looked_up <= now < self._midnight:
            self._looked_up, self._midnight = now, midnight_after(now, self.zone)
        return self._midnight


def words(seconds: int, left: int) -> Headers:
    """Return what a cache may do: keep, send while it asks (as long again), send while the site does not answer.

    Args:
        seconds: for how long it may go without asking.
        left: seconds of the day; nothing may be sent after them.

    Source: RFC 9111, 5.2.2; RFC 5861; RFC 9213. A cache that goes by `must-revalidate`, which is meant for browsers,
    finds in the second header what it may do all the same.
    """
    fresh = min(seconds, left)
    asking, failing = min(seconds, left - fresh), min(DAY, left - fresh)
    late = f"stale-while-revalidate={asking}, stale-if-error={failing}"
    return [
        ("Cache-Control", f"{ASK_AGAIN}, s-maxage={fresh}, {late}"),
        ("CDN-Cache-Control", f"max-age={fresh}, {late}"),
    ]


def names(path: str) -> Headers:
    """Return by which names a page can be purged: the whole site's, and its policy's or that of all other pages."""
    scope = EVERYTHING
    if path.startswith(ADDRESSES_OF_POLICIES):
        policy, slash, _ = path.removeprefix(ADDRESSES_OF_POLICIES).partition("/")
        if slash and policy not in NO_POLICIES:
            scope = OF_POLICY + quote(policy.encode("latin-1"))
    return [("Surrogate-Key", f"{SITE} {scope}"), ("Cache-Tag", f"{SITE},{scope}")]
