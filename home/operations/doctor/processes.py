"""How many processes serve the site, and whether they share what has to be shared."""

import os

from django.conf import settings
from django.core.cache import DEFAULT_CACHE_ALIAS, cache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection

from accounts.examining import Finding, to_do, well


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


def how_many() -> int:
    """Return how many processes of the web server there are, as far as can be known from here."""
    wanted = int(os.environ.get("GRANIAN_WORKERS") or 1)
    if connection.vendor != "postgresql" or not settings.FINISHED_PAGES_MB:
        return wanted
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'plum generation' "
            "AND datname = current_database()"
        )
        return max(wanted, int(cursor.fetchone()[0]))  # each is counted from its first request on
