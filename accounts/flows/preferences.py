"""The rules of what mail about policies a person gets, and what they chose in the course of time."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext

from accounts.flows.origins import Origin
from accounts.models import ChoiceRecord, ConsentRecord, MailChoice, MailPreference, User

PolicyMail = MailPreference.PolicyMail
Where = ChoiceRecord.Where
HISTORY_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """Something that the person chose, in the words they were shown."""

    at: dt.datetime
    what: str
    choice: str
    words: str
    where: str


def policy_mail_of(user: User) -> PolicyMail:
    """Return what the person chose, or the default if they never chose."""
    chosen = MailPreference.objects.filter(person=user).values_list("policy_mail", flat=True).first()
    return PolicyMail(chosen or MailPreference.DEFAULT)


@transaction.atomic
def choose_policy_mail(
    user: User, choice: PolicyMail, where: Where = Where.PREFERENCES, origin: Origin | None = None
) -> bool:
    """Write down which mail about policies the person wants from now on, and return whether that is new.

    Args:
        user: whose choice.
        choice: what they want.
        where: on which page they chose it.
        origin: from roughly where.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if MailPreference.objects.filter(person=user, policy_mail=choice).exists():
        return False
    origin = origin or Origin()
    MailPreference.objects.update_or_create(person=user, defaults={"policy_mail": choice})
    MailChoice.objects.create(
        person=user, policy_mail=choice, where=where, device=origin.device, network=origin.network
    )
    return True


def policy_mail_before(user: User) -> PolicyMail:
    """Return the last choice under which the person got mail, for the way back."""
    before = MailChoice.objects.filter(person=user).exclude(policy_mail=PolicyMail.NONE)
    return PolicyMail(before.values_list("policy_mail", flat=True).first() or MailPreference.DEFAULT)


def history_of(user: User) -> list[Line]:
    """Return what the person chose, the newest first: consents, and which mail about policies."""
    consents = [
        Line(
            record.at,
            record.get_purpose_display(),
            gettext("Agreed") if record.given else gettext("Withdrawn"),
            record.wording,
            record.get_where_display(),
        )
        for record in ConsentRecord.objects.filter(person=user)[:HISTORY_SHOWN]
    ]
    mail = [
        Line(
            choice.at,
            gettext("Mail about our policies"),
            choice.get_policy_mail_display(),
            "",
            choice.get_where_display(),
        )
        for choice in MailChoice.objects.filter(person=user)[:HISTORY_SHOWN]
    ]
    return sorted(consents + mail, key=lambda line: line.at, reverse=True)[:HISTORY_SHOWN]
