"""A correction that was granted: the details are put right and what changed is written down, in one step."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext

from accounts.flows.profile import FIELDS, update_details
from accounts.models import DetailChange, User
from accounts.rights.models import RightsRequest, What
from accounts.rights.moves import By, write_down

LABELS: Final = {field.name: field.verbose_name for field in User._meta.fields if field.name in FIELDS}


def correct_details(request: RightsRequest, person: User, details: Mapping[str, str], by: By) -> list[DetailChange]:
    """Put an account's details right and write into the story which ones; the person's own list has the values.

    Args:
        request: what asked for it.
        person: whose details.
        details: the new values of some of `FIELDS`.
        by: who of the staff decided so.
    """
    assert by.user is not None  # noqa: S101 (a member of staff is always signed in)
    changes = update_details(person, details, by.user)
    names = ", ".join(str(LABELS[change.field]) for change in changes)
    write_down(request, by, What.CORRECTED, names and gettext("In the account: %(names)s") % {"names": names})
    return changes
