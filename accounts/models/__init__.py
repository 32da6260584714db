from accounts.models.changes import DetailChange
from accounts.models.events import SecurityEvent
from accounts.models.preferences import MailPreference
from accounts.models.users import User

__all__ = ["DetailChange", "MailPreference", "SecurityEvent", "User"]
