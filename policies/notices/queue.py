"""What waits in the queue of our own work, and since when."""

import datetime as dt

from django.db.models import Case, F, Min, QuerySet, When
from django.utils import timezone
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend
from django_tasks_db.models import DBTaskResult

QUEUE = "work"


def is_kept_here() -> bool:
    """Whether tasks wait in our own database; of another queue nothing is known here."""
    return isinstance(task_backends[QUEUE], DatabaseBackend)


def due() -> QuerySet[DBTaskResult]:
    """Return the tasks that a worker would take now."""
    return DBTaskResult.objects.ready().filter(backend_name=QUEUE)


def oldest_wait() -> dt.timedelta:
    """Return how long the oldest due task has waited; nothing where none does, or the queue is another's."""
    if not is_kept_here():
        return dt.timedelta()
    now = timezone.now()
    # A task for no certain moment has one in the year 9999.
    since = due().aggregate(since=Min(Case(When(run_after__gt=now, then=F("enqueued_at")), default=F("run_after"))))
    return max(now - since["since"], dt.timedelta()) if since["since"] else dt.timedelta()
