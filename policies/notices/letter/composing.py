"""Looks up what the mail of a notice says, and freezes it."""

from django.utils import timezone

from accounts.values.organisation import organisation
from policies.notices.letter.identity import sender
from policies.notices.letter.message import FrozenMessage
from policies.notices.letter.writing import Earlier, FollowUp, write
from policies.notices.models.notices import AmendmentNotice, NoticeKind
from policies.versions.models import PolicyVersion


def compose(notice: AmendmentNotice) -> FrozenMessage:
    """Return the notice's mail with the places left open that differ from person to person.

    Args:
        notice: it may be unsaved, for a look at the mail.
    """
    version = notice.version
    return write(
        version=version,
        previous=PolicyVersion.objects.newest_kept(version.page_id, before=version.sequence),
        kind=notice.kind,
        optional=notice.is_optional,
        to_followers=notice.is_to_followers,
        why_always=notice.always_because,
        sender=sender(),
        notice_id=notice.pk or 0,
        about_personal_data=version.page.about_personal_data,
        from_address=organisation().from_address,
        answer=_answer(notice),
    )


def _answer(notice: AmendmentNotice) -> FollowUp | None:
    first = notice.follows
    if first is None:
        return None
    sent_on = timezone.localdate(max(first.held_until, first.staged_at or first.held_until))
    earlier = Earlier(sent_on, FrozenMessage.from_json(first.message).around("message_id"))
    if notice.kind != NoticeKind.WITHDRAWAL:
        return FollowUp(earlier, notice.words)
    today = timezone.localdate()
    versions = PolicyVersion.objects.outline().filter(page=notice.version.page_id)
    return FollowUp(earlier, notice.words, versions.in_force(on=today).first(), list(versions.upcoming(on=today)))
