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
    version = notice.version
    return write(
        version=version,
        previous=PolicyVersion.objects.newest_kept(version.page_id, before=version.sequence),
        kind=notice.kind,
        optional=notice.is_optional,
        why_always=notice.always_because,
        sender=sender(),
        notice_id=notice.pk,
        about_personal_data=version.page.about_personal_data,
        from_address=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    )
