"""The story of a request: what happened to it, by whom and when. Only added to; it is the evidence of both sides."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.rights.models.requests import RightsRequest


class Side(models.TextChoices):
    PERSON = "person", _("The person")
    STAFF = "staff", _("Our staff")
    MACHINE = "machine", _("By itself")


class What(models.TextChoices):
    """What can happen to a request, in the words that both sides read."""

    OPENED = "opened", _("The request was made")
    ENTERED = "entered", _("Written down by our staff")
    CONFIRMED = "confirmed", _("The address was confirmed")
    ACKNOWLEDGED = "acknowledged", _("Receipt acknowledged")
    MARKETING_STOPPED = "marketing_stopped", _("News and offers were stopped at once")
    ASSIGNED = "assigned", _("Given to a member of our staff")
    STARTED = "started", _("Work on it began")
    IDENTITY_ASKED = "identity_asked", _("We asked who is asking")
    IDENTITY_GIVEN = "identity_given", _("What shows who is asking came")
    FEE_ASKED = "fee_asked", _("We asked for a fee")
    FEE_PAID = "fee_paid", _("The fee was paid")
    CLARIFICATION_ASKED = "clarification_asked", _("We asked a question; the time is paused")
    CLARIFIED = "clarified", _("The question was answered; the time runs on")
    EXTENDED = "extended", _("We need up to two months more")
    DAY_CORRECTED = "day_corrected", _("The day of receipt was corrected")
    COUNTED_ANEW = "counted_anew", _("The due date was worked out anew")
    MESSAGE = "message", _("A message was written")
    FILE_ADDED = "file_added", _("A file was added")
    PROGRESS = "progress", _("We told how it stands")
    REMINDED = "reminded", _("Both sides were reminded")
    ASKED_AGAIN = "asked_again", _("We said that we still wait for an answer")
    LATE = "late", _("The due date has passed")
    OPENED_BY_STAFF = "opened_by_staff", _("A member of our staff opened the case")
    FILE_OPENED_BY_STAFF = "file_opened_by_staff", _("A member of our staff opened a file")
    EXPORTED_BY_STAFF = "exported_by_staff", _("A member of our staff took a copy of the person's data")
    SEARCHED = "searched", _("Our records were searched")
    DECIDED = "decided", _("It was decided")
    CORRECTED = "corrected", _("The correction was made")
    ERASED = "erased", _("The erasure was carried out")
    RESTRICTED = "restricted", _("The data is only kept from now on")
    RESTRICTION_ENDS = "restriction_ends", _("We told that the restriction ends")
    RECIPIENT_TOLD = "recipient_told", _("Somebody who has the data was told")
    ANSWERED = "answered", _("The answer was sent")
    LETTER = "letter", _("A letter was written")
    ESCALATED = "escalated", _("It went to the regulator")
    MAIL_CAME_BACK = "mail_came_back", _("Our e-mail could not be delivered")
    WITHDRAWN = "withdrawn", _("The request was withdrawn")
    CLOSED = "closed", _("The request was closed")
    REOPENED = "reopened", _("The request was opened again")
    NOTE = "note", _("Note")


class Story(AppendOnlyModel):
    """One thing that happened to a request. What is internal is for staff; the rest is on the person's page."""

    NEVER_CHANGED = "What happened to a request is never changed. Add a line."
    NEVER_DELETED = "What happened to a request is deleted with it only."

    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="story")
    at = models.DateTimeField(default=timezone.now)
    side = models.CharField(max_length=10, choices=Side)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", help_text="If signed in."
    )
    what = models.CharField(max_length=24, choices=What)
    words = models.TextField(blank=True)
    internal = models.BooleanField(default=False, help_text="For staff only.")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(side__in=Side.values), name="rights_story_side"),
        ]

    def __str__(self) -> str:
        return f"line {self.pk}: {self.what}"
