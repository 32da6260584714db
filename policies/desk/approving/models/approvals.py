"""Who stands behind an announcement besides those who wrote it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from policies.versions.models import PolicyVersion


class ApprovalKind(models.TextChoices):
    APPROVAL = "approval", _("Approved")
    EMERGENCY = "emergency", _("Announced by one person in an emergency")
    COMMAND = "command", _("Approved outside the CMS, and entered with a command")


class Approval(models.Model):
    """One person's yes to one digest of text, words, kinds, dates and mail. It never changes; another text voids it.

    `version` is what was announced by it: an approval serves once. Until then whoever gave it may take it back.
    """

    page = models.ForeignKey("policies.PolicyPage", models.PROTECT, related_name="approvals")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="policy_approvals")
    digest = models.CharField(max_length=64, help_text="policies.versions.proposals.digest_of_proposal of the draft.")
    amends = models.PositiveIntegerField(help_text="The version that the redline was against; 0 for none.")
    kind = models.CharField(max_length=10, choices=ApprovalKind, default=ApprovalKind.APPROVAL)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    words = models.TextField(blank=True, help_text="What the approver wrote; in an emergency, the reason.")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, blank=True, related_name="approvals")
    taken_back_at = models.DateTimeField(null=True, blank=True, help_text="By whoever gave it; it counts no more.")

    class Meta:
        verbose_name = _("approval")
        ordering: ClassVar = ["-pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions: ClassVar = [("announce_in_emergency", "Can announce a policy alone in an emergency")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ApprovalKind.values), name="policies_approval_kind"),
            models.CheckConstraint(
                condition=Q(kind=ApprovalKind.APPROVAL) | ~Q(words=""), name="policies_approval_says_why"
            ),
            models.CheckConstraint(
                condition=Q(version=None) | Q(taken_back_at=None), name="policies_approval_served_or_taken_back"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["page", "digest"], name="policies_approval_of_digest")]

    def __str__(self) -> str:
        return f"approval {self.pk}"

    @property
    def is_emergency(self) -> bool:
        return self.kind == ApprovalKind.EMERGENCY
