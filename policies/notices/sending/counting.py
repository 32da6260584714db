"""What a worker has done since it last wrote it down: for the counts of notices, and for who was told."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError
from django.db.models import F

from policies.notices.models.notices import NOTICE_OPEN, AmendmentNotice, DeliveryState
from policies.notices.sending.finishing import record_notified
from policies.notices.totals import COUNTED, recount

logger = logging.getLogger(__name__)
COUNT_OF = {state: name for name, state in COUNTED.items()}
MANY = 5000  # so many are recorded as told at once
CHUNK = 500


@dataclass
class Tally:
    """What sending came to: `later` is how often one was put off to be tried again, `failed` will not be."""

    sent: int = 0
    failed: int = 0
    later: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        return f"{self.sent:,} sent, {self.failed:,} failed, {self.skipped:,} skipped, {self.later:,} put off."


class Book:
    """Not the truth, which the deliveries are: what is lost with a worker is counted again when the notice ends."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self._counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._told: defaultdict[int, list[int]] = defaultdict(list)
        self._how_many_told = 0

    @property
    def is_full(self) -> bool:
        return self._how_many_told >= MANY

    def sent(self, notice_id: int, pk: int) -> None:
        self.tally.sent += 1
        self._counts[notice_id]["sent"] += 1
        self._told[notice_id].append(pk)
        self._how_many_told += 1

    def settled(self, notice_id: int, state: DeliveryState) -> None:
        name = COUNT_OF.get(state, "later")
        setattr(self.tally, name, getattr(self.tally, name) + 1)
        if state in COUNT_OF:
            self._counts[notice_id][name] += 1

    def undone(self, refusals: Iterable[bool]) -> None:
        """Take back what was settled; the counts of the notice are to be counted anew."""
        for was_refused in refusals:
            if was_refused:
                self.tally.failed -= 1
            else:
                self.tally.later -= 1

    def write_counts(self) -> None:
        for notice_id in list(self._counts):
            counts = {name: F(name) + number for name, number in self._counts[notice_id].items()}
            if not AmendmentNotice.objects.filter(pk=notice_id, state__in=NOTICE_OPEN).update(**counts):
                # It has ended meanwhile, and was counted.
                recount(AmendmentNotice.objects.get(pk=notice_id))
            del self._counts[notice_id]

    def write_told(self) -> None:
        """Record who was told since the last time. Where that fails, it is left to the end of the notice."""
        for notice in AmendmentNotice.objects.filter(pk__in=list(self._told)).without_message():
            ids = self._told.pop(notice.pk)
            try:
                for start in range(0, len(ids), CHUNK):
                    record_notified(notice, ids[start : start + CHUNK])
            except IntegrityError:
                # Somebody was erased in this moment; the rest is recorded when the notice ends.
                logger.info("not all who were told could be recorded yet", extra={"notice": notice.pk})
        self._how_many_told = 0
