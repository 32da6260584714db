"""What people have seen of the policies: noting it, what is still unseen, and where their own redline begins."""

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from policies.notices.models.engagement import Engagement
from policies.notices.models.notices import Delivery, DeliveryState
from policies.notices.reader.told import could_not_be_delivered, deliveries_to
from policies.versions.history import Entry, History
from policies.versions.models import PolicyVersion, Significance

logger = logging.getLogger(__name__)


def record_seen(person: User, version: PolicyVersion) -> None:
    """Write down, once, that the person has seen the version. Where nothing can be written, reading goes on."""
    if _seen_by(person).filter(version=version).exists():
        return
    seen = Engagement(person=person, version=version, kind=Engagement.Kind.SEEN, at=timezone.now())
    try:
        with transaction.atomic():
            Engagement.objects.bulk_create([seen], ignore_conflicts=True)
    except DatabaseError:
        logger.warning("not recorded as seen", exc_info=True, extra={"person": person.pk, "version": version.pk})


def _seen_by(person: User) -> QuerySet[Engagement]:
    return Engagement.objects.filter(person=person, kind=Engagement.Kind.SEEN)


@dataclass(frozen=True, slots=True)
class Unseen:
    """A policy of which the newest version that a person was to be told of is unseen.

    `unreached`: the last mail about it did not get to them.
    """

    title: str
    slug: str
    number: str
    effective_from: dt.date
    is_first: bool
    unreached: bool

    @property
    def has_begun(self) -> bool:
        return self.effective_from <= timezone.localdate()


def unseen_by(person: User) -> list[Unseen]:
    """Return the policies that have changed unseen, soonest in force first. One query.

    Versions older than one the person has seen do not count, nor notices that they chose not to get.
    """
    newest = {delivery.notice.version.page_id: delivery for delivery in _unseen_deliveries(person)}
    found = [_unseen(delivery) for delivery in newest.values()]
    return sorted(found, key=lambda unseen: (unseen.effective_from, unseen.title))


def _unseen_deliveries(person: User) -> QuerySet[Delivery]:
    """Return them so that the last one of each policy is about its newest version, on the last occasion."""
    seen = _seen_by(person).filter(
        version__page=OuterRef("notice__version__page"), version__sequence__gte=OuterRef("notice__version__sequence")
    )
    told = deliveries_to(person).exclude(state=DeliveryState.SKIPPED)
    return (
        told.filter(~Exists(seen), notice__version__withdrawn_at=None)
        .select_related("notice__version")
        .only("state", "reason", *(f"notice__version__{name}" for name in VERSION_FACTS))
        .order_by("notice__version__sequence", "notice_id")
    )


VERSION_FACTS = ("page_id", "title", "slug", "major", "minor", "sequence", "effective_from")


def _unseen(delivery: Delivery) -> Unseen:
    version = delivery.notice.version
    return Unseen(
        title=version.title,
        slug=version.slug,
        number=version.number,
        effective_from=version.effective_from,
        is_first=version.sequence == 1,
        unreached=could_not_be_delivered(delivery),
    )


def coming_unannounced_to(person: User) -> list[PolicyVersion]:
    """Return the amendments that are coming and that no notice was meant to tell the person of, soonest first.

    Such a person has registered since it was announced. What they have opened already is left out. One query.
    """
    meant = Delivery.objects.filter(person=person, notice__version=OuterRef("pk"))
    seen = _seen_by(person).filter(version__page=OuterRef("page"), version__sequence__gte=OuterRef("sequence"))
    coming = PolicyVersion.objects.outline().upcoming(on=timezone.localdate())
    amendments = coming.filter(significance=Significance.AMENDMENT, sequence__gt=1)
    return list(amendments.filter(~Exists(meant), ~Exists(seen)))


@dataclass(frozen=True, slots=True)
class OwnChanges:
    """The redline of one reader, from `start` to `end`; `start` is None where there is nothing older.

    `started_at` is when they saw `start`, None if they never did. `read` is the newest version they have seen, if it
    is `end` or newer, and `read_at` when that was: then nothing has changed since.
    """

    end: Entry
    start: Entry | None
    started_at: dt.datetime | None
    read: Entry | None
    read_at: dt.datetime | None


def own_changes(person: User, history: History, end: Entry) -> OwnChanges:
    """Return what changed up to `end` since the person last saw the policy.

    People who never saw an older version are shown the changes from the version before, as in the mail.
    What was withdrawn never applied: having seen that does not count.
    """
    seen_at = dict(_seen_by(person).filter(version__page=end.version.page_id).values_list("version", "at"))
    seen = [e for e in history.entries if e.version.pk in seen_at and not e.version.is_withdrawn]
    read = seen[0] if seen and seen[0].version.sequence >= end.version.sequence else None
    before = history.before(end.version)
    older = (e for e in seen if e.version.sequence < end.version.sequence)
    start = next(older, None) or (history.of(before) if before else None)
    return OwnChanges(
        end=end,
        start=start,
        started_at=seen_at.get(start.version.pk) if start else None,
        read=read,
        read_at=seen_at[read.version.pk] if read else None,
    )
