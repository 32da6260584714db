"""Compares notices with their deliveries and with the versions they are about: who was told is evidence, too."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef
from django.utils import timezone

from policies.notices.models.answers import Answer
from policies.notices.models.notices import NOTICE_FINAL, AmendmentNotice, DeliveryState, NoticeKind
from policies.notices.totals import COUNTED, counted
from policies.versions.models import PolicyVersion, PolicyVersionQuerySet, Significance

ON_THE_WAY = (DeliveryState.PENDING, DeliveryState.SENDING)


def discrepancies(slug: str | None = None) -> Iterator[tuple[PolicyVersion, str]]:
    """Yield each version of whose notices something is missing or miscounted, with what that is.

    Args:
        slug: of this policy only; None for all.
    """
    versions = PolicyVersion.objects.outline()
    if slug:
        versions = versions.of(slug)
    for version in _untold(versions):
        yield version, "it is an amendment, but its notice is not there"
    yield from _misquoted(versions)
    notices = AmendmentNotice.objects.filter(version__in=versions, staged_at__isnull=False).without_message()
    for notice in notices.select_related("version").defer("version__content", "version__text"):
        for what in _miscounted(notice):
            yield notice.version, f"notice {notice.pk}: {what}"


def _untold(versions: PolicyVersionQuerySet) -> Iterator[PolicyVersion]:
    """Amendments that were announced here make a notice in the same transaction."""
    announced = AmendmentNotice.objects.to_people().filter(version=OuterRef("pk"), kind=NoticeKind.ANNOUNCED)
    amendments = versions.filter(significance=Significance.AMENDMENT, sequence__gt=1, recorded_at=None)
    yield from amendments.filter(~Exists(announced))


def _misquoted(versions: PolicyVersionQuerySet) -> Iterator[tuple[PolicyVersion, str]]:
    """Answers name the digest of the text that people were shown."""
    others = Answer.objects.exclude(digest=F("version__digest"))
    wrong = dict(others.values_list("version").annotate(Count("pk")))
    for version in versions.filter(pk__in=wrong):
        number = wrong[version.pk]
        answers = "1 answer" if number == 1 else f"{number:,} answers"
        yield version, f"{answers} of people to another text than this"


def _miscounted(notice: AmendmentNotice) -> Iterator[str]:
    there = counted(notice)
    missing, wanted = notice.recipients - there["recipients"], f"of {notice.recipients:,} deliveries"
    if missing < 0:
        yield f"{-missing:,} deliveries more than were written down for it"
    elif missing and not some_are_forgotten(notice):
        yield f"{wanted} {missing:,} are missing"
    if missing or notice.state not in NOTICE_FINAL or notice.deliveries.filter(state__in=ON_THE_WAY).exists():
        return  # the counts follow while it is sent
    for name, state in COUNTED.items():
        if there[name] != getattr(notice, name):
            yield f"{wanted} {there[name]:,} are “{state.label}”, and not {getattr(notice, name):,}"


def some_are_forgotten(notice: AmendmentNotice) -> bool:
    """Whether it is so old that the first of its deliveries are past their time."""
    assert notice.staged_at is not None  # noqa: S101
    return notice.staged_at <= timezone.now() - settings.NOTICE_DELIVERIES_KEPT
