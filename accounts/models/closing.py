"""The closing of accounts: asked for, taken back, or carried out; and what went wrong on the way."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.users import restricted


class ClosingRequestQuerySet(models.QuerySet["ClosingRequest"]):
    def open(self) -> "ClosingRequestQuerySet":
        return self.filter(state=ClosingRequest.State.ASKED)

    def due(self, now: dt.datetime) -> "ClosingRequestQuerySet":
        """Keep the closings whose cooling-off is over.

        Who asked us only to keep their data is erased where they wish it, and not because staff closed the account.
        """
        wished = [ClosingRequest.Reason.OWN_WISH, ClosingRequest.Reason.ASKED_STAFF]
        waits = restricted(timezone.localdate(now), "person__") & ~models.Q(reason__in=wished)
        return self.open().filter(due_at__lte=now).exclude(waits)

    def failing(self) -> "ClosingRequestQuerySet":
        """Keep the closings that were tried and failed."""
        return self.open().filter(failures__gt=0)

    def untold(self) -> "ClosingRequestQuerySet":
        """Keep the closings whose mail has not been sent yet."""
        return self.exclude(mail_due="")


class ClosingRequest(models.Model):
    """A request to close an account. The row stays after the erasure, without naming the person."""

    class State(models.TextChoices):
        ASKED = "asked", _("Cooling off")
        TAKEN_BACK = "taken_back", _("Taken back")
        ERASED = "erased", _("Erased")

    class Reason(models.TextChoices):
        OWN_WISH = "own_wish", _("Closed by the person")
        ASKED_STAFF = "asked_staff", _("The person asked us to close it")
        DIED = "died", _("The person has died")
        NOT_THEIRS = "not_theirs", _("The account is a second one, or another person's")
        MISUSE = "misuse", _("The account was misused")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="closings")
    state = models.CharField(max_length=20, choices=State.choices, default=State.ASKED)
    reason = models.CharField(max_length=20, choices=Reason.choices, default=Reason.OWN_WISH)
    note = models.CharField(
        _("more about the reason"), max_length=300, blank=True, help_text="The person can read this."
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", help_text="Who of the staff asked."
    )
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(help_text="When the cooling-off is over.")
    ended_at = models.DateTimeField(null=True, help_text="When it was taken back, or carried out.")
    was_active = models.BooleanField(default=True, help_text="Whether one could sign in before.")
    failures = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True, help_text="Names the step, never a person.")
    mail_due = models.CharField(
        max_length=20, choices=State.choices, blank=True, help_text="Which mail to them is still to be sent."
    )
    mail_tried_at = models.DateTimeField(null=True)
    last_address = models.EmailField(blank=True, help_text="Where the last mail goes; emptied once it is sent.")

    objects: ClassVar = ClosingRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        default_permissions = ()
        permissions = (("close_closingrequest", "Can see which accounts are being closed, and close those of others"),)
        indexes = (models.Index(fields=("state", "due_at"), name="accounts_closing_due"),)
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(state="asked"), name="accounts_one_open_closing"
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked", ended_at=None) | ~models.Q(state="asked") & ~models.Q(ended_at=None),
                name="accounts_closing_ends_once",
            ),
        )

    def __str__(self) -> str:
        return f"closing {self.pk}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.ASKED

    @property
    def opened_by_staff_only(self) -> bool:
        """An account closed for misuse is not opened again by the link in the mail."""
        return self.reason == self.Reason.MISUSE

    @property
    def by_staff(self) -> bool:
        return self.reason != self.Reason.OWN_WISH
