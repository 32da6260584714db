"""Counts pages as they are answered, in memory, and adds the counts to the table every few seconds.

What is counted is the request itself: nothing is stored on a device or read from it (`LAW.ON_DEVICES` is not
engaged). Of the request only the day and the path are kept. A worker that is killed loses its last seconds.
"""

import atexit
import datetime as dt
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Final
from wsgiref.types import WSGIEnvironment

from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from home.cookies.declared.declarations import NOT_COUNTED
from home.cookies.public_pages import is_public_page
from home.cookies.remembering import choices
from home.finished_pages.making import NOTES, OPENED
from home.statistics.models import PageCount
from policies.notices.reader.banner import is_being_read

logger = logging.getLogger(__name__)

Opened = tuple[dt.date, str]
WRITTEN_EVERY: Final = 10.0  # seconds
LONGEST_PATH: Final = 300


class Counts:
    """The counts of one process that are not in the table yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Counter[Opened] = Counter()
        self._written = float("-inf")

    def add(self, day: dt.date, path: str) -> None:
        with self._lock:
            self._waiting[day, path] += 1

    def take_if_due(self, every: float) -> Counter[Opened]:
        """Return what is to be written now, which is then no longer waiting; nothing before its time."""
        with self._lock:
            if not self._waiting or time.monotonic() - self._written < every:
                return Counter()
            self._written = time.monotonic()
            taken, self._waiting = self._waiting, Counter()
            return taken

    def is_due(self, every: float) -> bool:
        return bool(self._waiting) and time.monotonic() - self._written >= every

    def put_back(self, taken: Counter[Opened]) -> None:
        with self._lock:
            self._waiting.update(taken)


COUNTS: Final = Counts()


class Counting:
    """Counts the public pages that people open, where the site counts and they do not mind."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if is_counted(request, response):
            count(request)
        return response


def count(request: HttpRequest) -> None:
    """Count it as opened; a page that is made to be kept says only that it is to be, each time it is sent."""
    path, notes = request.path[:LONGEST_PATH], request.META.get(NOTES)
    if notes is None:
        COUNTS.add(timezone.localdate(), path)
        write()
    else:
        notes[OPENED] = path


def count_opening(path: str, environ: WSGIEnvironment) -> None:
    """Count a page that was sent without asking Django; what waits is written beside, so that nobody waits for it."""
    purposes = (environ.get(name, "") for name in ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ"))
    if environ["REQUEST_METHOD"] == "GET" and not any("prefetch" in purpose.lower() for purpose in purposes):
        COUNTS.add(timezone.localdate(), path)
        if COUNTS.is_due(WRITTEN_EVERY):
            threading.Thread(target=write_and_leave, name="counts of pages").start()


def is_counted(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this is a page that somebody opened and that counts: read, shown, public, and nobody said no.

    A page that a browser had kept (304) was opened all the same; one fetched in advance was not.
    """
    is_page = response.status_code == 304 or response.headers.get("Content-Type", "").startswith("text/html")
    if response.status_code not in (200, 304) or not is_page or not is_being_read(request) or said_no(request):
        return False
    return is_public_page(request) and choices().counts_pages


def said_no(request: HttpRequest) -> bool:
    """Whether the person has switched it off here, or their browser asks not to be counted."""
    return request.COOKIES.get(NOT_COUNTED) == "1" or request.headers.get("Sec-GPC") == "1"


def write(every: float | None = None) -> None:
    """Add what waits to the table, if it is time. A table that cannot be written keeps no page from its reader."""
    taken = COUNTS.take_if_due(WRITTEN_EVERY if every is None else every)
    if not taken:
        return
    try:
        with transaction.atomic():
            for (day, path), number in sorted(taken.items()):
                add_to_table(day, path, number)
    except DatabaseError:
        COUNTS.put_back(taken)
        logger.warning("Counts of pages could not be written", extra={"pages": len(taken)})


def write_and_leave() -> None:
    """Write from a thread of its own, which keeps no connection."""
    try:
        write()
    finally:
        connection.close()


def add_to_table(day: dt.date, path: str, number: int) -> None:
    """Add to the row of a page and a day, which is made where it is missing."""
    PageCount.objects.bulk_create([PageCount(day=day, path=path)], ignore_conflicts=True)
    PageCount.objects.filter(day=day, path=path).update(opened=F("opened") + number)


atexit.register(write, 0)
