"""Addresses that mail came back from."""

from typing import ClassVar

from allauth.account.models import EmailAddress
from django.db import models
from django.utils import timezone


class DeadAddress(models.Model):
    """Mail to this confirmed address came back for good: nothing is sent there until its owner says that it works."""

    address: ClassVar = models.OneToOneField(EmailAddress, models.CASCADE, primary_key=True, related_name="dead")
    since = models.DateTimeField(default=timezone.now)
    words = models.CharField(max_length=500, blank=True, help_text="Why, in the mail system's words.")

    def __str__(self) -> str:
        return f"address {self.pk}"
