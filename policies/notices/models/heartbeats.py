"""The trace that each part of the site leaves when it has run."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """When a part of the site has last run, and what was wrong then: a row for each part."""

    class Part(models.TextChoices):
        WORKER = "worker", _("The worker")
        HOUSEKEEPING = "housekeeping", _("The housekeeping")
        ROUND = "round", _("A whole round of the housekeeping")
        PROOF = "proof", _("The proof of what was announced")

    part = models.CharField(max_length=12, choices=Part, unique=True)
    at = models.DateTimeField()
    trouble = models.TextField(blank=True, help_text="What was wrong; empty where all was well.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.part} at {self.at}"
