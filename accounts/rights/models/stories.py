"""The story of a request: what happened to it, by whom and when. Only added to; it is the evidence of both sides."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.models.append_only import AppendOnlyModel, AppendOnlyQuerySet
from accounts.rights.models.requests import RightsRequest


class Side(models.TextChoices):
    PERSON = "person", "The person"
    STAFF = "staff", "Our staff"
    MACHINE = "machine", "By itself"


class What(models.TextChoices):
    """What can happen to a request, in the words that both sides read."""

    OPENED = "opened", "The request was made"
    ENTERED = "entered", "Written down by our staff"
    CONFIRMED = "confirmed", "The address was confirmed"
    ACKNOWLEDGED = "acknowledged", "Receipt acknowledged"
    MARKETING_STOPPED = "marketing_stopped", "News and offers were stopped at once"
    ASSIGNED = "assigned", "Given to a member of our staff"
    STARTED = "started", "Work on it began"
    IDENTITY_ASKED = "identity_asked", "We asked who is asking"
    IDENTITY_GIVEN = "identity_given", "What shows who is asking came"
    FEE_ASKED = "fee_asked", "We asked for a fee"
    FEE_PAID = "fee_paid", "The fee was paid"
    CLARIFICATION_ASKED = "clarification_asked", "We asked a question; the time is paused"
    CLARIFIED = "clarified", "The question was answered; the time runs on"
    EXTENDED = "extended", "We need up to two months more"
    DAY_CORRECTED = "day_corrected", "The day of receipt was corrected"
    COUNTED_ANEW = "counted_anew", "The due date was worked out anew"
    MESSAGE = "message", "A message was written"
    FILE_ADDED = "file_added", "A file was added"
    PROGRESS = "progress", "We told how it stands"
    REMINDED = "reminded", "Both sides were reminded"
    ASKED_AGAIN = "asked_again", "We said that we still wait for an answer"
    LATE = "late", "The due date has passed"
    OPENED_BY_STAFF = "opened_by_staff", "A member of our staff opened the case"
    FILE_OPENED_BY_STAFF = "file_opened_by_staff", "A member of our staff opened a file"
    EXPORTED_BY_STAFF = "exported_by_staff", "A member of our staff took a copy of the person's data"
    SEARCHED = "searched", "Our records were searched"
    DECIDED = "decided", "It was decided"
    CORRECTED = "corrected", "The correction was made"
    ERASED = "erased", "The erasure was carried out"
    RESTRICTED = "restricted", "The data is only kept from now on"
    RESTRICTION_ENDS = "restriction_ends", "We told that the restriction ends"
    RECIPIENT_TOLD = "recipient_told", "Somebody who has the data was told"
    ANSWERED = "answered", "The answer was sent"
    LETTER = "letter", "A letter was written"
    ESCALATED = "escalated", "It went to the regulator"
    MAIL_CAME_BACK = "mail_came_back", "Our e-mail could not be delivered"
    WITHDRAWN = "withdrawn", "The request was withdrawn"
    CLOSED = "closed", "The request was closed"
    REOPENED = "reopened", "The request was opened again"
    NOTE = "note", "Note"


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
