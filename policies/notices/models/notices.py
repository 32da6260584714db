"""The mails about announced versions: the notice, what became of each recipient, and the workers that send."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from accounts.values.wording import followers_in_words, people_in_words
from policies.notices.models.followers import Follower
from policies.versions.models import PolicyVersion


class IllegalTransition(Exception):
    """A notice cannot go from the state it is in to the one asked for; the message says so in plain words."""


class NoticeKind(models.TextChoices):
    """The occasion of a notice: each at most once for a version, but for corrections."""

    ANNOUNCED = "announced", _("Announced")
    REMINDER = "reminder", _("Reminder before it comes into force")
    IN_FORCE = "in-force", _("On the day it comes into force")
    CORRECTION = "correction", _("Correction of an e-mail")
    WITHDRAWAL = "withdrawal", _("Withdrawal")


# They answer an earlier mail, in its thread, and go to nobody but those who got it.
FOLLOWING = frozenset({NoticeKind.CORRECTION, NoticeKind.WITHDRAWAL})


class Audience(models.TextChoices):
    """To whom a notice goes. Followers are told, but never counted as people who were told."""

    PEOPLE = "people", _("People with an account")
    FOLLOWERS = "followers", _("Followers without an account")


class NoticeState(models.TextChoices):
    STAGING = "staging", _("Writing down the recipients")
    HELD = "held", _("Waiting for the hold to end")
    SENDING = "sending", _("Sending")
    PAUSED = "paused", _("Paused")
    STOPPED = "stopped", _("Stopped")
    DONE = "done", _("Done")


_N = NoticeState
NOTICE_OPEN = frozenset({_N.STAGING, _N.HELD, _N.SENDING, _N.PAUSED})
NOTICE_FINAL = frozenset({_N.STOPPED, _N.DONE})
# Done opens again only to try those that failed once more.
NOTICE_TRANSITIONS: dict[str, frozenset[str]] = {
    _N.STAGING: frozenset({_N.HELD, _N.STOPPED}),
    _N.HELD: frozenset({_N.SENDING, _N.PAUSED, _N.STOPPED}),
    _N.SENDING: frozenset({_N.PAUSED, _N.STOPPED, _N.DONE}),
    _N.PAUSED: frozenset({_N.HELD, _N.SENDING, _N.STOPPED}),
    _N.STOPPED: frozenset(),
    _N.DONE: frozenset({_N.SENDING}),
}


class AmendmentNoticeQuerySet(models.QuerySet["AmendmentNotice"]):
    def to_people(self) -> "AmendmentNoticeQuerySet":
        return self.filter(audience=Audience.PEOPLE)

    def unfinished(self) -> "AmendmentNoticeQuerySet":
        return self.filter(state__in=NOTICE_OPEN)

    def to_stage(self) -> "AmendmentNoticeQuerySet":
        return self.filter(state=NoticeState.STAGING)

    def hold_over(self) -> "AmendmentNoticeQuerySet":
        return self.filter(state=NoticeState.HELD, held_until__lte=timezone.now())

    def open_to_newcomers(self) -> "AmendmentNoticeQuerySet":
        """Keep those that people are still added to: staged, not stopped, of a version that is upcoming."""
        upcoming = Q(version__withdrawn_at=None, version__effective_from__gt=timezone.localdate())
        ready = self.filter(upcoming, newcomers_too=True).exclude(state__in=[NoticeState.STAGING, NoticeState.STOPPED])
        return ready.filter(~Exists(AmendmentNotice.objects.following(OuterRef("pk"))))

    def following(self, notice: "AmendmentNotice | OuterRef | int") -> "AmendmentNoticeQuerySet":
        """Keep what corrects or takes back the mail of a notice, and was not stopped."""
        return self.filter(follows=notice).exclude(state=NoticeState.STOPPED)

    def sending(self) -> "AmendmentNoticeQuerySet":
        return self.filter(state=NoticeState.SENDING)

    def without_message(self) -> "AmendmentNoticeQuerySet":
        """For lists: the frozen mail is some kilobytes."""
        return self.defer("message")


class AmendmentNotice(models.Model):
    """The mail about one version, on one occasion: made with the version, sent to the staged people, kept as sent.

    Followers without an account have a notice of their own beside that to people: nobody mixes up their counts.
    The counts follow the deliveries within a second or two while workers send, and are exact once it is done.
    """

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=NoticeKind, default=NoticeKind.ANNOUNCED)
    audience = models.CharField(_("written to"), max_length=9, choices=Audience, default=Audience.PEOPLE)
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.STAGING)
    state_since = models.DateTimeField(default=timezone.now)
    state_reason = models.TextField(blank=True, help_text="Why it was paused or stopped.")
    created_at = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(help_text="Nothing is sent before.")
    staged_at = models.DateTimeField(null=True, blank=True)
    always_because = models.TextField(blank=True, help_text="Why it goes to people who chose no mail, too; else empty.")
    newcomers_too = models.BooleanField(
        default=False, help_text="Whether it goes to people as well who register before the version comes into force."
    )
    follows = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        help_text="The notice whose mail this one corrects or takes back.",
    )
    words = models.TextField(blank=True, help_text="The editor's own words, in a mail that follows another.")
    message = models.TextField(blank=True, help_text="The mail as it is sent, frozen: policies.notices.letter.message.")
    recipients = models.PositiveIntegerField(default=0, help_text="All deliveries, whatever became of them.")
    sent = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    unreachable = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    settled_before = models.PositiveIntegerField(
        default=0, help_text="How many were settled when this run of sending began: for its rate."
    )

    objects = AmendmentNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("amendment notice")
        verbose_name_plural = _("amendment notices")
        ordering: ClassVar = ["-pk"]
        default_permissions = ("view",)
        permissions: ClassVar = [
            ("steer_amendmentnotice", "Can stop, pause, resume, retry and correct amendment notices")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "kind", "audience"],
                condition=~Q(kind="correction"),
                name="notices_notice_once_an_occasion",
            ),
            models.UniqueConstraint(
                fields=["follows"],
                condition=Q(kind="correction") & ~Q(state="stopped"),
                name="notices_notice_corrected_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["correction", "withdrawal"], follows__isnull=False)
                | (~Q(kind__in=["correction", "withdrawal"]) & Q(follows__isnull=True)),
                name="notices_notice_follows",
            ),
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="notices_notice_state"),
            models.CheckConstraint(
                condition=Q(audience="people") | Q(audience="followers", always_because="", newcomers_too=False),
                name="notices_notice_audience",
            ),
            models.CheckConstraint(
                condition=Q(staged_at=None) | ~Q(message=""), name="notices_notice_staged_with_message"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, notice {self.pk}"

    def move_to(
        self, state: NoticeState, *, because: str = "", only_from: NoticeState | None = None, **fields: object
    ) -> None:
        """Go to another state, at once and only from where it is legal, whoever else is steering.

        Args:
            state: the state to go to.
            because: why, for people.
            only_from: the one state to go from; None for all from which it is legal.
            fields: what is to change with it in the row.

        Raises:
            IllegalTransition: the notice is in a state that does not lead there. Nothing is changed.
        """
        from_here = [
            here for here, onward in NOTICE_TRANSITIONS.items() if state in onward and only_from in (None, here)
        ]
        values = {"state": state, "state_since": timezone.now(), "state_reason": because, **fields}
        if state == NoticeState.SENDING:
            values["settled_before"] = F("sent") + F("failed") + F("unreachable") + F("skipped")
        moved = AmendmentNotice.objects.filter(pk=self.pk, state__in=from_here).update(**values)
        if not moved:
            self.refresh_from_db(fields=["state"])
            raise IllegalTransition(f"Notice {self.pk} is {self.state}: it cannot become {state}.")
        self.refresh_from_db(fields=list(values))

    @property
    def first(self) -> "AmendmentNotice":
        """The notice that began the thread: this one, unless it follows another."""
        return self.follows.first if self.follows else self

    @property
    def is_to_followers(self) -> bool:
        return self.audience == Audience.FOLLOWERS

    def beside(self) -> "AmendmentNotice | None":
        """Return the notice on the same occasion to the others: of that to people the followers', and back."""
        first = self.follows.beside() if self.follows else None
        if self.follows and first is None:
            return None
        same = AmendmentNotice.objects.without_message().filter(version=self.version_id, kind=self.kind, follows=first)
        return same.exclude(audience=self.audience).order_by("-pk").first()

    @property
    def is_optional(self) -> bool:
        """Whether people may choose not to get it."""
        return not self.always_because

    @property
    def settled(self) -> int:
        return self.sent + self.failed + self.unreachable + self.skipped

    @property
    def waiting(self) -> int:
        """How many are still to be sent, as the counts know."""
        return max(self.recipients - self.settled, 0)

    def so_many(self, number: int) -> str:
        """Return “1 person”, or “2 followers” where it goes to those."""
        return followers_in_words(number) if self.is_to_followers else people_in_words(number)


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("Waiting")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Accepted by the mail server")
    FAILED = "failed", _("Failed")
    UNREACHABLE = "unreachable", _("No address that works")
    SKIPPED = "skipped", _("Not sent")


