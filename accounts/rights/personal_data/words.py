"""What several declarations say alike."""

from typing import Final

from accounts.personal_data.register import Retention

DESK: Final = "Our staff who answer such requests"
WHY: Final = "To answer you in time, and to show that we did."
WHY_STAFF: Final = "So that it is known who did what about somebody's request."
STAYS: Final = (
    "Your request is still answered, and stays for the time said here so that we can show that it was. "
    "That it belonged to your account is taken out."
)
STAYS_STAFF: Final = "It belongs to the person who asked. That it was you is taken out."
WITH_THE_REQUEST: Final = Retention("As long as the request it belongs to", enforced_by="deleting the request")
