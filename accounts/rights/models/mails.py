"""Mails about requests that are to be sent: the rows are the truth, so none is lost while the mail server is away."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.rights.models.requests import RightsRequest
from accounts.rights.models.stories import Side


class MailKind(models.TextChoices):
    """The occasion of a mail. None says more than that there is something to read, and where."""

    CONFIRM = "confirm", _("Confirm your address")
    SOMEBODY_ASKED = "somebody_asked", _("Somebody made a request with your address")
    RECEIVED = "received", _("We have your request")
    NEWS = "news", _("There is news")
    QUESTION = "question", _("We have a question")
    PROGRESS = "progress", _("How your complaint stands")
    DUE_IN_14 = "due_in_14", _("14 days left")
    DUE_IN_7 = "due_in_7", _("7 days left")
    DUE_IN_2 = "due_in_2", _("2 days left")
    LATE = "late", _("Late")
    ASKED_AGAIN = "asked_again", _("We still wait for an answer")
    NOT_ANSWERED = "not_answered", _("Our question was not answered for a month")
    PERSON_WROTE = "person_wrote", _("The person wrote")
    NEW_REQUEST = "new_request", _("There is a new request")


class DueMail(models.Model):
    """One mail to one side of a request. Its words are made when it is sent, from what is so then."""

    request = models.ForeignKey(RightsRequest, models.CASCADE, related_name="mails")
    side = models.CharField(max_length=10, choices=Side)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of the staff.",
    )
    kind = models.CharField(max_length=20, choices=MailKind)
    about = models.DateField(
        null=True, blank=True, help_text="The day that a reminder is about: when it is due, or when we asked."
    )
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True, help_text="Why it could not be sent last time; else empty.")

    class Meta:
        verbose_name = _("mail about a request")
        ordering: ClassVar = ["pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        indexes: ClassVar = [
            models.Index(fields=["due_at"], name="rights_mail_due", condition=models.Q(settled_at=None))
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["request", "kind", "about"],
                condition=models.Q(side=Side.PERSON, about__isnull=False),
                name="rights_mail_person_once",
            ),
            models.UniqueConstraint(
                fields=["request", "kind", "about", "to"],
                condition=models.Q(side=Side.STAFF, about__isnull=False),
                name="rights_mail_staff_once",
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}: {self.kind}"
