"""Looks up what the mail of a notice says, and freezes it."""

from email.utils import parseaddr

from django.conf import settings

from policies.notices.letter.identity import sender
from policies.notices.letter.message import FrozenMessage
from policies.notices.letter.writing import write
from policies.notices.models.notices import AmendmentNotice
from policies.versions.models import PolicyVersion


def compose(notice: AmendmentNotice) -> FrozenMessage:
    """Return the notice's mail with the places left open that differ from person to person."""
    return write(
        version=notice.version,
        previous=version_before(notice.version),
        kind=notice.kind,
        optional=notice.is_optional,
        why_always=notice.always_because,
        sender=sender(),
        notice_id=notice.pk,
        from_address=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    )


def version_before(version: PolicyVersion) -> PolicyVersion | None:
    """Return the version that was the newest, and not withdrawn, when this one was announced."""
    earlier = PolicyVersion.objects.filter(page=version.page_id, sequence__lt=version.sequence).kept()
    return earlier.order_by("-sequence").first()
