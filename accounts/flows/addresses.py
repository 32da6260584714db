"""The rule by which staff replace somebody's e-mail address."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.flows.profile import record_changes
from accounts.flows.security_events import record_event
from accounts.models import SecurityEvent, User


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
