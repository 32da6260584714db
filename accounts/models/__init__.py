"""The models of accounts, by one name for everybody."""

from accounts.models.changes import DetailChange
from accounts.models.closing import ClosingRequest
from accounts.models.consents import ChoiceRecord, ConsentRecord
from accounts.models.dead_addresses import DeadAddress
from accounts.models.events import SecurityEvent
from accounts.models.preferences import MailChoice, MailPreference
from accounts.models.users import User

__all__ = [
    "ChoiceRecord",
    "ClosingRequest",
    "ConsentRecord",
    "DeadAddress",
    "DetailChange",
    "MailChoice",
    "MailPreference",
    "SecurityEvent",
    "User",
]
