"""The rules of unsubscribing by a link, and of the way back."""

from accounts.flows.consents import agree, choices_of, ever_agreed, take_back
from accounts.flows.origins import Origin
from accounts.flows.preferences import choose_policy_mail, policy_mail_before, policy_mail_of
from accounts.flows.unsubscribe_links import POLICY_MAIL
from accounts.models import ChoiceRecord, ConsentRecord, MailPreference, User

PolicyMail = MailPreference.PolicyMail
Purpose = ConsentRecord.Purpose
Where = ChoiceRecord.Where


def is_subscribed(person: User, purpose: str) -> bool:
    """Return whether the person gets that mail."""
    if purpose == POLICY_MAIL:
        return policy_mail_of(person) != PolicyMail.NONE
    return any(choice.given for choice in choices_of(person) if choice.purpose == purpose)


def may_come_back(person: User, purpose: str) -> bool:
    """Return whether there is something to go back to: a consent that was never given is not offered here."""
    return not is_subscribed(person, purpose) and (purpose == POLICY_MAIL or ever_agreed(person, Purpose(purpose)))


def unsubscribe(person: User, purpose: str, where: Where, origin: Origin | None = None) -> None:
    """Stop that mail from now on. May be repeated."""
    if purpose == POLICY_MAIL:
        choose_policy_mail(person, PolicyMail.NONE, where, origin)
    else:
        take_back(person, [Purpose(purpose)], where, origin)


def come_back(person: User, purpose: str, version: int, origin: Origin | None = None) -> None:
    """Send that mail again, as it was chosen before. May be repeated.

    Args:
        person: who gets it.
        purpose: which mail.
        version: of the words that were shown, where it needs consent.
        origin: from roughly where.

    Raises:
        WordsChanged: other words apply now.
    """
    if not may_come_back(person, purpose):
        return
    if purpose == POLICY_MAIL:
        choose_policy_mail(person, policy_mail_before(person), Where.UNSUBSCRIBING, origin)
    else:
        agree(person, Purpose(purpose), version, Where.UNSUBSCRIBING, origin)
