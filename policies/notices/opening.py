"""Makes notices: with the announcement of an amendment, and later when its day comes near."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from policies.models.notices import AmendmentNotice, NoticeKind, NoticeSettings
from policies.models.versions import PolicyVersion
from policies.notices.tasks import nudge


def open_notice(
    version: PolicyVersion, *, kind: NoticeKind = NoticeKind.ANNOUNCED, always_because: str = ""
) -> AmendmentNotice:
    """Make the notice of a version in the transaction of the caller; workers are nudged after its commit.

    Args:
        version: what people are told of.
        kind: the occasion. Only the announcement is held: the others had their time to be stopped.
        always_because: why people who chose no such mail get it too; empty where the choice counts.
    """
    minutes = NoticeSettings.load().hold_minutes if kind == NoticeKind.ANNOUNCED else 0
    notice = AmendmentNotice.objects.create(
        version=version,
        kind=kind,
        held_until=timezone.now() + dt.timedelta(minutes=minutes),
        always_because=always_because.strip(),
    )
    transaction.on_commit(nudge)
    return notice