_D = DeliveryState
DELIVERY_FINAL = frozenset({_D.SENT, _D.FAILED, _D.UNREACHABLE, _D.SKIPPED})
# Sent becomes unreachable when a report of non-delivery comes back.
DELIVERY_TRANSITIONS: dict[str, frozenset[str]] = {
    _D.PENDING: frozenset({_D.SENDING, _D.SKIPPED}),
    _D.SENDING: frozenset({_D.PENDING, _D.SENT, _D.FAILED, _D.SKIPPED}),
    _D.SENT: frozenset({_D.UNREACHABLE}),
    _D.FAILED: frozenset({_D.PENDING, _D.UNREACHABLE}),
    _D.UNREACHABLE: frozenset(),
    _D.SKIPPED: frozenset(),
}


class Reason(models.TextChoices):
    """The word for why a delivery was not sent, or has to wait."""

    NO_ADDRESS = "no-address", _("No confirmed e-mail address")
    PREFERENCE = "preference", _("Chose not to get such mail")
    STOPPED = "stopped", _("The notice was stopped")
    REFUSED = "refused", _("Refused by the mail server")
    BAD_ADDRESS = "bad-address", _("The address cannot be written to")
    GAVE_UP = "gave-up", _("Not accepted for three days")
    IN_DOUBT = "in-doubt", _("No answer after handing over, more than once")
    LATER = "later", _("The mail server asked to come back later")
    BOUNCED = "bounced", _("Came back as undeliverable")
    LEFT = "left", _("Left before the turn came")
    RESTRICTED = "restricted", _("Asked us only to keep their data")


