"""Two hands at one moment: a change is undone once, and nothing the thief does meanwhile survives it."""

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client

from accounts.models import User
from tests.making.people import a_person, link_in, mails_to, sign_in
from tests.making.simultaneous import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory is not shared by threads"),
]
OLD, NEW, THIRD = "ann@example.org", "thief@example.org", "third@example.org"


@pytest.fixture
def thief(client):
    a_person(OLD)
    sign_in(client)
    client.post("/account/email/", {"email": NEW, "action_add": ""})
    client.post(link_in(mails_to(NEW)[-1]))
    return client


@pytest.fixture
def link(thief):
    return link_in(mails_to(OLD)[-1])


def test_of_simultaneous_tries_one_undoes(link):
    answers = at_once(*[lambda: Client().post(link).status_code] * 4)
    assert sorted(answers) == [200, 410, 410, 410]
    assert User.objects.get().email == OLD
    assert len([message for message in mails_to(OLD) if message.subject == "Reset your password"]) == 1


@pytest.mark.parametrize("attempt", range(5))
def test_a_change_confirmed_at_the_same_moment_does_not_survive(link, thief, attempt):
    thief.post("/account/email/", {"email": THIRD, "action_add": ""})
    waiting = link_in(mails_to(THIRD)[-1])
    at_once(lambda: Client().post(link), lambda: thief.post(waiting))
    assert User.objects.get().email == OLD
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(OLD, True, True)]
