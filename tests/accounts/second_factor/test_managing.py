"""Seeing, renaming and removing factors: one's own only, confirmed first, told by mail."""

import pytest
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY, user_has_device

from accounts.second_factor.changing import remove
from accounts.second_factor.factors import find_factor
from tests.accounts.second_factor.steps import (
    HOME,
    address,
    confirm_identity,
    give,
    recovery_device,
    sign_in_with_app,
    who,
)
from tests.making.people import mails_to, sign_in, text_of


@pytest.fixture
def confirmed(whole, app, clock):
    """The browser of the enrolled person, who has just confirmed that it is them."""
    confirm_identity(whole, app)
    clock.tick(30)
    return whole


@pytest.fixture
def tablet(enrolled):
    return enrolled.totpdevice_set.create(name="Tablet", tolerance=0)


def test_the_overview_lists_what_one_has(whole, app, tablet):
    text = text_of(whole.get(HOME))
    assert "My phone" in text
    assert "Tablet" in text
    assert "Have you kept your recovery codes?" in text
    assert "Not yet" in text


def test_the_overview_says_how_to_begin(client, person):
    sign_in(client)
    assert "You have not set up a second step" in text_of(client.get(HOME))


@pytest.mark.parametrize("page", ["rename", "remove"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_asvs_7_5_1_changes_ask_for_password_and_code_first(whole, app, page, method):
    response = getattr(whole, method)(address(page, "app", app.pk), {"name": "Mine"})
    assert response.url.startswith("/account/reauthenticate/?next=")
    app.refresh_from_db()
    assert app.name == "My phone"


@pytest.mark.parametrize("page", ["rename", "remove"])
def test_somebody_elses_factor_is_not_to_be_found(confirmed, stranger, page):
    theirs = stranger.totpdevice_set.get()
    assert confirmed.post(address(page, "app", theirs.pk), {"name": "Mine"}).url == HOME
    theirs.refresh_from_db()
    assert theirs.name == "Bob's phone"


@pytest.mark.parametrize("kind", ["recovery", "passkey", "user"])
def test_other_kinds_of_things_are_not_either(confirmed, app, kind):
    assert confirmed.post(address("remove", kind, app.pk)).url == HOME
    assert user_has_device(app.user)


def test_the_recovery_codes_cannot_be_removed_alone(confirmed, enrolled):
    confirmed.post(address("remove", "recovery", recovery_device(enrolled).pk))
    assert recovery_device(enrolled).codes.count() == 10


def test_renaming(confirmed, enrolled, app, heard):
    response = confirmed.post(address("rename", "app", app.pk), {"name": "Work phone"}, follow=True)
    assert "“My phone” is now called “Work phone”." in text_of(response)
    mail = mails_to(enrolled.email)[-1]
    assert "“My phone” of your account is now called “Work phone”" in mail.body
    assert heard == [("renamed", "Work phone")]


@pytest.mark.parametrize("name", ["", "   ", "x" * 65])
def test_a_name_that_is_none_is_refused(confirmed, app, name):
    assert "There is a problem" in text_of(confirmed.post(address("rename", "app", app.pk), {"name": name}))


def test_a_name_cannot_break_the_page(confirmed, app):
    confirmed.post(address("rename", "app", app.pk), {"name": "<script>alert(1)</script>"})
    assert "<script>alert" not in confirmed.get(HOME).content.decode()


def test_looking_at_the_question_removes_nothing(confirmed, app):
    assert "Remove “My phone”?" in text_of(confirmed.get(address("remove", "app", app.pk)))
    assert user_has_device(app.user)


def test_removing_one_of_two_leaves_the_codes(confirmed, enrolled, tablet, heard):
    heard.clear()
    response = confirmed.post(address("remove", "app", tablet.pk), follow=True)
    assert "“Tablet” is removed." in text_of(response)
    assert recovery_device(enrolled).codes.count() == 10
    assert who(confirmed) == enrolled.email
    assert heard == [("removed", "Tablet")]
    assert "“Tablet” was removed" in mails_to(enrolled.email)[-1].body
    assert "It was the last one" not in mails_to(enrolled.email)[-1].body


def test_asvs_7_4_3_removing_ends_the_other_sessions(confirmed, enrolled, tablet, app, clock):
    other = Client()
    sign_in_with_app(other, app)
    assert who(other) == enrolled.email
    confirmed.post(address("remove", "app", tablet.pk))
    assert who(other) == "nobody"
    assert who(confirmed) == enrolled.email


def test_removing_gives_this_session_another_key(confirmed, tablet):
    before = confirmed.session.session_key
    confirmed.post(address("remove", "app", tablet.pk))
    assert confirmed.session.session_key != before


def test_removing_the_one_this_session_was_opened_with_ends_it_too(confirmed, app, tablet):
    assert "you will be signed out, and sign in again" in text_of(confirmed.get(address("remove", "app", app.pk)))
    response = confirmed.post(address("remove", "app", app.pk), follow=True)
    assert "sign in again with another" in text_of(response)
    assert who(confirmed) == "nobody"


def test_removing_the_last_takes_the_recovery_codes_and_leaves_one_signed_in(confirmed, enrolled, app, codes):
    response = confirmed.post(address("remove", "app", app.pk), follow=True)
    assert "You have not set up a second step" in text_of(response)
    assert not user_has_device(enrolled, confirmed=None)
    assert DEVICE_ID_SESSION_KEY not in confirmed.session
    assert who(confirmed) == enrolled.email
    assert "It was the last one: your password alone opens your account now" in mails_to(enrolled.email)[-1].body
    other = Client()
    assert sign_in(other).url == "/account/"


def test_a_session_opened_by_a_recovery_code_may_remove_the_lost_app(client, enrolled, app, codes):
    recovery = recovery_device(enrolled)
    sign_in(client)
    give(client, recovery, codes[0])
    confirm_identity(client, recovery, codes[1])
    assert "is removed" in text_of(client.post(address("remove", "app", app.pk), follow=True))
    assert who(client) == enrolled.email


def test_an_editor_has_to_say_that_they_know_what_they_lose(client, editor, clock):
    phone = editor.totpdevice_set.create(name="Phone", tolerance=0)
    sign_in_with_app(client, phone)
    clock.tick(30)
    confirm_identity(client, phone)
    path = address("remove", "app", phone.pk)
    assert "You will not be able to enter the CMS" in text_of(client.get(path))
    client.post(path)
    assert user_has_device(editor)
    client.post(path, {"understood": "on"})
    assert not user_has_device(editor)
    assert client.get("/cms/").url.startswith("/account/security/second-factor/app/")


def test_an_editor_with_another_factor_is_not_asked_that(client, editor, clock):
    phone, tablet = (editor.totpdevice_set.create(name=name, tolerance=0) for name in ("Phone", "Tablet"))
    sign_in_with_app(client, phone)
    clock.tick(30)
    confirm_identity(client, phone)
    client.post(address("remove", "app", tablet.pk))
    assert editor.totpdevice_set.count() == 1


def test_the_rule_says_which_was_the_last(enrolled, app, tablet):
    assert not remove(find_factor(enrolled, "app", tablet.pk))
    assert remove(find_factor(enrolled, "app", app.pk))


def test_removed_in_another_tab_meanwhile_it_says_what_is_left(confirmed, app, tablet):
    path = address("remove", "app", tablet.pk)
    tablet.delete()
    assert "That is not among your second steps, or not any more" in text_of(confirmed.post(path, follow=True))
