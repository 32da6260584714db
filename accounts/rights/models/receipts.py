"""The receipt of an erasure: what each of its two passes found. It holds numbers, and nothing of anybody."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.rights.models.requests import RightsRequest


class ErasureReceiptQuerySet(models.QuerySet["ErasureReceipt"]):
    def due(self) -> "ErasureReceiptQuerySet":
        """Keep those of which the second pass is missing."""
        return self.filter(looked_again_at=None).order_by("pk")


class ErasureReceipt(models.Model):
    """One erasure, of one account or what one address finds. `first` and `second` count rows by the register's keys."""

    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="receipts")
    number = models.BigIntegerField(help_text="That the account had, nobody has it now; 0 where there was none.")
    erased_at = models.DateTimeField(default=timezone.now)
    first = models.JSONField(default=dict)
    looked_again_at = models.DateTimeField(null=True, blank=True)
    second = models.JSONField(default=dict)
    left = models.PositiveIntegerField(null=True, blank=True, help_text="Rows to delete that are there still.")

    objects = ErasureReceiptQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(looked_again_at=None, left=None) | Q(looked_again_at__isnull=False, left__isnull=False),
                name="rights_receipt_of_two_passes",
            )
        ]

    def __str__(self) -> str:
        return f"receipt {self.pk}"
