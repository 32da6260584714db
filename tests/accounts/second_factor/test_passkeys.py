"""Passkeys as a second step, with a real authenticator that signs."""

import pytest
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp_webauthn.models import WebAuthnCredential

from accounts.second_factor.models import RecoveryDevice
from tests.accounts.second_factor.authenticator import Authenticator
from tests.accounts.second_factor.steps import (
    GIVE,
    HOME,
    REAUTHENTICATE,
    address,
    code_now,
    confirm_identity,
    sign_in_with_app,
    who,
)
from tests.making.people import mails_to, sign_in, text_of

ADD = HOME + "passkey/"
PASSKEY_AT = {"sign-in": GIVE + "passkey/", "reauthentication": REAUTHENTICATE + "passkey/"}


def post(client, path, data=None, **extra):
    return client.post(path, data if data is not None else {}, content_type="application/json", **extra)


def add_passkey(client, authenticator):
    return post(client, ADD + "complete/", authenticator.create(post(client, ADD + "begin/").json()))


def give_passkey(client, authenticator, at="sign-in", query=""):
    options = post(client, PASSKEY_AT[at] + "begin/").json()
    return post(client, PASSKEY_AT[at] + "complete/" + query, authenticator.get(options))


@pytest.fixture
def ready(client, person):
    """The browser of a person without a factor, who has just given their password again."""
    sign_in(client)
    confirm_identity(client)
    return client


@pytest.fixture
def passkey(person, authenticator):
    """The person's passkey, added in a browser that is closed again."""
    browser = Client()
    sign_in(browser)
    confirm_identity(browser)
    add_passkey(browser, authenticator)
    browser.post("/account/logout/")
    return WebAuthnCredential.objects.get(user=person)


def test_adding_asks_for_the_password_first(client, person, authenticator, clock):
    sign_in(client)
    clock.tick(301)
    assert client.get(ADD).url.startswith(REAUTHENTICATE)
    for step in ("begin/", "complete/"):
        refused = post(client, ADD + step)
        assert (refused.status_code, refused.json()["code"]) == (403, "reauthentication_required")


def test_adding_asks_the_enrolled_for_a_code_too(whole, app):
    assert post(whole, ADD + "begin/").status_code == 403
    confirm_identity(whole, app)
    assert post(whole, ADD + "begin/").status_code == 200


def test_nobody_adds_nothing(client, db):
    assert post(client, ADD + "begin/").json()["code"] == "not_authenticated"


def test_the_page_says_what_it_needs_and_loads_only_our_own_scripts(ready):
    response = ready.get(ADD)
    html = response.content.decode()
    assert "your browser needs JavaScript" in html
    assert 'src="/static/django_otp_webauthn/otp_webauthn_register.js"' in html
    assert "onclick" not in html
    assert 'src="/static/second_factor/passkey_words.js"' in html
    assert "no-store" in response["Cache-Control"]


def test_adding_verifies_this_session_ends_the_others_and_tells(ready, person, authenticator, heard):
    other = Client()
    sign_in(other)
    before = ready.session.session_key
    response = add_passkey(ready, authenticator)
    passkey = WebAuthnCredential.objects.get(user=person)
    assert response.json() == {"id": passkey.pk}
    assert ready.session[DEVICE_ID_SESSION_KEY] == passkey.persistent_id
    assert ready.session.session_key != before
    assert (who(ready), who(other)) == (person.email, "nobody")
    assert heard == [("added", "Passkey")]
    assert mails_to(person.email)[-1].subject == "A second step was added to your account"


def test_naming_it_shows_recovery_codes_to_who_has_none(ready, person, authenticator):
    add_passkey(ready, authenticator)
    path = address("passkey_name", WebAuthnCredential.objects.get().pk)
    assert "Give it a name" in text_of(ready.get(path))
    assert "Keep these recovery codes" in text_of(ready.post(path, {"name": "My laptop"}))
    assert WebAuthnCredential.objects.get().name == "My laptop"
    assert RecoveryDevice.objects.get(user=person).codes.count() == 10


