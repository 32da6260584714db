"""People without an account who asked for e-mails about policies: addresses, and what they follow."""

import datetime as dt
from typing import ClassVar, Final

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models.fields import AddressField
from policies.writing.models import PolicyPage

CONFIRM_WITHIN: Final = dt.timedelta(days=7)
BOUNCED_KEPT: Final = dt.timedelta(days=30)


class FollowerQuerySet(models.QuerySet["Follower"]):
    def reached(self) -> "FollowerQuerySet":
        """Keep those who confirmed the address, and from whom no mail came back for good."""
        return self.filter(confirmed_at__isnull=False, came_back_at=None)

    def of(self, page_id: int) -> "FollowerQuerySet":
        """Keep those who are mailed about this policy, each address once: by what it follows in general, if it does."""
        of_all = Follower.objects.reached().filter(page=None, address=OuterRef("address"))
        about = self.reached().filter(Q(page=None) | Q(page=page_id))
        return about.exclude(Q(page__isnull=False) & Exists(of_all))

    def past_their_time(self, now: dt.datetime) -> "FollowerQuerySet":
        """Keep those that were never confirmed, and those whose mail comes back."""
        unconfirmed = Q(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN)
        return self.filter(unconfirmed | Q(came_back_at__lt=now - BOUNCED_KEPT))

    def with_mail_due(self) -> "FollowerQuerySet":
        return self.filter(mail_due_at__lte=timezone.now())


class Follower(models.Model):
    """An address that follows one policy, or all of them where `page` is empty. Leaving deletes the row.

    It has no account: it is told, but never counted among the people who were told.
    """

    address = AddressField(max_length=320)
    page = models.ForeignKey(PolicyPage, models.CASCADE, null=True, blank=True, related_name="followers")
    asked_at = models.DateTimeField(default=timezone.now, help_text="When the form was last sent.")
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When the link in our mail was used.")
    came_back_at = models.DateTimeField(null=True, blank=True, help_text="Since when mail comes back for good.")
    mail_due_at = models.DateTimeField(null=True, blank=True, help_text="When the answer to the form is to be sent.")
    mail_attempts = models.PositiveSmallIntegerField(default=0)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["address", "page"], condition=Q(page__isnull=False), name="notices_follower_once_a_policy"
            ),
            models.UniqueConstraint(fields=["address"], condition=Q(page=None), name="notices_follower_of_all_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["mail_due_at"], name="notices_follower_mail", condition=Q(mail_due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"follower {self.pk}"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def what(self) -> str:
        """Return what is followed, in words: “our Privacy policy”, or “all our policies”."""
        return gettext("our %(title)s") % {"title": self.page.title} if self.page else gettext("all our policies")
