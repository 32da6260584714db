"""The people of the desk, each signed in to a browser of their own."""

import pytest
from django.test import Client

from tests.making.people import a_person
from tests.making.staff import with_rights

OF_DATA_PROTECTION = ("view_policyversion", "view_amendmentnotice", "view_engagement")


@pytest.fixture
def people(db, editor):
    """Everybody who may come, by what they are."""
    return {
        "person": a_person("ann@example.org"),
        "staff": with_rights("staff@example.org"),
        "editor": with_rights("writer@example.org", "add", "change"),
        "approver": with_rights("approver@example.org", "add", "change", "publish"),
        "data protection": with_rights("dpo@example.org", may=OF_DATA_PROTECTION),
        "exporter": with_rights("exporter@example.org", may=(*OF_DATA_PROTECTION, "export_engagement")),
        "superuser": editor,
    }


@pytest.fixture
def browser_of(people, verified):
    """The browser of one of them; of nobody, one in which nobody is signed in."""

    def open_browser(who: str) -> Client:
        return Client() if who == "nobody" else verified(Client(), people[who])

    return open_browser
