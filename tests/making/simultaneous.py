"""Several people, or one with several hands, at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

HANDS = 6


def at_once(*works):
    """Do all of it at the same moment, each on a connection of its own."""
    barrier = Barrier(len(works))

    def do(work):
        try:
            barrier.wait(10)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return [done.result() for done in [pool.submit(do, work) for work in works]]
