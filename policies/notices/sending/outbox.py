"""The deliveries as workers see them: claimed, settled, given back and taken over, in as few statements as it takes.

Written as SQL, since this runs for every mail. Every change but taking over is fenced: it finds only rows that are the
worker's own. Times that decide who owns what are the database's.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from policies.notices.models.notices import AmendmentNotice, Delivery, DeliveryState, NoticeState, NoticeWorker, Reason

DELIVERY, NOTICE, WORKER = (model._meta.db_table for model in (Delivery, AmendmentNotice, NoticeWorker))
NOW = {"postgresql": "STATEMENT_TIMESTAMP()", "sqlite": "STRFTIME('%%Y-%%m-%%d %%H:%%M:%%f', 'NOW')"}
# The sub-select runs once, whatever the plan: else LIMIT could hold for each of several runs.
ALL_OF = {"postgresql": "id = ANY(ARRAY({}))", "sqlite": "id IN ({})"}
SKIP_LOCKED = {"postgresql": "FOR UPDATE SKIP LOCKED", "sqlite": ""}


@dataclass(slots=True)
class Claimed:
    """A delivery that a worker holds."""

    pk: int
    notice_id: int
    person_id: int | None
    address: str
    name: str
    attempts: int
    doubts: int
    first_tried_at: dt.datetime | None
    follows: int | None = None  # the delivery whose mail it answers
    follower_id: int | None = None
    returns: int = 0  # how often it was not handed over, for no reason of its own
    needs_utf8: bool = False

    @property
    def is_for_nobody(self) -> bool:
        """Whether the person, or the follower, is gone since it was written down."""
        return self.person_id is None and self.follower_id is None


@dataclass(slots=True, frozen=True)
class Settlement:
    """What a delivery becomes when it was not simply sent."""

    pk: int
    state: DeliveryState
    reason: Reason | str = ""
    reply: str = ""
    attempts: int = 0
    doubts: int = 0
    first_tried_at: dt.datetime | None = None
    due_at: dt.datetime | None = None
    settled_at: dt.datetime | None = None


def claim(worker: int, notice: int, most: int) -> list[Claimed]:
    """Take up to so many due deliveries of a notice that is being sent, the longest due first; none without a lease."""
    connection = _connection()
    now = NOW[connection.vendor]
    due = (
        f"SELECT id FROM {DELIVERY} WHERE notice_id = %s AND state = 'pending' AND due_at <= {now} "
        f"ORDER BY due_at, id LIMIT %s {SKIP_LOCKED[connection.vendor]}"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {DELIVERY} SET state = 'sending', worker = %s WHERE {ALL_OF[connection.vendor].format(due)} "
            f"AND EXISTS (SELECT 1 FROM {WORKER} WHERE id = %s AND leased_until > {now}) "
            f"AND EXISTS (SELECT 1 FROM {NOTICE} WHERE id = %s AND state = '{NoticeState.SENDING.value}') "
            "RETURNING id, notice_id, person_id, address, name, attempts, doubts, first_tried_at, follows, "
            "follower_id",
            [worker, notice, most, worker, notice],
        )
        rows = sorted(cursor.fetchall())
    return [Claimed(*(*row[:7], _moment(row[7]), *row[8:])) for row in rows]


def settle(worker: int, sent: Sequence[int], others: Sequence[Settlement], now: dt.datetime) -> int:
    """Write down what became of deliveries, all in one commit. May be repeated with the same arguments.

    After the answer to a COMMIT was lost, the second try must find the same rows, so the state is not asked for. Only
    what has come back meanwhile stays as it is: that is the later news.

    Returns:
        How many of them were the worker's own. If any is missing, another worker has taken over.
    """
    if others:
        with transaction.atomic(using=_connection().alias):
            settled = _settle_sent(worker, sent, now) + _settle_others(worker, others)
    else:
        settled = _settle_sent(worker, sent, now)
    given = [*sent, *(one.pk for one in others)]
    return settled if settled == len(given) else settled + _came_back(worker, given)


def _came_back(worker: int, rows: Sequence[int]) -> int:
    """How many of a worker's own deliveries were settled, and have come back since."""
    return Delivery.objects.filter(pk__in=rows, worker=worker, state=DeliveryState.UNREACHABLE).count()


