"""What the policies ask of people today: known without a query, until something is announced or the day ends."""

import datetime as dt
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from policies.versions.asking import AsksFor
from policies.versions.models import PolicyVersion, PolicyVersionQuerySet

KEY = "notices.questions"
# Changes are seen at once by the process that makes them, and by the others after this many seconds.
LASTS = 10


@dataclass(frozen=True, slots=True)
class Question:
    """What one version asks: of each policy the one in force, and those that are coming and ask anew.

    `since` is the sequence of the version that asked anew last: answers to that one, or to a later one, count.
    `asked_from` is the day on which that came into force. `because` is the reason that its editors gave.
    """

    version_id: int
    page_id: int
    slug: str
    title: str
    number: str
    sequence: int
    effective_from: dt.date
    asks_for: str
    because: str
    since: int
    asked_from: dt.date
    grace_days: int
    least_age: int | None

    @property
    def is_acceptance(self) -> bool:
        return self.asks_for == AsksFor.ACCEPTANCE

    @property
    def answer_by(self) -> dt.date:
        """The last day on which people who were there before may put off the answer."""
        return self.asked_from + dt.timedelta(days=self.grace_days - 1)

    def is_upcoming(self, today: dt.date) -> bool:
        return self.effective_from > today


def questions() -> list[Question]:
    """Return what is asked today and what is coming, by policy and date; from memory, where nothing has changed."""
    today = timezone.localdate()
    day, known = cache.get(KEY, (None, []))
    if day != today:
        known = look_up(today)
        cache.set(KEY, (today, known), LASTS)
    return known


def asked_in_force() -> list[Question]:
    """Return what is asked today by the versions in force, by policy."""
    today = timezone.localdate()
    return [question for question in questions() if not question.is_upcoming(today)]


def forget_questions(*_: object) -> None:
    """Look at the database again: now, and after the commit, as others may have looked meanwhile."""
    cache.delete(KEY)
    transaction.on_commit(lambda: cache.delete(KEY))


def look_up(today: dt.date) -> list[Question]:
    """Ask the database, in one query.

    Withdrawn versions ask nothing; a policy whose version in force asks nothing has no question today.

    Args:
        today: the day by our clocks.
    """
    versions = PolicyVersion.objects.outline()
    now_and_then = versions.in_force(on=today) | versions.upcoming(on=today).filter(asks_anew=True).order_by()
    return [_question(version) for version in _asking(now_and_then).order_by("slug", "sequence")]


def _asking(versions: PolicyVersionQuerySet) -> PolicyVersionQuerySet:
    anew = PolicyVersion.objects.kept().filter(
        page=OuterRef("page"), sequence__lte=OuterRef("sequence"), asks_anew=True
    )
    last = {f"last_{name}": Subquery(anew.order_by("-sequence").values(name)[:1]) for name in LAST_ASKED}
    return versions.exclude(asks_for=AsksFor.NOTHING).annotate(**last)


LAST_ASKED = ("sequence", "effective_from", "asks_because")


def _question(version: PolicyVersion) -> Question:
    last = [getattr(version, f"last_{name}") for name in LAST_ASKED]
    since, asked_from, because = last if last[0] else (0, version.effective_from, "")
    return Question(
        version_id=version.pk,
        page_id=version.page_id,
        slug=version.slug,
        title=version.title,
        number=version.number,
        sequence=version.sequence,
        effective_from=version.effective_from,
        asks_for=version.asks_for,
        because=version.asks_because or because,
        since=since,
        asked_from=asked_from,
        grace_days=version.grace_days,
        least_age=version.least_age,
    )
