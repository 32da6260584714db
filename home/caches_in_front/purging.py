"""Has the caches in front let go of what changed, by Wagtail's own backends; what fails is tried again."""

import datetime as dt
import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from wagtail.contrib.frontend_cache.utils import get_backends

from accounts.values.mail_waits import wait_after
from home.caches_in_front.addresses import addresses_of
from home.caches_in_front.models import Purge
from home.finished_pages.models import Generation

logger = logging.getLogger(__name__)

PATIENCE: Final = 60.0  # seconds: Wagtail's backends wait for ever
# A process that had not heard of the change, as its connection had died in silence, has heard of it by then.
ONCE_MORE_AFTER: Final = dt.timedelta(seconds=15)
RETRY_AFTER, RETRY_AT_LEAST_EVERY = dt.timedelta(seconds=30), dt.timedelta(minutes=10)
# What a cache says of a page that it does not hold.
NOT_HELD: Final = {404, 412}


class Purges(Protocol):
    """What is asked of Wagtail's backends."""

    def purge_batch(self, urls: list[str]) -> None: ...


class NotPurged(Exception):
    """A cache in front did not do what it was asked; the words are its own."""


def purge_what_changed(now: dt.datetime | None = None) -> dict[str, int]:
    """Tell the caches in front of every page that changed since they were last told.

    What changed is read from the generations, so that a process that dies loses nothing and raw SQL is seen; two that
    do this at once tell the caches twice.

    Returns: how many addresses were purged, or that it failed and will be tried again.
    """
    now = now or timezone.now()
    due = due_now(now)
    if not due:
        return {}
    addresses = addresses_of(set(due))
    try:
        purge(addresses)
    except NotPurged as problem:
        _try_again(due, now, str(problem))
        return {"failed": 1}
    for scope, (number, row) in due.items():
        is_new = row.number != number
        facts = {
            "number": number,
            "tried": number,
            "failures": 0,
            "again_at": now + ONCE_MORE_AFTER if is_new else None,
        }
        Purge.objects.update_or_create(scope=scope, defaults=facts)
    logger.info("caches in front have let pages go", extra={"scopes": sorted(due), "addresses": len(addresses)})
    return {"purged": len(addresses)}


def due_now(now: dt.datetime) -> dict[str, tuple[int, Purge]]:
    """Return the scopes whose pages are to be purged, each with its generation and what was done before."""
    if not settings.WAGTAILFRONTENDCACHE:
        return {}
    done = Purge.objects.in_bulk()
    found = {}
    for scope, number in Generation.objects.values_list("scope", "number"):
        row = done.get(scope) or Purge(scope=scope)
        waits = row.again_at is not None and row.again_at > now
        if number != row.tried or (row.again_at and not waits):
            found[scope] = (number, row)
    return found


def _try_again(due: dict[str, tuple[int, Purge]], now: dt.datetime, words: str) -> None:
    failures = 1 + max(row.failures for _, row in due.values())
    wait = wait_after(failures - 1, RETRY_AFTER, RETRY_AT_LEAST_EVERY)
    for scope, (number, row) in due.items():
        facts = {"number": row.number, "tried": number, "failures": failures, "again_at": now + wait}
        Purge.objects.update_or_create(scope=scope, defaults=facts)
    said = {"scopes": sorted(due), "failures": failures, "again_in": int(wait.total_seconds()), "words": words}
    logger.error("caches in front were not told of a change", extra=said)


def purge(addresses: Iterable[str]) -> None:
    """Have every cache in front let some addresses go.

    Raises:
        NotPurged: one of them did not, or not in time.
    """
    by_host = defaultdict(list)
    for address in addresses:
        by_host[urlsplit(address).netloc].append(address)
    for name, backend in get_backends().items():
        for host, theirs in by_host.items():
            if backend.invalidates_hostname(host):
                _purge_by(name, backend, theirs)


def _purge_by(name: str, backend: Purges, addresses: list[str]) -> None:
    """Let one of Wagtail's backends do it. They only write into the log that they failed."""
    hearing = Hearing(backend, addresses)
    hearing.start()
    hearing.join(PATIENCE)
    if hearing.is_alive():
        raise NotPurged(f"{name}: no answer within {PATIENCE:.0f} seconds")
    if hearing.heard:
        raise NotPurged(f"{name}: {hearing.heard[0]}")


class Ear(logging.Handler):
    """Passes on what is logged as an error."""

    def __init__(self, hear: Callable[[logging.LogRecord], None]) -> None:
        super().__init__(logging.ERROR)
        self.hear = hear

    def emit(self, record: logging.LogRecord) -> None:
        self.hear(record)


class Hearing(threading.Thread):
    """Purges in a thread of its own, and hears what is logged there."""

    def __init__(self, backend: Purges, addresses: list[str]) -> None:
        super().__init__(name="purging", daemon=True)
        self.backend, self.addresses, self.heard = backend, addresses, list[str]()

    def run(self) -> None:
        handler = Ear(self.hear)
        logging.getLogger().addHandler(handler)
        try:
            self.backend.purge_batch(self.addresses)
        except Exception as error:
            self.heard.append(f"{type(error).__name__}: {error}")
        finally:
            logging.getLogger().removeHandler(handler)

    def hear(self, record: logging.LogRecord) -> None:
        arguments = record.args if isinstance(record.args, tuple) else ()
        if record.thread == self.ident and not NOT_HELD.intersection(one for one in arguments if isinstance(one, int)):
            self.heard.append(record.getMessage())
