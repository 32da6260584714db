"""How many processes serve the site, and whether they share what has to be shared."""

import os

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, cache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection

from accounts.examining import Finding, not_asked, to_do, well
from accounts.personal_data.ledger_places import FilePlace, place
from home.finished_pages.sources import CALLED


def look_at_cache() -> Finding:
    """Look whether it keeps what it is given, and whether all processes share it: limits are counted there."""
    try:
        cache.set("doctor", "well", 5)
        kept = cache.get("doctor")
    except Exception as error:  # whatever the cache's client raises
        return to_do(f"It does not answer: {type(error).__name__}.", "Start Redis, or put CACHE_URL right.")
    if kept != "well":
        return to_do("It does not keep what it is given.", "Put CACHE_URL right, and look whether Redis has memory.")
    number = how_many()
    own = isinstance(caches[DEFAULT_CACHE_ALIAS], LocMemCache)
    if own and number > 1:
        return to_do(
            f"{number} processes serve the site, and each has its own: whoever tries passwords gets {number} times "
            "as many tries.",
            "Install Redis and set CACHE_URL=redis://localhost:6379/0, or serve the site by one process.",
        )
    return well("Each process has its own, and there is only one." if own else "It is shared, and keeps what it gets.")


def look_at_machines() -> Finding:
    """Look whether processes with folders of their own serve the site, and what only one of them would have."""
    if connection.vendor != "postgresql":
        return not_asked("SQLite is for one machine.")
    number = _folders()
    if number < 2:
        return well("All processes that are connected have one folder of data.")
    own = [] if settings.MEDIA_STORE else ["what is uploaded"]
    own += ["the ledger of erasures"] if isinstance(place(), FilePlace) else []
    if own:
        return to_do(
            f"{number} machines serve the site, and each keeps {' and '.join(own)} to itself.",
            "Set MEDIA_STORE to a bucket and ERASURE_LEDGER to a database of its own: docs/operations.md, Growing.",
        )
    return well(f"{number} machines serve the site, and share what people bring in and the ledger of erasures.")


def _folders() -> int:
    """Return how many folders of data the processes have that are connected."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT application_name) FROM pg_stat_activity "
            "WHERE application_name LIKE %s AND datname = current_database()",
            [f"{CALLED} %"],
        )
        return int(cursor.fetchone()[0])


def how_many() -> int:
    """Return how many processes of the web server there are, as far as can be known from here."""
    wanted = int(os.environ.get("GRANIAN_WORKERS") or 1)
    if connection.vendor != "postgresql" or not settings.FINISHED_PAGES_MB:
        return wanted
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE %s AND datname = current_database()",
            [f"{CALLED} %"],
        )
        return max(wanted, int(cursor.fetchone()[0]))  # each is counted from its first request on
