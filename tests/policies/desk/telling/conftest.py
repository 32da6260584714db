"""Everybody who may come to the pages about notices, and notices in each state."""

import pytest
from django.contrib.auth.models import Group

from accounts.models import User
from policies.notices.models import AmendmentNotice
from policies.notices.staging import stage_recipients
from tests.making.notices import a_notice, fresh
from tests.making.people import a_person
from tests.making.staff import a_role

ROLES = {"editor": "Policy editors", "approver": "Policy approvers", "data protection": "Data protection"}


def a_member_of_staff(name: str) -> User:
    """Somebody of a ready-made group, a superuser, or nobody who may only enter the CMS."""
    person = a_person(f"{name.replace(' ', '.')}@example.org", first_name=name.title())
    person.is_superuser = name == "superuser"
    person.save()
    if name != "superuser":
        person.groups.add(Group.objects.get(name=ROLES[name]) if name in ROLES else a_role(name, "access_admin"))
    return person


@pytest.fixture
def staff(client, verified):
    """`staff("approver")` is the browser of somebody in that role, signed in."""
    return lambda name: verified(client, a_member_of_staff(name))


@pytest.fixture
def held(privacy) -> AmendmentNotice:
    """A notice to Ann and Ben that waits for its hour."""
    for name in ("ann", "ben"):
        a_person(f"{name}@example.org")
    notice = a_notice(privacy)
    stage_recipients(notice)
    return fresh(notice)
