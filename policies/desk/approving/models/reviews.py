"""What somebody without an account was asked to look at, by a signed link, and what they answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from policies.versions.models import PolicyVersion


class ReviewAnswer(models.TextChoices):
    AGREES = "agrees", _("I agree")
    ASKS = "asks", _("I ask for changes")


class OutsideReview(models.Model):
    """One outsider asked about one digest. The answer is given once and stays, with the name that was written under it.

    `version` is what was announced with this review; a review serves once.
    """

    page = models.ForeignKey("policies.PolicyPage", models.PROTECT, related_name="outside_reviews")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="policy_reviews")
    digest = models.CharField(max_length=64, help_text="As in Approval.")
    amends = models.PositiveIntegerField(help_text="As in Approval.")
    name = models.CharField(_("who is asked"), max_length=200)
    address = models.EmailField(_("e-mail address"), max_length=320, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(help_text=_("When the link ends."))
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=6, choices=ReviewAnswer, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    signed_name = models.CharField(max_length=200, blank=True, default="")
    words = models.TextField(blank=True, default="")
    version = models.ForeignKey(PolicyVersion, models.PROTECT, null=True, blank=True, related_name="outside_reviews")

    class Meta:
        verbose_name = _("review by an outsider")
        verbose_name_plural = _("reviews by outsiders")
        ordering: ClassVar = ["-pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions: ClassVar = [("ask_outsiders", "Can ask somebody without an account to review a policy")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(answer__in=["", *ReviewAnswer.values]), name="policies_review_answer"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, signed_name="", words="")
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="policies_review_answered_at_once",
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def is_open(self) -> bool:
        return not self.answer and self.revoked_at is None and self.until > timezone.now()

    @property
    def standing(self) -> str:
        """How it stands, in words for the CMS."""
        if self.answer:
            return gettext("Agrees") if self.answer == ReviewAnswer.AGREES else gettext("Asks for changes")
        if self.revoked_at:
            return gettext("Taken back")
        return gettext("Waiting") if self.is_open else gettext("Not answered in time")
