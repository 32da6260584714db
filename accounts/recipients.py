"""The one door by which other apps learn who may be mailed, and at which address."""

from django.db.models import F, FilteredRelation, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from accounts.models import MailPreference, User


def recipients() -> QuerySet[User]:
    """Return the active people who have proved their address, each once, with that `address`."""
    proved = Q(emailaddress__verified=True, emailaddress__primary=True)
    return (
        User.objects.filter(is_active=True)
        .annotate(mailbox=FilteredRelation("emailaddress", condition=proved))
        .filter(mailbox__isnull=False)
        .annotate(address=F("mailbox__email"))
    )


def policy_mail_recipients(*, amendment: bool) -> QuerySet[User]:
    """Return the recipients who want mail about an announcement: an amendment, or a mere correction."""
    choice = MailPreference.PolicyMail
    wanting = [choice.EVERY, choice.AMENDMENTS] if amendment else [choice.EVERY]
    chosen = Coalesce("mail_preference__policy_mail", Value(MailPreference.DEFAULT))
    return recipients().annotate(policy_mail=chosen).filter(policy_mail__in=wanting)
