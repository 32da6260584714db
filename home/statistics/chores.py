"""Lets counts go that say nothing any more."""

import datetime as dt
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from accounts.chores import Chore, add_chore
from home.statistics.models import PageCount

KEPT: Final = dt.timedelta(days=2 * 365)


def register() -> None:
    """Have it done by the housekeeping of the site. Called once, when the app starts."""
    add_chore(95, Chore("old counts of pages", delete_old, how_many_are_old))


def _old() -> QuerySet[PageCount]:
    return PageCount.objects.filter(day__lt=timezone.localdate() - KEPT)


def delete_old() -> dict[str, int]:
    return {"deleted": _old().delete()[0]}


def how_many_are_old() -> dict[str, int]:
    return {"old counts of pages": _old().count()}
