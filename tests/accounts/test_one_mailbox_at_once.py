"""Two who sign up at the same moment with the same mailbox, spelled in two ways: there is one account."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client

from accounts.models import User
from tests.making.people import PASSWORD, a_person, text_of
from tests.making.simultaneous import at_once

pytestmark = [
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite in memory knows one connection"),
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
assert connection  # named by the condition above
SPELLINGS = ["ann.o@exämple.org", "Ann.O@EXÄMPLE.org", "ANN.O@XN--EXMPLE-CUA.ORG", "ann.o＠ｅｘäｍｐｌｅ．org"]
PLAIN = "ann.o@xn--exmple-cua.org"


def signs_up(address: str):
    """Return what somebody reads who signs up with that address."""
    fields = {"email": address, "password1": PASSWORD, "password2": PASSWORD}
    browser = Client()

    def do():
        page = browser.post("/account/signup/", fields, follow=True)
        return page.status_code, text_of(page)

    return do


@pytest.mark.parametrize("time", range(3))
def test_one_account_is_made_and_everybody_reads_the_same(time):
    read = at_once(*map(signs_up, SPELLINGS))
    assert [status for status, _ in read] == [200] * 4
    assert all("We have sent an e-mail" in page or "Check your" in page for _, page in read), read
    assert [user.email for user in User.objects.all()] == [PLAIN]
    assert EmailAddress.objects.get().email == PLAIN
    assert {tuple(message.to) for message in mail.outbox} == {(PLAIN,)}


def test_two_who_change_to_it_at_the_same_moment_are_both_asked_to_confirm_it():
    people = [a_person(f"{name}@example.org") for name in ("one", "two")]

    def changes(person: User, address: str):
        browser = Client()
        browser.force_login(person)
        return lambda: browser.post("/account/email/", {"email": address, "action_add": ""}).status_code

    assert at_once(*map(changes, people, SPELLINGS)) == [302, 302]
    assert not User.objects.filter(email=PLAIN).exists()
