"""The people of the desk, each signed in to a browser of their own."""

import pytest
from django.test import Client

from tests.making.people import a_person
from tests.making.staff import of_the_desk

OF_DATA_PROTECTION = ("access_admin", "view_policyversion", "view_amendmentnotice", "view_engagement")


@pytest.fixture
def people(db, editor):
    """Everybody who may come, by what they are."""
    return {
        "person": a_person("ann@example.org"),
        "staff": of_the_desk("staff", ("access_admin",)),
        "editor": of_the_desk("writer", ("access_admin",), "add", "change"),
        "approver": of_the_desk("approver", ("access_admin",), "add", "change", "publish"),
        "data protection": of_the_desk("dpo", OF_DATA_PROTECTION),
        "exporter": of_the_desk("exporter", (*OF_DATA_PROTECTION, "export_engagement")),
        "superuser": editor,
    }


@pytest.fixture
def browser_of(people, verified):
    """The browser of one of them; of nobody, one in which nobody is signed in."""

    def open_browser(who: str) -> Client:
        return Client() if who == "nobody" else verified(Client(), people[who])

    return open_browser
