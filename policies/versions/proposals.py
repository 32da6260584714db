"""What is put before the door."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from wagtail.models import Revision

from accounts.models import User
from policies.texts.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A draft with the words of its amendment, before `announce()` has judged it.

    `amends` is the sequence of the newest version when the draft was begun; None skips that check.
    `announced_elsewhere` is when a version brought along was announced in its old place; None for one announced now.
    `scheduled_for` is the time chosen for announcing by itself; None when it is announced by hand.
    `tell_of_first` says that people are told of a first version, too; `tell_newcomers`, that those are told as well
    who register before it comes into force; `always_because`, why even those who chose no such mail are told.
    """

    page_id: int
    slug: str
    revision: Revision
    document: Document
    significance: str = ""
    change_summary: str = ""
    effective_from: dt.date | None = None
    amends: int | None = None
    by: User | None = None
    announced_elsewhere: dt.datetime | None = None
    scheduled_for: dt.datetime | None = None
    tell_of_first: bool = False
    tell_newcomers: bool = False
    always_because: str = ""

    @property
    def announcing_day(self) -> dt.date:
        """The day in Europe/London that counts as the day of announcing."""
        return timezone.localdate(self.announced_elsewhere or self.scheduled_for)
