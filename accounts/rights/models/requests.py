"""A rights request or data-protection complaint: what is asked, by whom, since when, and how it stands."""

import datetime as dt
import secrets
from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.fields import AddressField

# Without letters and digits that people take for one another when they read a reference out.
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LENGTH: Final = 8


class Kind(models.TextChoices):
    """What is asked for: rights that the law gives to people, and a complaint (`LAW.COMPLAINTS`)."""

    ACCESS = "access", _("A copy of my data (access)")
    CORRECTION = "correction", _("Correct my data (rectification)")
    ERASURE = "erasure", _("Erase my data")
    RESTRICTION = "restriction", _("Restrict what is done with my data")
    OBJECTION = "objection", _("I object to what is done with my data")
    PORTABILITY = "portability", _("My data for another service (portability)")
    COMPLAINT = "complaint", _("A complaint about data protection")


class State(models.TextChoices):
    UNCONFIRMED = "unconfirmed", _("Waiting for the address to be confirmed")
    RECEIVED = "received", _("Received")
    WAITING_IDENTITY = "waiting_identity", _("Waiting to know who is asking")
    WAITING_FEE = "waiting_fee", _("Waiting for a fee")
    WORKING = "working", _("Being worked on")
    WAITING_CLARIFICATION = "waiting_clarification", _("Waiting for an answer to a question")
    DECIDED = "decided", _("Decided")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


WORKING: Final = frozenset({State.RECEIVED, State.WORKING})
# It is the person's turn, and there is no due date until they answer.
PAUSED: Final = frozenset({State.WAITING_IDENTITY, State.WAITING_FEE, State.WAITING_CLARIFICATION})
ENDED: Final = frozenset({State.CLOSED, State.WITHDRAWN})
OPEN: Final = WORKING | PAUSED | {State.DECIDED}


class Channel(models.TextChoices):
    ACCOUNT = "account", _("In the account, signed in")
    FORM = "form", _("By the form on the website")
    LETTER = "letter", _("By letter")
    EMAIL = "e-mail", _("By e-mail")
    TELEPHONE = "telephone", _("By telephone")
    IN_PERSON = "in-person", _("In person")


class Outcome(models.TextChoices):
    GRANTED = "granted", _("Granted")
    PARTLY = "partly", _("Partly granted")
    REFUSED = "refused", _("Refused")
    NO_ANSWER = "no-answer", _("Closed, as our question was not answered")


def new_reference() -> str:
    """Return a name that can be read out on the telephone and that nobody guesses: 39 bits."""
    return "".join(secrets.choice(LETTERS) for _ in range(REFERENCE_LENGTH))


class RightsRequestQuerySet(models.QuerySet["RightsRequest"]):
    def confirmed(self) -> "RightsRequestQuerySet":
        """Keep what counts: an address that nobody confirmed may be anybody's."""
        return self.exclude(state=State.UNCONFIRMED)

    def open(self) -> "RightsRequestQuerySet":
        """Keep what still needs something, from whichever side."""
        return self.filter(state__in=OPEN)

    def late(self, on: dt.date) -> "RightsRequestQuerySet":
        """Keep what should have been answered before this day."""
        return self.open().filter(due_on__lt=on)

    def of(self, person: object) -> "RightsRequestQuerySet":
        return self.filter(person=person)


