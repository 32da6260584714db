"""Runs tasks in the process that asks for them, once its transaction is committed: for Wagtail's indexing.

At once, inside the transaction, two pages saved at the same moment can deadlock in the search index, and the failure
would take the announcement with it.
"""

from functools import partial

from django.db import transaction
from django_tasks import TaskResult
from django_tasks.backends.immediate import ImmediateBackend


class AfterCommitBackend(ImmediateBackend):
    def _execute_task(self, task_result: TaskResult) -> None:
        transaction.on_commit(partial(super()._execute_task, task_result), robust=True)
