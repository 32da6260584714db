"""What several declarations say alike."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.register import Retention

DESK: Final = _("Our staff who answer such requests")
WHY: Final = _("To answer you in time, and to show that we did.")
WHY_STAFF: Final = _("So that it is known who did what about somebody's request.")
STAYS: Final = _(
    "Your request is still answered, and stays for the time said here so that we can show that it was. "
    "That it belonged to your account is taken out."
)
STAYS_STAFF: Final = _("It belongs to the person who asked. That it was you is taken out.")
WITH_THE_REQUEST: Final = Retention(_("As long as the request it belongs to"), enforced_by="deleting the request")