def _settle_sent(worker: int, sent: Sequence[int], now: dt.datetime) -> int:
    if not sent:
        return 0
    connection = _connection()
    listed, ids = _listed(connection, sent)
    moment = connection.ops.adapt_datetimefield_value(now)
    sql = (
        f"UPDATE {DELIVERY} SET state = 'sent', reason = '', reply = '', settled_at = %s, "
        f"first_tried_at = COALESCE(first_tried_at, %s) WHERE id {listed} AND worker = %s AND state <> 'unreachable'"
    )
    with _bare_cursor(connection) as cursor:
        cursor.execute(sql, [moment, moment, *ids, worker])
        return int(cursor.rowcount)


@contextmanager
def _bare_cursor(connection: BaseDatabaseWrapper) -> Iterator[CursorWrapper | psycopg.Cursor]:
    """Yield a cursor for what runs for every few mails: on PostgreSQL psycopg's own, which takes half the time.

    It sends the values beside the statement, where Django's writes them into it. Nothing is prepared by name: a pooler
    in front may give the next statement to another session.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as bare:
        yield bare


def _settle_others(worker: int, others: Sequence[Settlement]) -> int:
    connection = _connection()
    moment = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {DELIVERY} SET state = %s, reason = %s, reply = %s, attempts = %s, doubts = %s, "
            "first_tried_at = %s, due_at = COALESCE(%s, due_at), settled_at = %s WHERE id = %s AND worker = %s "
            "AND state <> 'unreachable'",
            [
                (
                    one.state.value, str(one.reason), one.reply, one.attempts, one.doubts, moment(one.first_tried_at),
                    moment(one.due_at), moment(one.settled_at), one.pk, worker,
                )
                for one in others
            ],
        )  # fmt: skip
        return int(cursor.rowcount)


def give_back(worker: int, rows: Iterable[Claimed] | None = None) -> int:
    """Let others have what is held: these, or everything."""
    held = Delivery.objects.filter(worker=worker, state=DeliveryState.SENDING)
    if rows is not None:
        held = held.filter(pk__in=[row.pk for row in rows])
    return held.update(state=DeliveryState.PENDING, worker=None)


def put_off(worker: int, rows: Iterable[tuple[Claimed, dt.datetime]]) -> None:
    """Let rows wait, each until its own time, without counting an attempt."""
    connection = _connection()
    moment = connection.ops.adapt_datetimefield_value
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {DELIVERY} SET state = 'pending', worker = NULL, due_at = %s "
            "WHERE id = %s AND worker = %s AND state = 'sending'",
            [(moment(due), row.pk, worker) for row, due in rows],
        )


def take_over() -> int:
    """Let others have what dead workers held, and forget those workers.

    The dead are named by number, which is never given again: rows already reclaimed by a live worker are left alone.
    """
    alive = NoticeWorker.objects.filter(pk=OuterRef("worker"), leased_until__gt=Now())
    held = Delivery.objects.filter(state=DeliveryState.SENDING)
    dead = list(held.filter(~Exists(alive)).values_list("worker", flat=True).distinct())
    # To the end of the line: if it was one of these that the worker died of, the others are not to wait behind it.
    again = {"state": DeliveryState.PENDING, "worker": None, "due_at": Now()}
    taken = held.filter(worker__in=dead).update(**again) if dead else 0
    holding = Delivery.objects.filter(state=DeliveryState.SENDING, worker=OuterRef("pk"))
    NoticeWorker.objects.filter(~Exists(holding), leased_until__lte=Now()).delete()
    return taken


def _connection() -> BaseDatabaseWrapper:
    return connections[router.db_for_write(Delivery)]


def _listed(connection: BaseDatabaseWrapper, ids: Sequence[int]) -> tuple[str, list[str] | list[int]]:
    if connection.vendor == "postgresql":
        return "= ANY(%s::bigint[])", ["{" + ",".join(map(str, ids)) + "}"]  # quicker than a list to psycopg
    return f"IN ({', '.join(['%s'] * len(ids))})", list(ids)


def _moment(value: dt.datetime | None) -> dt.datetime | None:
    """Return a time with its zone: SQLite keeps UTC and does not say so."""
    return value.replace(tzinfo=dt.UTC) if value and value.tzinfo is None else value
