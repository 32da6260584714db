"""Signing in with a passkey alone, which verified its user: two factors in one. Anything less is a second step."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp_webauthn.models import WebAuthnCredential, WebAuthnUserHandle

from accounts.models import SecurityEvent
from accounts.second_factor.changing import make_second_step_only
from tests.accounts.second_factor.authenticator import Authenticator, encoded
from tests.accounts.second_factor.steps import GIVE, HOME, REAUTHENTICATE, who
from tests.making.people import NEW_PASSWORD, PASSWORD, mails_to, sign_in, text_of

ALONE = "/account/login/passkey/"
ADD = HOME + "passkey/"


def post(client, path, data=None, **extra):
    return client.post(path, data if data is not None else {}, content_type="application/json", **extra)


def give_alone(client, authenticator, query=""):
    return post(client, ALONE + "complete/" + query, authenticator.get(post(client, ALONE + "begin/").json()))


@pytest.fixture
def passkey(person, authenticator):
    """The person's passkey, added in a browser that is closed again."""
    browser = Client()
    sign_in(browser)
    post(browser, ADD + "complete/", authenticator.create(post(browser, ADD + "begin/").json()))
    browser.post("/account/logout/")
    return WebAuthnCredential.objects.get(user=person)


def is_refused(response) -> bool:
    said = (response.status_code, response.json()["code"], response.json()["detail"])
    return said == (
        403,
        "passkey_refused",
        "This passkey was not accepted. Sign in with your e-mail address and password instead.",
    )


def test_it_signs_in(client, person, passkey, authenticator, heard):
    response = give_alone(client, authenticator)
    assert response.json() == {"id": passkey.pk, "redirect_url": "/account/"}
    assert who(client) == person.email
    assert client.session[DEVICE_ID_SESSION_KEY] == passkey.persistent_id
    assert heard == [("given", "Passkey")]
    kinds = person.security_events.order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-2:] == [SecurityEvent.Kind.FACTOR_GIVEN, SecurityEvent.Kind.SIGNED_IN]


def test_it_leads_where_one_wanted_to_go_and_to_no_other_site(client, passkey, authenticator):
    assert give_alone(client, authenticator, "?next=/account/details/").json()["redirect_url"] == "/account/details/"
    client.post("/account/logout/")
    assert give_alone(client, authenticator, "?next=https://evil.example/").json()["redirect_url"] == "/account/"


def test_it_counts_as_a_confirmation_but_the_password_is_asked_for_before_it_is_changed(
    client, passkey, authenticator, clock
):
    give_alone(client, authenticator)
    assert client.get(ADD).status_code == 200
    page = client.post("/account/password/change/", {"password1": NEW_PASSWORD})
    assert "Current password: Fill this in." in text_of(page)
    clock.tick(301)
    assert client.get(ADD).url.startswith(REAUTHENTICATE)


def test_the_session_gets_another_key(client, passkey, authenticator):
    post(client, ALONE + "begin/")
    before = client.session.session_key
    give_alone(client, authenticator)
    assert client.session.session_key != before


def test_the_sign_in_page_offers_it(client, db):
    html = client.get("/account/login/").content.decode()
    assert "Sign in with a passkey" in html
    assert f'"beginAuthenticationUrl": "{ALONE}begin/"' in html


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost"])
def test_at_an_address_where_browsers_know_no_passkey_it_is_not_offered(client, person, host):
    assert "Sign in with a passkey" not in client.get("/account/login/", HTTP_HOST=host).content.decode()
    sign_in(client)
    page = text_of(client.get(ADD, HTTP_HOST=host))
    assert "Passkeys do not work at this address" in page
    assert "https://testserver" in page


def test_the_browser_is_asked_to_verify_the_person_and_told_of_no_passkey(client, passkey):
    options = post(client, ALONE + "begin/").json()
    assert options["userVerification"] == "required"
    assert options.get("allowCredentials", []) == []


def test_without_user_verification_it_is_no_sign_in(client, passkey, authenticator):
    authenticator.verifies = False
    assert is_refused(give_alone(client, authenticator))
    assert who(client) == "nobody"


@pytest.mark.parametrize("begun", ["sign in", "reauthenticate", "add"])
def test_what_was_begun_for_another_purpose_finishes_no_sign_in(client, person, passkey, authenticator, begun):
    """The second step asks for no user verification: its ceremony must never stand in for password and step."""
    authenticator.verifies = False
    begin = {
        "sign in": GIVE + "passkey/begin/",
        "reauthenticate": REAUTHENTICATE + "passkey/begin/",
        "add": ADD + "begin/",
    }
    elsewhere = Client()
    sign_in(elsewhere)
    if begun != "sign in":
        post(elsewhere, GIVE + "passkey/complete/", authenticator.get(post(elsewhere, GIVE + "passkey/begin/").json()))
    options = post(elsewhere, begin[begun]).json()
    state = (
        elsewhere.session.get("otp_webauthn_authentication_state") or elsewhere.session["otp_webauthn_register_state"]
    )
    post(client, ALONE + "begin/")
    session = client.session  # even if the state had outlived a sign-in that was given up
    session["otp_webauthn_authentication_state"] = state
    session.save()
    assert is_refused(post(client, ALONE + "complete/", authenticator.get(options)))
    assert who(client) == "nobody"


def test_a_state_that_asks_for_less_is_not_believed(client, passkey, authenticator):
    authenticator.verifies = False
    options = post(client, ALONE + "begin/").json()
    session = client.session
    session["otp_webauthn_authentication_state"]["require_user_verification"] = False
    session.save()
    assert is_refused(post(client, ALONE + "complete/", authenticator.get(options)))


