"""Deletes what is past the time that the register says it is kept.

Nothing goes of people who asked us only to keep their data: they may need it for a claim (`LAW.RESTRICTION`).
"""

import datetime as dt
import logging

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from accounts.personal_data.erasing import delete_rows
from accounts.personal_data.forgetting import forgetting
from accounts.personal_data.register import Kind, Subject, any_of, due_rows, kinds, rows_of, subject_of

logger = logging.getLogger(__name__)

BATCH = 1000


def past_their_time(now: dt.datetime | None = None) -> dict[str, int]:
    """Return how many rows of each kind would go, without those of which none would."""
    now = now or timezone.now()
    restricted = restricted_people()
    found = ((kind, rows_to_forget(kind, now, restricted)) for kind in kinds())
    counts = {kind.key: rows.count() for kind, rows in found if rows is not None}
    return {key: count for key, count in counts.items() if count}


def enforce_retention(now: dt.datetime | None = None) -> tuple[dict[str, int], list[str]]:
    """Delete what is past its time, each kind on its own.

    Returns:
        How many rows of each kind went, and the keys of the kinds that failed. Those are tried again next time; what
        went before stays gone.
    """
    now, gone, failed, restricted = now or timezone.now(), {}, [], restricted_people()
    for kind in kinds():
        try:
            count = forget(kind, now, restricted)
        except Exception as error:
            # Of the error its kind only: what a database says may quote what it holds.
            logger.error("rows past their time stay", extra={"kind": kind.key, "error": type(error).__name__})
            failed.append(kind.key)
            continue
        if count:
            gone[kind.key] = count
            logger.info("rows past their time are deleted: %s %s", count, kind.key)
    return gone, failed


def restricted_people() -> list[Subject]:
    """Return those whose data may only be kept today; there are few of them."""
    return [subject_of(person) for person in get_user_model().objects.restricted()]


def rows_to_forget(kind: Kind, now: dt.datetime, restricted: list[Subject]) -> QuerySet[Model] | None:
    """Return the rows past their time, but for those of people whose data may only be kept.

    What staff did in their work for us is about somebody else.
    """
    rows = due_rows(kind, now)
    if rows is None or kind.of_staff or not restricted:
        return rows
    held = any_of(Q(pk__in=rows_of(kind, subject).order_by().values("pk")) for subject in restricted)
    return rows.exclude(held)


def forget(kind: Kind, now: dt.datetime, restricted: list[Subject]) -> int:
    """Delete in batches, each in its own transaction, so that others do not wait for long."""
    if (rows := rows_to_forget(kind, now, restricted)) is None:
        return 0
    if kind.retention.forget:
        return kind.retention.forget(rows)
    count = 0
    while gone := forget_batch(kind, rows):
        count += gone
    return count


@transaction.atomic
def forget_batch(kind: Kind, rows: QuerySet[Model]) -> int:
    """Delete the first rows of those that are due, leaving those that another process is at."""
    locked = rows.select_for_update(skip_locked=True, of=("self",))
    pks = list(locked.values_list("pk", flat=True)[:BATCH])
    if not pks:
        return 0
    with forgetting():
        return delete_rows(kind, kind.model_class._base_manager.filter(pk__in=pks))
