"""Who writes to people: the organisation, as it is known when the mail is written."""

from django.conf import settings
from django.utils import timezone

from accounts.values.organisation import organisation
from accounts.values.regulator import regulator_on
from policies.notices.letter.writing import Sender


def sender() -> Sender:
    """Return who the mails are from."""
    known = organisation()
    return Sender(
        name=known.name,
        postal_address=known.address_lines,
        email=known.email,
        site_url=settings.SITE_URL,
        regulator=regulator_on(timezone.localdate()),
        colours=known.colours,
    )