def test_what_was_begun_alone_finishes_no_second_step(client, person, passkey, authenticator):
    sign_in(client)
    answer = authenticator.get(post(client, ALONE + "begin/").json())
    refused = post(client, GIVE + "passkey/complete/", answer)
    assert refused.json()["code"] == "invalid_state"
    assert who(client) == "nobody"


def test_everything_that_is_not_right_gets_the_same_answer(client, person, passkey, stranger, authenticator):
    """Nobody finds out which passkeys there are, and whose."""
    unknown, forged, elsewhere = Authenticator(), Authenticator(), Authenticator(origin="https://evil.example")
    for other in (forged, elsewhere):
        other.credential_id, other.user_handle = authenticator.credential_id, authenticator.user_handle
    elsewhere.key = authenticator.key
    for wrong in (unknown, forged, elsewhere):
        assert is_refused(give_alone(client, wrong))
    assert is_refused(post(client, ALONE + "complete/", authenticator.get({"challenge": "AAAA"})))
    assert who(client) == "nobody"


@pytest.mark.parametrize("handle", ["", "AAAA", "somebody else's"])
def test_the_account_it_says_it_was_made_for_must_be_its_own(client, passkey, stranger, authenticator, handle):
    if handle == "somebody else's":
        handle = encoded(WebAuthnUserHandle.get_handle_for_user(stranger))
    authenticator.user_handle = handle
    assert is_refused(give_alone(client, authenticator))
    assert who(client) == "nobody"


def test_refusals_stand_in_the_log_of_whose_passkey_it_is(client, person, passkey, authenticator):
    authenticator.verifies = False
    give_alone(client, authenticator)
    assert person.security_events.latest("pk").kind == SecurityEvent.Kind.FACTOR_REFUSED
    give_alone(client, Authenticator())
    assert SecurityEvent.objects.latest("pk").person is None


def test_an_account_that_is_switched_off_opens_to_nobody(client, person, passkey, authenticator):
    person.is_active = False
    person.save()
    assert give_alone(client, authenticator).json()["redirect_url"] == "/account/inactive/"
    assert who(client) == "nobody"


def test_an_address_that_is_not_confirmed_opens_to_nobody(client, person, passkey, authenticator):
    EmailAddress.objects.update(verified=False)
    assert give_alone(client, authenticator).json()["redirect_url"] == "/account/confirm-email/"
    assert who(client) == "nobody"
    assert mails_to(person.email)[-1].subject == "Confirm your e-mail address"


def test_a_mail_server_out_of_reach_is_no_error(client, person, passkey, authenticator, settings):
    EmailAddress.objects.update(verified=False)
    settings.EMAIL_BACKEND = "tests.making.mail_trouble.Unreachable"
    assert give_alone(client, authenticator).json()["redirect_url"] == "/account/login/"


def test_a_passkey_that_is_a_second_step_only_stays_one(client, person, passkey, authenticator, clock):
    make_second_step_only(person, since=passkey.created_at)
    assert is_refused(give_alone(client, authenticator))
    sign_in(client)
    answer = authenticator.get(post(client, GIVE + "passkey/begin/").json())
    assert post(client, GIVE + "passkey/complete/", answer).status_code == 200
    assert who(client) == person.email


def test_where_a_new_password_has_yet_to_be_chosen_it_opens_nothing(client, person, passkey, authenticator):
    person.set_unusable_password()
    person.save()
    assert is_refused(give_alone(client, authenticator))


def test_a_passkey_taken_away_opens_nothing(client, passkey, authenticator):
    passkey.delete()
    assert is_refused(give_alone(client, authenticator))


def test_an_answer_is_good_once(client, other_browser, passkey, authenticator):
    answer = authenticator.get(post(client, ALONE + "begin/").json())
    assert post(client, ALONE + "complete/", answer).status_code == 200
    post(other_browser, ALONE + "begin/")
    assert is_refused(post(other_browser, ALONE + "complete/", answer))
    client.post("/account/logout/")
    assert is_refused(post(client, ALONE + "complete/", answer))


def test_whoever_is_signed_in_is_not_signed_in_again(client, passkey, authenticator):
    give_alone(client, authenticator)
    refused = post(client, ALONE + "begin/")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_authenticated")


def test_a_sign_in_of_somebody_else_that_is_half_done_gives_nothing_away(
    client, person, passkey, stranger, authenticator
):
    sign_in(client, stranger.email)
    give_alone(client, authenticator)
    assert who(client) == person.email
    client.post("/account/logout/")
    assert client.get(GIVE).url == "/account/login/"


def test_tries_are_limited(client, db):
    statuses = [post(client, ALONE + "begin/").status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]


def test_forgery_from_another_site_is_refused(passkey):
    assert post(Client(enforce_csrf_checks=True), ALONE + "begin/").status_code == 403


def test_half_signed_in_one_can_be_somebody_else(client, person, passkey, stranger):
    sign_in(client)
    page = client.get("/account/login/", follow=True)
    assert f"You are signing in as {person.email}" in text_of(page)
    assert "Cancel, or sign in as somebody else" in text_of(page)
    back = client.post("/account/logout/", {"next": "/account/login/"}, follow=True)
    assert "Password" in text_of(back)
    assert sign_in(client, stranger.email, PASSWORD).url == GIVE
    assert f"signing in as {stranger.email}" in text_of(client.get(GIVE))