def test_naming_it_leaves_the_codes_of_who_has_some(whole, app, authenticator):
    confirm_identity(whole, app)
    add_passkey(whole, authenticator)
    path = address("passkey_name", WebAuthnCredential.objects.get().pk)
    assert "“My laptop” is set up." in text_of(whole.post(path, {"name": "My laptop"}, follow=True))


def test_who_never_named_it_is_asked_to_make_recovery_codes(ready, authenticator):
    add_passkey(ready, authenticator)
    assert "You have no recovery codes" in text_of(ready.get(HOME))


def test_signing_in_with_it(client, person, passkey, authenticator, heard):
    assert sign_in(client).url == GIVE
    response = give_passkey(client, authenticator)
    assert response.json() == {"id": passkey.pk, "redirect_url": "/account/"}
    assert who(client) == person.email
    assert client.session[DEVICE_ID_SESSION_KEY] == passkey.persistent_id
    assert heard == [("given", "Passkey")]


def test_signing_in_with_it_leads_where_one_wanted_to_go(client, person, passkey, authenticator):
    client.post(
        "/account/login/", {"login": person.email, "password": "horse lamp river 74", "next": "/account/details/"}
    )
    assert give_passkey(client, authenticator).json()["redirect_url"] == "/account/details/"


def test_the_step_offers_it_and_says_what_it_needs(client, passkey):
    sign_in(client)
    html = client.get(GIVE).content.decode()
    assert 'src="/static/django_otp_webauthn/otp_webauthn_auth.js"' in html
    assert "To use it here, your browser needs JavaScript" in html


def test_who_has_only_a_passkey_cannot_do_with_an_empty_form(client, passkey):
    sign_in(client)
    for data in ({}, {"otp_device": passkey.persistent_id, "otp_token": "1"}, {"otp_device": "", "otp_token": ""}):
        assert client.post(GIVE, data).status_code == 200
    assert who(client) == "nobody"


def test_without_user_verification_it_is_good_enough_behind_a_password(client, person, passkey, authenticator):
    authenticator.verifies = False
    sign_in(client)
    give_passkey(client, authenticator)
    assert who(client) == person.email


@pytest.mark.parametrize("verifies", [True, False])
def test_it_never_stands_in_for_the_password(client, passkey, authenticator, verifies):
    authenticator.verifies = verifies
    refused = post(client, PASSKEY_AT["sign-in"] + "begin/")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_authenticated")
    refused = post(client, PASSKEY_AT["reauthentication"] + "begin/")
    assert refused.json()["code"] == "not_authenticated"


@pytest.mark.parametrize("verifies", [True, False])
@pytest.mark.parametrize("finish_at", ["sign-in", "reauthentication"])
def test_a_ceremony_begun_and_cancelled_cannot_be_finished_without_the_password(
    client, passkey, authenticator, verifies, finish_at
):
    authenticator.verifies = verifies
    sign_in(client)
    options = post(client, PASSKEY_AT["sign-in"] + "begin/").json()
    state = client.session["otp_webauthn_authentication_state"]
    client.post("/account/logout/")
    session = client.session  # even if the state had outlived the cancelling
    session["otp_webauthn_authentication_state"] = state
    session.save()
    refused = post(client, PASSKEY_AT[finish_at] + "complete/", authenticator.get(options))
    assert (refused.status_code, refused.json()["code"]) == (403, "not_authenticated")
    assert who(client) == "nobody"


def test_the_librarys_own_addresses_are_not_there(client, db):
    for path in ("registration/begin/", "authentication/begin/", "authentication/complete/"):
        assert post(client, f"/account/passkeys/{path}").status_code == 404


