"""The people of the desk, each signed in to a browser of their own."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from wagtail.models import GroupPagePermission

from policies.writing.models import PolicyIndexPage
from tests.making.people import a_person
from tests.making.staff import a_role

OF_DATA_PROTECTION = ("access_admin", "view_policyversion", "view_amendmentnotice", "view_engagement")


def someone(name: str, codenames: tuple[str, ...], *deeds: str):
    """Somebody of a role with these permissions, and with these rights on the policies in the tree."""
    person = a_person(f"{name}@example.org", first_name=name.title())
    role = a_role(name, *codenames)
    for deed in deeds:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{deed}_page")
        GroupPagePermission.objects.create(group=role, page=PolicyIndexPage.objects.get(), permission=permission)
    person.groups.add(role)
    return person


@pytest.fixture
def people(db, editor):
    """Everybody who may come, by what they are."""
    return {
        "person": a_person("ann@example.org"),
        "staff": someone("staff", ("access_admin",)),
        "editor": someone("writer", ("access_admin",), "add", "change"),
        "approver": someone("approver", ("access_admin",), "add", "change", "publish"),
        "data protection": someone("dpo", OF_DATA_PROTECTION),
        "exporter": someone("exporter", (*OF_DATA_PROTECTION, "export_engagement")),
        "superuser": editor,
    }


@pytest.fixture
def browser_of(people, verified):
    """The browser of one of them; of nobody, one in which nobody is signed in."""

    def open_browser(who: str) -> Client:
        return Client() if who == "nobody" else verified(Client(), people[who])

    return open_browser
