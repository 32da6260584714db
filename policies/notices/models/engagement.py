"""What people did with an announced version. Being told is not agreeing: each is a word and a row of its own."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from policies.versions.models import PolicyVersion


class Engagement(models.Model):
    """One person did one thing with one version, for the first time at that moment."""

    class Kind(models.TextChoices):
        NOTIFIED = "notified", "Told by e-mail"
        SEEN = "seen", "Seen"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="policy_engagements", db_index=False
    )
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="engagements", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ("view",)
        permissions: ClassVar = [("export_engagement", "Can export who was told of versions and what they did")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "version", "kind"], name="notices_engagement_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["version", "kind"], name="notices_engagement_of_version")]

    def __str__(self) -> str:
        return f"engagement {self.pk}: {self.kind}"
