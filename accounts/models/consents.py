"""The proof of what people chose. Only added to: what applies today is the newest record."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.append_only import AppendOnlyModel, AppendOnlyQuerySet


class ChoiceRecord(AppendOnlyModel):
    """Something that a person chose: when, where, and from roughly which device."""

    NEVER_CHANGED = "Records of choices are never changed. Add a new one."
    NEVER_DELETED = "Records of choices are deleted with the person only."

    class Where(models.TextChoices):
        PREFERENCES = "preferences", _("On the preferences page")
        UNSUBSCRIBING = "unsubscribing", _("On the unsubscribe page")
        MAIL_PROGRAM = "mail_program", _("By the unsubscribe button of a mail program")
        SIGN_UP = "sign_up", _("When signing up")
        STAFF = "staff", _("Written down by staff")
        RIGHTS_REQUEST = "rights_request", _("By an objection")
        COOKIES = "cookies", _("On the cookie banner or page")

    at = models.DateTimeField(default=timezone.now)
    where = models.CharField(max_length=20, choices=Where.choices)
    device = models.CharField(max_length=60, blank=True, help_text="Such as Firefox on Windows.")
    network = models.CharField(max_length=50, blank=True, help_text="Never a full address: the /24 or /48 around it.")

    class Meta:
        abstract = True
        ordering = ("-pk",)


class ConsentRecordQuerySet(AppendOnlyQuerySet["ConsentRecord"]):
    def newest(self) -> "ConsentRecordQuerySet":
        """Keep the last record of each person and purpose: the one that applies."""
        later = ConsentRecord.objects.filter(
            person=models.OuterRef("person"), purpose=models.OuterRef("purpose"), pk__gt=models.OuterRef("pk")
        )
        return self.filter(~models.Exists(later))

    def in_force(self) -> "ConsentRecordQuerySet":
        """Keep what was agreed to and not taken back."""
        return self.newest().filter(given=True)


class ConsentRecord(ChoiceRecord):
    """A person agreed to one purpose, or withdrew. People who never chose have no record and have not agreed."""

    class Purpose(models.TextChoices):
        MARKETING_BY_EMAIL = "marketing_by_email", _("News and offers by e-mail")
        MARKETING_BY_POST = "marketing_by_post", _("News and offers by post")
        PASSING_ON = "passing_on", _("Passing on to selected third parties")
        ANALYTICS = "analytics", _("Statistics by another company")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consent_records")
    purpose = models.CharField(max_length=30, choices=Purpose.choices)
    given = models.BooleanField(help_text="No: it was taken back.")
    wording = models.TextField(help_text="The words that were shown.")
    version = models.PositiveSmallIntegerField(help_text="Which version of the words.")
    recipient = models.CharField(max_length=200, blank=True, help_text="Who else would get the data; empty for nobody.")
    digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of purpose, words, program and recipient, where they are set."
    )

    objects = ConsentRecordQuerySet.as_manager()

    class Meta(ChoiceRecord.Meta):
        abstract = False
        default_permissions = ()
        permissions = (("list_consentrecord", "Can see and export who agreed to what, with proof"),)
        indexes = (models.Index(fields=("person", "purpose", "-id"), name="accounts_consent_of_person"),)
        constraints = (models.CheckConstraint(condition=~models.Q(wording=""), name="accounts_consent_has_wording"),)

    def __str__(self) -> str:
        return f"consent {self.pk}: {self.purpose} {'given' if self.given else 'taken back'}"
