"""The user: an e-mail address is the only login."""

import datetime as dt
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.fields import AddressField, TelephoneField, is_ascii
from accounts.values.mail_address import one_spelling

TAKEN = _("A user with this e-mail address already exists.")


def restricted(on: dt.date, path: str = "") -> Q:
    """Return the condition that somebody's data may only be kept on a day, as they asked: `LAW.RESTRICTION`.

    Args:
        on: a day by our clocks.
        path: leads to the person, as in "person__".
    """
    begun = Q(**{f"{path}restricted_on__lte": on})
    return begun & (Q(**{f"{path}restricted_until": None}) | Q(**{f"{path}restricted_until__gt": on}))


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return the one spelling of the address: two spellings of one mailbox are one person."""
        return one_spelling(email or "")

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=self.normalize_email(email))

    def create_user(self, email: str, password: str | None = None, **extra: object) -> "User":
        """Create a person who signs in with this address.

        Raises:
            ValueError: no address was given.
        """
        if not email:
            raise ValueError("An e-mail address is required.")
        user = self.model(email=self.normalize_email(email), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def restricted(self) -> "models.QuerySet[User]":
        """Return those whose data may only be kept today, as they asked."""
        return self.filter(restricted(timezone.localdate()))

    def create_superuser(self, email: str, password: str | None = None, **extra: object) -> "User":
        return self.create_user(email, password, **extra | {"is_staff": True, "is_superuser": True})


class User(AbstractUser):
    """A person with an account. Made by sign-up or by staff; the address is unique however it is spelled."""

    username = None  # type: ignore[assignment]
    email = AddressField(_("e-mail address"), unique=True, error_messages={"unique": TAKEN})
    preferred_name = models.CharField(
        _("what we should call you"), max_length=150, blank=True, help_text=_("If it is not your first name.")
    )
    phone = TelephoneField(_("telephone"), max_length=50, blank=True)
    postal_address = models.TextField(_("postal address"), max_length=500, blank=True)

    restricted_on = models.DateField(
        _("restricted since"), null=True, blank=True, editable=False, help_text=_("As they asked.")
    )
    restricted_until = models.DateField(
        _("restricted until"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("From this day on it is not any more."),
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        permissions = (("reset_second_factor", "Can reset a person's second factor and end their sessions"),)
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_ignoring_case",
                violation_error_message=TAKEN,
            ),
            models.CheckConstraint(
                condition=is_ascii("email"),
                name="accounts_user_email_ascii",
                violation_error_message=_("The address has a letter that many mail servers do not take."),
            ),
            models.CheckConstraint(
                condition=Q(restricted_until=None) | Q(restricted_until__gt=F("restricted_on")),
                name="accounts_user_restricted_forwards",
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def is_restricted(self) -> bool:
        """Whether we may only keep what we hold of them today."""
        today = timezone.localdate()
        begun = self.restricted_on is not None and self.restricted_on <= today
        return begun and (self.restricted_until is None or today < self.restricted_until)

    def get_short_name(self) -> str:
        return self.preferred_name or self.first_name or self.email
