"""Everybody who may come to the pages about notices, and notices in each state."""

import pytest
from django.contrib.auth.models import Permission
from wagtail.models import GroupPagePermission, Page

from accounts.models import User
from policies.notices.models import AmendmentNotice
from policies.notices.staging import stage_recipients
from tests.making.notices import a_notice, fresh
from tests.making.people import a_person
from tests.making.staff import a_role

# What each role may, besides entering the CMS: rights of the model, and of the pages.
ROLES = {
    "nobody": ((), ()),
    "editor": (("view_amendmentnotice",), ("add", "change")),
    "approver": (("view_amendmentnotice", "steer_amendmentnotice"), ("add", "change", "publish")),
    "data protection": (("view_amendmentnotice", "view_delivery"), ()),
}


def a_member_of_staff(name: str) -> User:
    person = a_person(f"{name.replace(' ', '.')}@example.org", first_name=name.title())
    if name == "superuser":
        person.is_superuser = True
        person.save()
        return person
    rights, on_pages = ROLES[name]
    role = a_role(name, "access_admin", *rights)
    for action in on_pages:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{action}_page")
        GroupPagePermission.objects.create(group=role, page=Page.objects.get(slug="policies"), permission=permission)
    person.groups.add(role)
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
