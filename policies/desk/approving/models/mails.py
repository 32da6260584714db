"""Mails to staff and reviewers that wait to be sent: written with what they are about, sent after the commit."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StaffMail(models.Model):
    """One mail to one person. Its words are kept until it is sent, and then forgotten."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    address = models.CharField(max_length=320)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True, help_text="Why it could not be sent last time; else empty.")

    class Meta:
        verbose_name = _("mail to staff")
        verbose_name_plural = _("mails to staff")
        default_permissions: ClassVar[tuple[str, ...]] = ()
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="policies_staff_mail_due", condition=models.Q(settled_at=None))
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"