def test_after_a_quarter_of_an_hour_it_is_too_late(client, passkey, authenticator, clock):
    sign_in(client)
    options = post(client, PASSKEY_AT["sign-in"] + "begin/").json()
    clock.tick(15 * 60 + 1)
    refused = post(client, PASSKEY_AT["sign-in"] + "complete/", authenticator.get(options))
    assert "was not finished in time" in refused.json()["detail"]
    assert who(client) == "nobody"


def test_somebody_elses_passkey_is_refused(client, passkey, stranger, authenticator, heard):
    sign_in(client, stranger.email)
    assert give_passkey(client, authenticator).json()["code"] == "credential_user_mismatch"
    assert who(client) == "nobody"
    assert heard[-1][0] == "refused"


def test_an_unknown_passkey_is_refused(client, passkey):
    sign_in(client)
    assert give_passkey(client, Authenticator()).status_code == 404
    assert who(client) == "nobody"


def test_another_origin_is_refused(client, passkey, authenticator):
    """A site that only looks like ours gets a signature for its own name."""
    authenticator.origin = "https://testserver.evil.example"
    sign_in(client)
    assert give_passkey(client, authenticator).status_code == 422
    assert who(client) == "nobody"


def test_another_site_is_refused(client, passkey, authenticator):
    authenticator.rp_id = "evil.example"
    sign_in(client)
    assert give_passkey(client, authenticator).status_code == 422


def test_another_key_is_refused(client, passkey, authenticator):
    authenticator.key = Authenticator().key
    sign_in(client)
    assert give_passkey(client, authenticator).status_code == 422
    assert who(client) == "nobody"


def test_a_copy_that_counts_less_is_refused(client, other_browser, passkey, authenticator):
    authenticator.counter = 10
    sign_in(client)
    give_passkey(client, authenticator)
    authenticator.counter = 3
    sign_in(other_browser)
    assert give_passkey(other_browser, authenticator).status_code == 422
    assert who(other_browser) == "nobody"


def test_an_answer_is_good_once(client, other_browser, passkey, authenticator):
    sign_in(client)
    answer = authenticator.get(post(client, PASSKEY_AT["sign-in"] + "begin/").json())
    assert post(client, PASSKEY_AT["sign-in"] + "complete/", answer).status_code == 200
    sign_in(other_browser)
    assert post(other_browser, PASSKEY_AT["sign-in"] + "complete/", answer).json()["code"] == "invalid_state"
    post(other_browser, PASSKEY_AT["sign-in"] + "begin/")
    assert post(other_browser, PASSKEY_AT["sign-in"] + "complete/", answer).status_code == 422
    assert who(other_browser) == "nobody"


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "{}", '{"id": 1}', "null"])
@pytest.mark.parametrize("path", [PASSKEY_AT["sign-in"], ADD])
def test_nonsense_is_refused_and_no_error(request, passkey, path, body):
    browser = Client()
    sign_in(browser)
    if path == ADD:
        give_passkey(browser, request.getfixturevalue("authenticator"))
        give_passkey(browser, request.getfixturevalue("authenticator"), "reauthentication")
        confirm_identity(browser)
    post(browser, path + "begin/")
    response = browser.post(path + "complete/", body, content_type="application/json")
    assert 400 <= response.status_code < 500


def test_forgery_from_another_site_is_refused(passkey):
    strict = Client(enforce_csrf_checks=True)
    assert post(strict, PASSKEY_AT["sign-in"] + "begin/").status_code == 403


def test_a_page_of_another_origin_cannot_add_one(ready, authenticator):
    authenticator.origin = "https://evil.example"
    assert add_passkey(ready, authenticator).status_code == 422
    assert not WebAuthnCredential.objects.exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_passkey_somebody_has_cannot_be_added_again(client, person, passkey, authenticator, stranger):
    theirs = stranger.totpdevice_set.get()
    sign_in_with_app(client, theirs)
    type(theirs).objects.update(last_t=-1)
    confirm_identity(client, theirs)
    refused = add_passkey(client, authenticator)
    assert (refused.status_code, refused.json()["detail"]) == (422, "This passkey is in use already.")
    assert WebAuthnCredential.objects.count() == 1


