"""What mails lead to, and whom they name: links come from SITE_URL, and a stranger is not greeted by name."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.making.people import PASSWORD, a_person, link_in, mails_to, sign_in, text_of

ELSEWHERE = {"HTTP_HOST": "localhost"}  # allowed in these tests, as any of several names is


def sign_up(email):
    return lambda client, ann: client.post("/account/signup/", {"email": email, "password1": PASSWORD}, **ELSEWHERE)


def change(client, ann):
    client.post("/account/login/", {"login": ann.email, "password": PASSWORD}, **ELSEWHERE)
    client.post("/account/email/", {"email": "new@example.org", "action_add": ""}, **ELSEWHERE)
    client.post(link_in(mail.outbox[-1]), **ELSEWHERE)


def close(client, ann):
    client.post("/account/login/", {"login": ann.email, "password": PASSWORD}, **ELSEWHERE)
    client.post("/account/close/", **ELSEWHERE)


def again(client, ann):
    a_person("unconfirmed@example.org", verified=False)
    client.post("/account/login/", {"login": "unconfirmed@example.org", "password": PASSWORD}, **ELSEWHERE)


MAILS = {
    "Reset your password": lambda client, ann: client.post(
        "/account/password/reset/", {"email": ann.email}, **ELSEWHERE
    ),
    "There is no account with this e-mail address": lambda client, ann: client.post(
        "/account/password/reset/", {"email": "nobody@example.org"}, **ELSEWHERE
    ),
    "You have an account already": sign_up("ann@example.org"),
    "Confirm your e-mail address": sign_up("new@example.org"),
    "Confirm your e-mail address ": again,
    "Confirm your new e-mail address": change,
    "Your e-mail address was changed": change,
    "Your account is closed": close,
}


@pytest.mark.parametrize("subject", MAILS)
def test_links_in_mails_come_from_the_sites_own_address(client, ann, subject):
    MAILS[subject](client, ann)
    sent = [message for message in mail.outbox if message.subject == subject.strip()]
    links = re.findall(r"https?://[^\s,]+", sent[-1].body)
    assert links
    assert {f"{link}/"[:19] for link in links} == {"https://testserver/"}


def test_a_link_made_at_another_name_works(client, ann):
    client.post("/account/password/reset/", {"email": ann.email}, **ELSEWHERE)
    assert "Choose a new password" in text_of(client.get(link_in(mails_to(ann.email)[-1]), follow=True))


def test_the_mail_to_a_new_address_says_that_it_is_a_change_and_of_which_account(signed_in, ann):
    """It may be a stranger's: somebody mistyped, or means mischief."""
    a_person("visitor@example.org")
    signed_in.post("/account/email/", {"email": "visitor@example.org", "action_add": ""})
    message = mails_to("visitor@example.org")[-1]
    assert message.subject == "Confirm your new e-mail address"
    assert (
        "change the e-mail address of an account on https://testserver, from a…@example.org to this one" in message.body
    )
    assert message.body.startswith("Hello,")
    assert "Ann" not in message.body
    assert "ann@" not in message.body


def test_asked_for_again_it_says_the_same(signed_in, ann, freezer):
    for fields in ({"action_add": ""}, {"action_send": ""}):
        signed_in.post("/account/email/", {"email": "new@example.org"} | fields)
        freezer.tick(181)
    first, second = mails_to("new@example.org")
    assert first.body.split("https://testserver/account")[0] == second.body.split("https://testserver/account")[0]


def test_the_page_after_signing_up_shows_the_address_and_sends_again(client, db, freezer):
    page = client.post("/account/signup/", {"email": "New@Example.org", "password1": PASSWORD}, follow=True)
    assert "We have sent an e-mail to new@example.org" in text_of(page)
    freezer.tick(181)
    again = client.post("/account/confirm-email/again/", follow=True)
    assert "We have sent the e-mail again" in text_of(again)
    assert len(mails_to("new@example.org")) == 2
    client.post("/account/confirm-email/again/")
    assert len(mails_to("new@example.org")) == 2, "one in three minutes"
    client.post(link_in(mails_to("new@example.org")[-1]))
    assert client.get("/account/").status_code == 200, "signed in, as with the first mail"


@pytest.mark.parametrize("address", ["ann@example.org", "ANN@example.org", "nobody@example.org"])
def test_asvs_6_3_8_that_page_gives_nobody_away(client, ann, freezer, address):
    page = client.post("/account/signup/", {"email": address, "password1": PASSWORD}, follow=True)
    freezer.tick(181)
    again = client.post("/account/confirm-email/again/", follow=True)
    said = [text_of(each).replace(address.lower(), "X") for each in (page, again)]
    assert "We have sent an e-mail to X" in said[0]
    assert len(mails_to(address.lower())) == 2
    other = Client()
    unknown = other.post("/account/signup/", {"email": "other@example.org", "password1": PASSWORD}, follow=True)
    assert text_of(unknown).replace("other@example.org", "X") == said[0]


def test_without_a_sign_up_in_this_browser_it_names_nobody_and_sends_nothing(client, db):
    assert "We have sent an e-mail to your address" in text_of(client.get("/account/confirm-email/"))
    assert client.post("/account/confirm-email/again/").url == "/account/confirm-email/"
    assert mail.outbox == []


def test_guesses_are_counted_whatever_name_the_site_is_called_by(client, ann):
    for n in range(5):
        sign_in(client, password="wrong password 123", HTTP_HOST=["testserver", "localhost"][n % 2])
    assert "Too many tries." in text_of(sign_in(client, HTTP_HOST="127.0.0.1"))
