"""The rules of e-mail addresses: staff replace an address, mail comes back from it, or it works again."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.flows.profile import record_changes
from accounts.flows.security_events import record_event
from accounts.models import DeadAddress, SecurityEvent, User


@transaction.atomic
def replace_address(person: User, old: str, by: User) -> None:
    """Make a replaced address stop being a login at once: allauth would go on looking at its own table.

    The new one is confirmed by mail at the next sign-in.

    Args:
        person: who has the new address already.
        old: the address before.
        by: who replaced it.
    """
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    record_changes(person, {"email": old}, {"email": person.email}, by=by)
    record_event(SecurityEvent.Kind.ADDRESS_REPLACED_BY_STAFF, person)


def mark_undeliverable(person_id: int, address: str, words: str) -> None:
    """Write nothing more to an address that mail came back from for good; if it is the person's still.

    Args:
        person_id: whose it was when the mail was sent.
        address: where it was sent.
        words: why it came back, as the mail system says.
    """
    for found in EmailAddress.objects.filter(user_id=person_id, email__iexact=address):
        DeadAddress.objects.get_or_create(address=found, defaults={"words": words[:500]})


def mark_working(person: User) -> bool:
    """Write to the person's addresses again: they say that mail arrives. Returns whether that was in doubt."""
    gone, _ = DeadAddress.objects.filter(address__user=person).delete()
    return bool(gone)