def test_adding_a_second_one_leaves_the_first_out(whole, app, authenticator, clock):
    confirm_identity(whole, app)
    add_passkey(whole, authenticator)
    assert len(post(whole, ADD + "begin/").json()["excludeCredentials"]) == 1


def test_removing_the_last_passkey_ends_it_all(whole, enrolled, app, authenticator, clock):
    confirm_identity(whole, app)
    add_passkey(whole, authenticator)
    passkey = WebAuthnCredential.objects.get()
    whole.post(address("remove", "passkey", passkey.pk))
    assert not WebAuthnCredential.objects.exists()
    browser = Client()
    sign_in(browser)
    assert "passkey" not in browser.get(GIVE).content.decode()
    assert post(browser, PASSKEY_AT["sign-in"] + "begin/").json()["allowCredentials"] == []
    assert give_passkey(browser, authenticator).status_code == 404


def test_a_passkey_and_the_password_confirm_together(client, passkey, authenticator, clock):
    sign_in(client)
    give_passkey(client, authenticator)
    clock.tick(301)
    confirm_identity(client)
    assert client.get(ADD).status_code == 302
    response = give_passkey(client, authenticator, "reauthentication", "?next=/account/details/")
    assert response.json()["redirect_url"] == REAUTHENTICATE + "?next=%2Faccount%2Fdetails%2F"
    assert client.get(ADD).status_code == 302  # the password is still missing
    page = text_of(client.get(REAUTHENTICATE))
    assert "Your passkey was accepted. Now enter your password." in page
    assert "Recovery code" not in page
    assert confirm_identity(client, next="/account/details/").url == "/account/details/"
    assert client.get(ADD).status_code == 200


def test_it_is_good_for_one_confirmation(client, passkey, authenticator):
    sign_in(client)
    give_passkey(client, authenticator)
    give_passkey(client, authenticator, "reauthentication")
    assert "Use your passkey" not in client.get(REAUTHENTICATE).content.decode()
    confirm_identity(client)
    assert "Use your passkey" in client.get(REAUTHENTICATE).content.decode()


def test_it_waits_five_minutes_for_the_password(client, passkey, authenticator, clock):
    sign_in(client)
    give_passkey(client, authenticator)
    give_passkey(client, authenticator, "reauthentication")
    clock.tick(301)
    confirm_identity(client)
    assert client.get(ADD).status_code == 302


def test_a_passkey_removed_meanwhile_does_not_count_for_the_confirmation(client, passkey, app, authenticator, clock):
    sign_in(client)
    give_passkey(client, authenticator)
    clock.tick(301)
    give_passkey(client, authenticator, "reauthentication")
    other = app.user.totpdevice_set.get()
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = other.persistent_id  # verified by the app, so that the session goes on
    session.save()
    passkey.delete()
    assert "Code from “My phone”" in text_of(client.get(REAUTHENTICATE))
    confirm_identity(client)
    assert client.get(ADD).status_code == 302


def test_with_a_wrong_password_it_is_not_used_up(client, passkey, authenticator):
    sign_in(client)
    give_passkey(client, authenticator)
    give_passkey(client, authenticator, "reauthentication")
    confirm_identity(client, password="wrong")
    confirm_identity(client)
    assert client.get(ADD).status_code == 200


def test_nobody_is_sent_on_to_another_website(client, passkey, authenticator):
    sign_in(client)
    give_passkey(client, authenticator)
    response = give_passkey(client, authenticator, "reauthentication", "?next=https://evil.example/")
    assert response.json()["redirect_url"] == REAUTHENTICATE


def test_the_code_of_an_app_does_as_well(client, passkey, app, enrolled):
    sign_in(client)
    assert "Code from “My phone”" in text_of(client.get(GIVE))
    client.post(GIVE, {"otp_device": app.persistent_id, "otp_token": code_now(app)})
    assert who(client) == enrolled.email
