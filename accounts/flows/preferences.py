"""The rules of what mail a person gets."""

from accounts.models import MailPreference, User


def policy_mail_of(user: User) -> MailPreference.PolicyMail:
    """Return what the person chose, or what applies to who never chose."""
    chosen = MailPreference.objects.filter(person=user).values_list("policy_mail", flat=True).first()
    return MailPreference.PolicyMail(chosen or MailPreference.DEFAULT)


def choose_policy_mail(user: User, choice: MailPreference.PolicyMail) -> None:
    """Write down which mail about policies the person wants from now on."""
    MailPreference.objects.update_or_create(person=user, defaults={"policy_mail": choice})
