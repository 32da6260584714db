"""Bank holidays that the library does not know yet, and by which holidays the open cases were counted last."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rights.clock.working_days import why_closed


class ExtraHoliday(models.Model):
    """A day that staff added to the bank holidays, such as one that was proclaimed some weeks before."""

    day = models.DateField(unique=True, help_text=_("A bank holiday that was announced lately."))
    reason = models.CharField(
        max_length=200, help_text=_("What it is, such as “Coronation of …”. People whose request it moves read it.")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("added bank holiday")
        verbose_name_plural = _("added bank holidays")
        ordering: ClassVar = ["-day"]
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"{self.day:%-d %B %Y}: {self.reason}"

    def clean(self) -> None:
        """Raises: ValidationError: nobody works on that day anyway, so it would move nothing."""
        if isinstance(self.day, dt.date) and (why := why_closed(self.day)):
            raise ValidationError({"day": gettext("That day is %(why)s already. It needs no entry.") % {"why": why}})


class HolidaysCounted(models.Model):
    """The one row that says by which holidays the due dates of open cases were worked out last."""

    by = models.CharField(max_length=64, help_text="A digest of the library's version and of the days added.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions: ClassVar[tuple[str, ...]] = ()

    def __str__(self) -> str:
        return f"counted {self.at}"