class RightsRequest(models.Model):
    """One request or complaint. Its dates are days by our clocks; what happened to it, line by line, is its `Story`.

    Only `accounts.rights.moves` changes its state, and the database refuses every other way.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference, editable=False)
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=24, choices=State, default=State.UNCONFIRMED)
    moved = models.PositiveIntegerField(default=0, help_text="Counts the moves: of two at once, one comes too late.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="rights_requests"
    )
    name = models.CharField(max_length=200, blank=True)
    address = AddressField(
        _("e-mail address"), blank=True, help_text="Of people without an account; of others the account's counts."
    )
    postal_address = models.TextField(max_length=500, blank=True)
    channel = models.CharField(max_length=10, choices=Channel)
    details = models.TextField(max_length=10_000, blank=True)
    about_marketing = models.BooleanField(
        default=False, help_text="An objection to news and offers: they stop at once."
    )
    acting_for = models.CharField(max_length=200, blank=True, help_text="Whose data it is about, if not the writer's.")
    authority = models.TextField(max_length=1000, blank=True, help_text="What shows that they may act for them.")
    opened_at = models.DateTimeField(default=timezone.now, help_text="When it was written down here.")
    opened_on = models.DateField(default=timezone.localdate, editable=False)
    received_on = models.DateField(default=timezone.localdate, help_text="The true day on which it reached us.")
    once = models.UUIDField(
        null=True, blank=True, unique=True, help_text="Of the form it came by: sent twice, it is one request."
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", help_text="Of the staff."
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="rights_requests_assigned"
    )
    identity_asked_on = models.DateField(null=True, blank=True)
    identity_on = models.DateField(null=True, blank=True, help_text="When what shows who they are came.")
    fee_asked_on = models.DateField(null=True, blank=True)
    fee_on = models.DateField(null=True, blank=True, help_text="When it was paid.")
    extended_on = models.DateField(null=True, blank=True, help_text="When they were told that it takes longer.")
    extension_reasons = models.TextField(blank=True)
    acknowledged_on = models.DateField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True, help_text="When we last told how a complaint stands.")
    reopened_on = models.DateField(null=True, blank=True, help_text="By the person: the time begins anew.")
    due_on = models.DateField(
        null=True, blank=True, help_text="The last day for what we owe next; empty while it is the person's turn."
    )
    decided_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True, help_text="Or withdrawn.")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    escalated_on = models.DateField(null=True, blank=True, help_text="When it went to the regulator.")
    mail_problem = models.CharField(max_length=200, blank=True, help_text="Why our mail does not reach them.")

    objects = RightsRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("rights request")
        verbose_name_plural = _("rights requests")
        ordering: ClassVar = ["-pk"]
        default_permissions: ClassVar[tuple[str, ...]] = ()
        permissions: ClassVar = [("handle_rightsrequest", "Can see and answer rights requests and complaints")]
        indexes: ClassVar = [
            models.Index(fields=["state", "due_on"], name="rights_request_due"),
            models.Index(fields=["person", "-id"], name="rights_request_of_person"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="rights_request_kind"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="rights_request_state"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="rights_request_channel"),
            models.CheckConstraint(
                condition=Q(received_on__lte=F("opened_on")),
                name="rights_request_not_from_the_future",
                violation_error_message=_("The day on which it came cannot be in the future."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WAITING_CLARIFICATION) | Q(kind=Kind.ACCESS),
                name="rights_request_pause_for_access_only",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.COMPLAINT) | ~Q(state__in=sorted(PAUSED)),
                name="rights_request_complaint_waits_for_nothing",
            ),
            models.CheckConstraint(
                condition=Q(identity_on=None) | Q(identity_asked_on__lte=F("identity_on")),
                name="rights_request_identity_after_asking",
            ),
            models.CheckConstraint(
                condition=Q(fee_on=None) | Q(fee_asked_on__lte=F("fee_on")), name="rights_request_fee_after_asking"
            ),
            models.CheckConstraint(
                condition=Q(extended_on=None) | (~Q(extension_reasons="") & ~Q(kind=Kind.COMPLAINT)),
                name="rights_request_extended_with_reasons",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DECIDED) | (~Q(outcome="") & ~Q(decided_on=None)),
                name="rights_request_decided_somehow",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.CLOSED, State.WITHDRAWN]) ^ Q(closed_on=None),
                name="rights_request_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.RECEIVED, State.WORKING, State.DECIDED]) | Q(due_on=None),
                name="rights_request_due_while_it_is_ours",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.reference}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def waits_for_person(self) -> bool:
        return self.state in PAUSED

    @property
    def is_complaint(self) -> bool:
        return self.kind == Kind.COMPLAINT
