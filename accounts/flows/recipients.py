"""Tells other apps whom they may mail, and at which address. There is no other way to ask."""

from django.db.models import BooleanField, Case, F, FilteredRelation, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat, Left, NullIf, Trim
from django.utils import timezone

from accounts.models import MailPreference, User
from accounts.models.users import restricted

NAME_LENGTH = 150


def people() -> QuerySet[User]:
    """Return all active people, each once, with what a mail to them needs.

    `address` is the proved primary address, or NULL; `came_back` says that it is NULL because mail came back from
    there for good; `display_name` is what we call them, or empty, of at most
    `NAME_LENGTH` characters; `policy_mail` is their `MailPreference.PolicyMail`, chosen or by default;
    `is_kept_only` says that they asked us to restrict the use of their data.
    All are joins of this one query: it may stand in an INSERT … SELECT.
    """
    proved = Q(emailaddress__verified=True, emailaddress__primary=True)
    return User.objects.filter(is_active=True).annotate(
        mailbox=FilteredRelation("emailaddress", condition=proved),
        came_back=Q(mailbox__dead__isnull=False),
        address=Case(When(mailbox__dead__isnull=True, then=F("mailbox__email"))),
        display_name=_display_name(),
        is_kept_only=Case(
            When(restricted(timezone.localdate()), then=Value(True)), default=Value(False), output_field=BooleanField()
        ),
        policy_mail=Coalesce("mail_preference__policy_mail", Value(MailPreference.DEFAULT.value)),
    )


def recipients() -> QuerySet[User]:
    """Return those of the people who have proved their address."""
    return people().filter(Q(address__isnull=False))


def wants(amendment: bool) -> Q:
    """Return which of the people want mail about an announcement: an amendment, or a mere correction.

    Whoever asked us to restrict the use of their data gets none that could be left out.
    """
    choice = MailPreference.PolicyMail
    wanting = [choice.EVERY, choice.AMENDMENTS] if amendment else [choice.EVERY]
    return Q(policy_mail__in=[choice.value for choice in wanting], is_kept_only=False)


def _display_name() -> Left:
    full = Trim(Concat("first_name", Value(" "), "last_name"))
    return Left(Coalesce(NullIf(Trim("preferred_name"), Value("")), full), NAME_LENGTH)
