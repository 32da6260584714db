"""Shows a developer in the browser what the store did with a request: Server-Timing, with DEBUG only.

Source: w3.org/TR/server-timing.
"""

import time
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from home.finished_pages.headers import Headers, with_headers
from home.finished_pages.store import FinishedPages


def timed(store: FinishedPages) -> WSGIApplication:
    """Return the store with the header. Of two requests at the same moment it may say the one's for the other."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        began, hits, made = time.perf_counter(), store.counts.hits, store.counts.made

        def told(headers: Headers) -> Headers:
            did = "hit" if store.counts.hits > hits else "made" if store.counts.made > made else "passed"
            milliseconds = (time.perf_counter() - began) * 1000
            return [*headers, ("Server-Timing", words(store, did, milliseconds))]

        return store(environ, with_headers(start_response, told))

    return application


def words(store: FinishedPages, did: str, milliseconds: float) -> str:
    """Return the value of the header: what was done, how long it took, and how the store stands."""
    counts, generation = store.counts, store.generation
    said = {
        "hits": counts.hits,
        "misses": counts.misses,
        "made": counts.made,
        "bytes": store.bytes,
        "generation": generation.number,
    }
    parts = [f'store;desc="{did}";dur={milliseconds:.2f}', *(f'{name};desc="{value}"' for name, value in said.items())]
    return ", ".join([*parts, f"lag;dur={generation.lag * 1000:.1f}"])
