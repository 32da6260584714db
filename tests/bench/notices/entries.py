"""The rows of the tables: who sends, how, and how many mails that takes about a second."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any


@dataclass(frozen=True)
class Entry:
    """`near` and `far` are the mails a second that are expected of it, here and at a distance; `wanted` is our aim."""

    title: str
    contender: str
    near: int
    far: int
    processes: int = 1
    options: Mapping[str, Any] = field(default_factory=dict, hash=False)
    is_peer: bool = False
    wanted: int = 0

    @property
    def is_alone(self) -> bool:
        """Whether it is one process that sends."""
        return self.processes * self.options.get("processes", 1) == 1


def _raw(connections: int, near: int, far: int) -> Entry:
    ways = f"{connections} connection{'s' * (connections > 1)}"
    return Entry(f"raw bytes, no database, {ways}", "raw", near, far, options={"connections": connections})


def _ours(workers: int, connections: int) -> Entry:
    near = {1: 2_500, 8: 8_000, 16: 10_000}[connections]
    far = {1: 150, 8: 900, 16: 1_400}[connections] * workers
    title = f"ours, {workers} worker{'s' * (workers > 1)} × {connections}"
    wanted = {(1, 8): 3, (2, 8): 5, (1, 16): 10, (2, 16): 10}.get((workers, connections), 0)
    return Entry(title, "ours", near, far, workers, {"connections": connections}, wanted=wanted)


def _post_office(ways: str, near: int, far: int, **options: int) -> Entry:
    return Entry(f"django-post_office, {ways}", "post_office", near, far, options=options, is_peer=True)


def guarded_and_not(workers: int, connections: int) -> list[Entry]:
    """Ours as it is, and without the triggers that keep notices and deliveries as they were sent."""
    ours = _ours(workers, connections)
    return [ours, replace(ours, title=f"{ours.title}, without the triggers", contender="ours unguarded")]


LIMITS = [_raw(1, 10_000, 180), _raw(8, 15_000, 1_200)]
OURS = [_ours(workers, connections) for workers, connections in product([1, 2], [1, 8, 16])]
DJANGO = Entry("Django, one connection, each marked", "django", 500, 45, is_peer=True)
DJANGO_AT_ONCE = Entry("Django, one connection, marked at the end", "django at once", 600, 45, is_peer=True)
NAIVE = Entry("Django, send_mail for each", "naive", 300, 30, is_peer=True)
POST_OFFICE = _post_office("8 threads", 600, 250, processes=1, threads=8)
POST_OFFICE_16 = _post_office("16 threads", 600, 350, processes=1, threads=16)
POST_OFFICE_2 = _post_office("2 processes × 8", 800, 400, processes=2, threads=8)
MAILER = Entry("django-mailer", "mailer", 250, 40, is_peer=True)
MAILER_2 = Entry("django-mailer, 2 processes", "mailer", 400, 70, processes=2, is_peer=True)

PEERS = [DJANGO, DJANGO_AT_ONCE, NAIVE, POST_OFFICE, POST_OFFICE_16, POST_OFFICE_2, MAILER, MAILER_2]
# A second process of django-mailer would wait for the first: its transactions stay open while it sends.
PEERS_ON_SQLITE = [DJANGO, POST_OFFICE, MAILER]
PEERS_FAR_AWAY = [DJANGO, NAIVE, POST_OFFICE, POST_OFFICE_16, POST_OFFICE_2, MAILER]
