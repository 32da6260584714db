"""What became known of people and an announced version by itself: that they were told, and that they opened it.

Being told is not agreeing: what people answered when they were asked is another table, `answers`.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from policies.versions.models import PolicyVersion


class Engagement(models.Model):
    """One person was told of one version, or opened it, for the first time at that moment."""

    class Kind(models.TextChoices):
        NOTIFIED = "notified", _("Told by e-mail")
        SEEN = "seen", _("Seen")

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
            models.CheckConstraint(condition=models.Q(kind__in=["notified", "seen"]), name="notices_engagement_kind"),
        ]
        indexes: ClassVar = [models.Index(fields=["version", "kind"], name="notices_engagement_of_version")]

    def __str__(self) -> str:
        return f"engagement {self.pk}: {self.kind}"
