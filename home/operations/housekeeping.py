"""Does what time has made due: the chores that the apps have registered, one after the other.

Safe to run every minute, and by several processes at once.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend

from accounts.chores import Chore, add_chore, chores
from policies.notices.heartbeat import beat
from policies.notices.models import Heartbeat

logger = logging.getLogger(__name__)


@dataclass
class Report:
    """How much was done in one round; `failed` is tried again in the next one. `forgotten` counts rows."""

    published: int = 0
    expired: int = 0
    refused: int = 0
    failed: int = 0
    erased: int = 0
    forgotten: int = 0


def register() -> None:
    """Add the site's own chore. Called once, when the app starts."""
    add_chore(30, Chore("results of tasks", prune_task_results))


def keep_house() -> Report:
    """Do everything that is due now. What fails keeps nothing else back; how the round ended is written down.

    Raises:
        OperationalError, InterfaceError: the database is away; the rest of the round would only wait for it.
    """
    report, wrong = Report(), []
    for chore in chores():
        done = _do(chore)
        if done.get("failed"):
            wrong.append(chore.name)
        for word, count in done.items():
            setattr(report, word, getattr(report, word, 0) + count)  # some have words of their own
    beat(Heartbeat.Part.ROUND, ", ".join(wrong))
    return report


def _do(chore: Chore) -> Mapping[str, int]:
    try:
        return chore.do()
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("a chore failed and will be tried again", extra={"chore": chore.name})
        return {"failed": 1}


def what_is_due() -> dict[str, int]:
    """Return how much the next round would do, and change nothing. Rows to delete are counted by kind."""
    return dict(_due())


def _due() -> Iterator[tuple[str, int]]:
    for chore in chores():
        yield from chore.due().items()


def prune_task_results() -> dict[str, int]:
    """Forget the results of finished tasks after two weeks, where tasks are kept in the database."""
    for alias in settings.TASKS:
        if isinstance(task_backends[alias], DatabaseBackend):
            call_command("prune_db_task_results", f"--backend={alias}", "--queue-name=*", verbosity=0)
    return {}
