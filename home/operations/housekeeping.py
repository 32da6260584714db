"""Does what time has made due: the chores that the apps have registered, one after the other.

Safe to run every minute, and by several processes at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django_tasks import task_backends
from django_tasks_db import DatabaseBackend

from accounts.chores import Chore, add_chore, chores


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
    """Do everything that is due now."""
    report = Report()
    for chore in chores():
        for word, count in chore.do().items():
            setattr(report, word, getattr(report, word, 0) + count)  # some have words of their own
    return report


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
