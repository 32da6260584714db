"""The rules of a person's own details."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import DetailChange, User

# The address is not among them: it is changed by confirming the new one.
FIELDS = ("first_name", "last_name", "preferred_name", "phone", "postal_address")


def details_of(user: User) -> dict[str, str]:
    return {name: getattr(user, name) for name in FIELDS}


@transaction.atomic
def update_details(user: User, values: Mapping[str, str], by: User) -> list[DetailChange]:
    """Give a person other details and write down what changed.

    Args:
        user: whose details.
        values: the new values of some of `FIELDS`.
        by: who changes them: the person, or staff.
    """
    before = details_of(User.objects.select_for_update().get(pk=user.pk))
    for name in FIELDS:
        setattr(user, name, values.get(name, before[name]))
    user.save(update_fields=FIELDS)
    return record_changes(user, before, details_of(user), by)


def record_changes(user: User, before: Mapping[str, str], after: Mapping[str, str], by: User) -> list[DetailChange]:
    """Record each field whose value changed."""
    return DetailChange.objects.bulk_create(
        DetailChange(person=user, field=name, old=before[name], new=after[name], by=by)
        for name in before
        if before[name] != after[name]
    )


def take_out_values(person: User, change_id: int) -> bool:
    """Empty the two values of a change of the person's own details, for good: an old name or address can be dangerous.

    Args:
        person: whose details were changed.
        change_id: which change.

    Returns:
        Whether there was such a change. That of an e-mail address keeps its values, as by them a person sees that
        somebody else took the account, and as by them everything is found that has to be erased one day.
    """
    theirs = DetailChange.objects.filter(person=person, pk=change_id, taken_out_at=None).exclude(field="email")
    return bool(theirs.update(old="", new="", taken_out_at=timezone.now()))
