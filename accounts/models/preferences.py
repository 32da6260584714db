"""What mail a person wants of us."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.append_only import AppendOnlyQuerySet
from accounts.models.consents import ChoiceRecord


class MailPreference(models.Model):
    """What a person chose. People who never chose have no row and get amendments."""

    class PolicyMail(models.TextChoices):
        EVERY = "every", _("Every announcement: amendments, and new policies")
        AMENDMENTS = "amendments", _("Only amendments: when the meaning of a policy changes")
        NONE = "none", pgettext_lazy("mail", "None")

    DEFAULT = PolicyMail.AMENDMENTS

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail_preference"
    )
    policy_mail = models.CharField(max_length=20, choices=PolicyMail.choices, default=PolicyMail.AMENDMENTS)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"person {self.person_id}: {self.policy_mail}"


class MailChoice(ChoiceRecord):
    """A person chose which mail about policies they want: the proof of what stands in `MailPreference`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choices")
    policy_mail = models.CharField(max_length=20, choices=MailPreference.PolicyMail.choices)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta(ChoiceRecord.Meta):
        abstract = False
        default_permissions = ()

    def __str__(self) -> str:
        return f"mail choice {self.pk}: {self.policy_mail}"
