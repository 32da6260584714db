"""Says who writes the mails about policies: the organisation, as the site's settings have it."""

from django.conf import settings
from django.utils import timezone

from accounts.values.regulator import regulator_on
from home.context import facts
from policies.notices.letter.identity import identify_by
from policies.notices.letter.writing import Sender


@identify_by
def organisation() -> Sender:
    known = facts().organisation
    return Sender(
        name=known.name or settings.SITE_NAME,
        postal_address=tuple(known.address_lines),
        email=known.email,
        site_url=settings.SITE_URL,
        regulator=regulator_on(timezone.localdate()),
    )
