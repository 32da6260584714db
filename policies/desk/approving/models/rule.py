"""The rule that nobody announces alone: each switch of it is a row, and the newest one is in force."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class TwoPeopleRule(models.Model):
    """How the rule stood from one moment on: who switched it, when and why. Without a row it is off."""

    is_on = models.BooleanField(_("no amendment is announced by one person alone"), default=False)
    corrections_alone = models.BooleanField(_("corrections may be announced by one person"), default=False)
    outsiders_count = models.BooleanField(_("an outsider’s review counts as the second person"), default=False)
    reason = models.TextField(_("why"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("rule of two people")
        ordering: ClassVar = ["-pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions: ClassVar = [("switch_two_people", "Can switch the rule that two people announce a policy")]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="policies_rule_says_why")]

    def __str__(self) -> str:
        return gettext("Two people for each announcement")

    @classmethod
    def in_force(cls) -> "TwoPeopleRule":
        """Return how the rule stands; without any row, one that is off and not saved."""
        return cls.objects.order_by("-pk").first() or cls()

    def asks_for_two(self, *, is_correction: bool) -> bool:
        return self.is_on and not (is_correction and self.corrections_alone)
