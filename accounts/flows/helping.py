"""The rule by which staff help somebody who lost their second factor."""

from django.db import transaction
from wagtail.log_actions import log

from accounts.flows.security_events import record_event
from accounts.models import SecurityEvent, User
from accounts.second_factor.changing import reset

PERMISSION = "accounts.reset_second_factor"
LOG_ACTION = "accounts.reset_second_factor"


def may_reset(helper: User, person: User) -> bool:
    """Whether the first may reset the second's factor: not their own, and an administrator's only as one themselves."""
    may = helper.has_perm(PERMISSION) and helper.pk != person.pk
    return may and (helper.is_superuser or not person.is_superuser)


@transaction.atomic
def reset_second_factor(person: User, by: User) -> int:
    """Take a person's second factors away and end their sessions, and write down who did it.

    The caller has asked `may_reset` and tells the person by mail after the commit.

    Returns:
        How many factors there were.
    """
    count = reset(person)
    record_event(SecurityEvent.Kind.FACTOR_RESET_BY_STAFF, person)
    log(instance=person, action=LOG_ACTION, user=by)
    return count
