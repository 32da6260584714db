"""What both sides write to each other about a request. Mails only say that there is something to read."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.rights.models.requests import RightsRequest
from accounts.rights.models.stories import Side


class Message(AppendOnlyModel):
    """One message, as it was written. Whoever has second thoughts writes another."""

    NEVER_CHANGED = "Messages are never changed. Write another."
    NEVER_DELETED = "Messages are deleted with their request only."

    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="messages")
    at = models.DateTimeField(default=timezone.now)
    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    words = models.TextField(max_length=10_000)
    once = models.UUIDField(null=True, blank=True, help_text="Of the form it came by: sent twice, it is one message.")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["request", "once"], name="rights_message_once"),
            models.CheckConstraint(condition=models.Q(side__in=Side.values), name="rights_message_side"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"
