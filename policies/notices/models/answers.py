"""What people answered when a version asked them: evidence, only added to. Nothing else ever counts as agreeing."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from policies.versions.models import PolicyVersion


class AnswerQuerySet(AppendOnlyQuerySet["Answer"]):
    def newest(self) -> "AnswerQuerySet":
        """Keep the last answer of each person to each version: the one that stands."""
        later = Answer.objects.filter(
            person=OuterRef("person"), version=OuterRef("version"), pk__gt=OuterRef("pk")
        ).order_by()
        return self.filter(~Exists(later))


class Answer(AppendOnlyModel):
    """One press of a button: what a person answered to one version, by which words, and where. The newest stands."""

    NEVER_CHANGED = "Answers are never changed. Add a new one."
    NEVER_DELETED = "Answers are deleted with the person only."

    class Kind(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Taken back")

    class Where(models.TextChoices):
        SIGN_UP = "sign-up", _("When signing up")
        SIGN_IN = "sign-in", _("After signing in")
        PAGE = "page", _("On the policy's page")
        ACCOUNT = "account", _("In the account")

    AGREED = frozenset({Kind.ACKNOWLEDGED, Kind.ACCEPTED})

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="policy_answers", db_index=False)
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="answers", db_index=False)
    kind = models.CharField(max_length=12, choices=Kind)
    digest = models.CharField(max_length=64, help_text="That of the version's text.")
    wording = models.TextField(help_text="The words on the button, or beside the box.")
    language = models.CharField(max_length=35, help_text="Of these words.")
    where = models.CharField(max_length=10, choices=Where)
    age_stated = models.PositiveSmallIntegerField(null=True, blank=True, help_text="In years, or older.")
    at = models.DateTimeField(default=timezone.now)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["acknowledged", "accepted", "declined", "withdrawn"]), name="notices_answer_kind"
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="notices_answer_has_wording"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "version", "-id"], name="notices_answer_of_person"),
            models.Index(fields=["version", "kind"], name="notices_answer_to_version"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}: {self.kind}"

    @property
    def agrees(self) -> bool:
        return self.kind in self.AGREED
