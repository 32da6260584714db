"""The pauses of a request: from the day on which we asked what is meant to the day on which it was answered."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from accounts.rights.models.requests import RightsRequest


class Pause(models.Model):
    """Days that do not count: for access requests only. `LAW.PERIOD`."""

    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="pauses")
    question = models.TextField(blank=True)
    asked_on = models.DateField()
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_on", "pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("asked_on")), name="rights_pause_forwards"
            ),
            models.UniqueConstraint(fields=["request"], condition=Q(answered_on=None), name="rights_pause_one_open"),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"
