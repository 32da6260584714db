"""Makes notices: with the announcement of an amendment, and later when its day comes near."""

import datetime as dt
from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from policies.notices.models.notices import AmendmentNotice, NoticeKind, NoticeSettings, NoticeState
from policies.notices.tasks import nudge
from policies.versions.models import PolicyVersion, PolicyVersionQuerySet, Significance
from policies.versions.proposals import Proposal

# How late the mail on the day may still be written, after a housekeeping that stood still.
LATE = dt.timedelta(days=3)


def open_announced(version: PolicyVersion, proposal: Proposal) -> None:
    """Make the notice of a version that is being announced, if people are told of it. Listens to the announcing."""
    if is_to_be_told(proposal, version):
        open_notice(version, always_because=proposal.always_because, newcomers_too=proposal.tell_newcomers)


def is_to_be_told(proposal: Proposal, version: PolicyVersion) -> bool:
    """Whether people get mail about it: of amendments always, of a first version if asked, of the past never."""
    if proposal.announced_elsewhere or not version.is_amendment:
        return False
    return version.sequence > 1 or proposal.tell_of_first


def open_notice(
    version: PolicyVersion,
    *,
    kind: NoticeKind = NoticeKind.ANNOUNCED,
    always_because: str = "",
    newcomers_too: bool = False,
) -> AmendmentNotice:
    """Make the notice of a version in the transaction of the caller; workers are nudged after its commit.

    Args:
        version: what people are told of.
        kind: the occasion. Only the announcement is held: the others had their time to be stopped.
        always_because: why people who chose no such mail get it too; empty where the choice counts.
        newcomers_too: whether people get it as well who register before the version comes into force.
    """
    minutes = NoticeSettings.current().hold_minutes if kind == NoticeKind.ANNOUNCED else 0
    notice = AmendmentNotice.objects.create(
        version=version,
        kind=kind,
        held_until=timezone.now() + dt.timedelta(minutes=minutes),
        always_because=always_because.strip(),
        newcomers_too=newcomers_too,
    )
    transaction.on_commit(nudge)
    return notice


def open_due_notices(today: dt.date | None = None) -> int:
    """Make the reminders, and the mails on the day, that the site's settings ask for by now; each once.

    Args:
        today: the day in Europe/London; None for the present one.

    Returns:
        How many were made.
    """
    made = 0
    for version, kind in _due(today or timezone.localdate()):
        first = version.notices.get(kind=NoticeKind.ANNOUNCED)
        try:
            with transaction.atomic():
                open_notice(version, kind=kind, always_because=first.always_because)
                made += 1
        except IntegrityError:
            continue  # another housekeeping made it in the same moment
    return made


def _due(today: dt.date) -> Iterator[tuple[PolicyVersion, NoticeKind]]:
    wanted = NoticeSettings.current()
    if wanted.remind_days_before:
        near = Q(effective_from__lte=today + dt.timedelta(days=wanted.remind_days_before))
        for version in _announced(NoticeKind.REMINDER).upcoming(on=today).filter(near):
            # Whoever was told in the last days needs no reminder.
            if version.announced_on < version.effective_from - dt.timedelta(days=wanted.remind_days_before):
                yield version, NoticeKind.REMINDER
    if wanted.mail_on_the_day:
        for version in _announced(NoticeKind.IN_FORCE).in_force(on=today).filter(effective_from__gt=today - LATE):
            if version.announced_on < version.effective_from:
                yield version, NoticeKind.IN_FORCE


def _announced(kind: NoticeKind) -> PolicyVersionQuerySet:
    """Amendments that people were told of, and not on this occasion yet."""
    notices = AmendmentNotice.objects.filter(version=OuterRef("pk"))
    told = notices.filter(kind=NoticeKind.ANNOUNCED, state__in=[NoticeState.SENDING, NoticeState.DONE])
    versions = PolicyVersion.objects.filter(Exists(told), ~Exists(notices.filter(kind=kind)))
    return versions.filter(significance=Significance.AMENDMENT)
