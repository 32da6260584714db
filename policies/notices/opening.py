"""Makes notices: with the announcement of an amendment, and later when its day comes near."""

import datetime as dt
from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from policies.notices.models.followers import Follower
from policies.notices.models.notices import AmendmentNotice, Audience, NoticeKind, NoticeSettings, NoticeState
from policies.notices.sending.nudging import nudge
from policies.versions.models import PolicyVersion, PolicyVersionQuerySet, Significance
from policies.versions.proposals import Proposal

# How late the mail on the day may still be written, after a housekeeping that stood still.
LATE = dt.timedelta(days=3)


def open_announced(version: PolicyVersion, proposal: Proposal) -> None:
    """Make the notice of a version that is being announced, if people are told of it. Listens to the announcing."""
    if notice := planned_notice(version, proposal):
        _open(notice)


def planned_notice(version: PolicyVersion, proposal: Proposal) -> AmendmentNotice | None:
    """Return the notice that announcing a version would make now, not saved; None where nobody is told."""
    if not is_to_be_told(proposal, version):
        return None
    minutes = NoticeSettings.current().hold_minutes
    return AmendmentNotice(
        version=version,
        kind=NoticeKind.ANNOUNCED,
        held_until=timezone.now() + dt.timedelta(minutes=minutes),
        always_because=proposal.always_because.strip(),
        newcomers_too=proposal.tell_newcomers,
    )


def is_to_be_told(proposal: Proposal, version: PolicyVersion) -> bool:
    """Whether people get mail about it: of amendments always, of the past and of mere corrections never.

    Of a first version, and of a corrected description, they do if that is asked.
    """
    if proposal.announced_elsewhere or version.significance == Significance.CORRECTION:
        return False
    if version.significance == Significance.DESCRIBED:
        return proposal.tell_of_correction
    return version.sequence > 1 or proposal.tell_of_first


def _open(notice: AmendmentNotice) -> None:
    """Save a notice and that to its followers in the transaction of the caller; workers are nudged after its commit."""
    notice.save(force_insert=True)
    if Follower.objects.of(notice.version.page_id).exists():
        to_followers(notice).save(force_insert=True)
    transaction.on_commit(nudge)


def to_followers(notice: AmendmentNotice) -> AmendmentNotice:
    """Return the notice to followers beside one to people, not saved. Anybody may leave it out."""
    return AmendmentNotice(
        version=notice.version, kind=notice.kind, audience=Audience.FOLLOWERS, held_until=notice.held_until
    )


def open_due_notices(today: dt.date | None = None) -> int:
    """Make the reminders, and the mails on the day, that the site's settings ask for by now; each once.

    Args:
        today: the day by our clocks; None for the present one.

    Returns:
        How many were made.
    """
    made = 0
    for version, kind in _due(today or timezone.localdate()):
        first = version.notices.to_people().get(kind=NoticeKind.ANNOUNCED)
        try:
            with transaction.atomic():
                _open(_repeated(version, kind, first.always_because))
                made += 1
        except IntegrityError:
            continue  # another housekeeping made it in the same moment
    return made


def _repeated(version: PolicyVersion, kind: NoticeKind, always_because: str) -> AmendmentNotice:
    """Return a notice after the first one: it is not held, since there was time to stop it."""
    return AmendmentNotice(version=version, kind=kind, held_until=timezone.now(), always_because=always_because)


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
    notices = AmendmentNotice.objects.to_people().filter(version=OuterRef("pk"))
    told = notices.filter(kind=NoticeKind.ANNOUNCED, state__in=[NoticeState.SENDING, NoticeState.DONE])
    versions = PolicyVersion.objects.filter(Exists(told), ~Exists(notices.filter(kind=kind)))
    return versions.filter(significance=Significance.AMENDMENT)
