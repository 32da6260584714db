from accounts.models.addresses import DeadAddress
from accounts.models.changes import DetailChange
from accounts.models.events import SecurityEvent
from accounts.models.preferences import MailPreference
from accounts.models.users import User

__all__ = ["DeadAddress", "DetailChange", "MailPreference", "SecurityEvent", "User"]