class Delivery(models.Model):
    """One notice to one recipient: who and where were frozen when it was staged.

    `worker` is the worker that holds or settled it, kept afterwards: so that settling twice is harmless.
    """

    notice = models.ForeignKey(AmendmentNotice, models.PROTECT, related_name="deliveries", db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="policy_deliveries"
    )
    follower = models.ForeignKey(Follower, models.SET_NULL, null=True, blank=True, related_name="deliveries")
    address = models.CharField(max_length=320, blank=True, help_text="The address proved when staged.")
    name = models.CharField(max_length=310, blank=True, help_text="As it stands in To:, frozen with the address.")
    state = models.CharField(max_length=11, choices=DeliveryState, default=DeliveryState.PENDING)
    reason = models.CharField(max_length=11, choices=Reason, blank=True, default="")
    reply = models.CharField(max_length=500, blank=True, default="", help_text="The mail server's own words.")
    attempts = models.PositiveSmallIntegerField(default=0)
    doubts = models.PositiveSmallIntegerField(default=0, help_text="How often no answer came after handing it over.")
    first_tried_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    worker = models.BigIntegerField(null=True, blank=True)
    follows = models.BigIntegerField(
        null=True, blank=True, help_text="The number of the delivery whose mail this one answers."
    )

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        default_permissions = ("view",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "person"], name="notices_delivery_once_a_person"),
            models.UniqueConstraint(fields=["notice", "follower"], name="notices_delivery_once_a_follower"),
            models.CheckConstraint(condition=Q(person=None) | Q(follower=None), name="notices_delivery_to_one"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="notices_delivery_state"),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "unreachable", "skipped"]) | ~Q(reason=""),
                name="notices_delivery_says_why_not",
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("notice"), F("due_at"), F("id"), name="notices_delivery_due", condition=Q(state="pending")),
            models.Index(fields=["worker"], name="notices_delivery_held", condition=Q(state="sending")),
            models.Index(fields=["notice", "state", "reason"], name="notices_delivery_results"),
            # For prefixes too; SQLite knows no classes of operators and passes them over.
            models.Index(
                fields=["notice", "address"],
                opclasses=["int8_ops", "varchar_pattern_ops"],
                name="notices_delivery_address",
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk}: {self.state}"


class NoticeWorker(models.Model):
    """A process that sends: what it claims is its own until the lease ends, by the database's clock alone."""

    started_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(db_index=True)
    place = models.CharField(max_length=100, blank=True, help_text="Host and process, for people.")

    class Meta:
        verbose_name = _("notice worker")

    def __str__(self) -> str:
        return f"worker {self.pk}"


@register_setting(icon="mail", order=990)  # above the organisation's
class NoticeSettings(BaseGenericSetting):
    """How people are told of amendments: set by editors, for the whole site."""

    hold_minutes = models.PositiveSmallIntegerField(
        _("minutes between announcing and the first mail"),
        default=15,
        validators=[MaxValueValidator(7 * 24 * 60)],
        help_text=_("In which the notice can still be stopped. 0 sends at once."),
    )
    remind_days_before = models.PositiveSmallIntegerField(
        _("remind this many days before a version comes into force"),
        default=0,
        validators=[MaxValueValidator(365)],
        help_text=_("0 sends no reminder."),
    )
    mail_on_the_day = models.BooleanField(_("write again on the day a version comes into force"), default=False)

    panels: ClassVar[list[Panel]] = [
        FieldPanel(
            "hold_minutes",
            heading=_("Minutes of hold"),
            help_text=_("Between announcing and the first mail; until then it can be stopped. 0 sends at once."),
        ),
        FieldPanel(
            "remind_days_before", heading=_("Reminder, days before"), help_text=_("Before it begins. 0 for none.")
        ),
        FieldPanel("mail_on_the_day", heading=_("Mail on the day")),
    ]

    class Meta:
        verbose_name = _("notices")

    @classmethod
    def current(cls) -> "NoticeSettings":
        """Return what is set, or the defaults; unlike `load()`, asking writes nothing."""
        return cls.objects.first() or cls()
