"""A sign-in that asked for everything the person has counts as a confirmation for the next five minutes."""

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.second_factor.steps import HOME, REAUTHENTICATE, code_now, confirm_identity, give, sign_in_with_app
from tests.making.people import NEW_PASSWORD, PASSWORD, link_in, mails_to, sign_in, text_of

SET_UP = HOME + "app/"
CHANGE = "/account/password/change/"


def is_confirmed(client) -> bool:
    return client.get(SET_UP).status_code == 200


def test_password_and_code_at_the_sign_in_count(client, app):
    sign_in_with_app(client, app)
    assert is_confirmed(client)


def test_the_password_alone_counts_where_there_is_nothing_else(client, person, clock):
    sign_in(client)
    assert is_confirmed(client)
    clock.tick(301)
    assert not is_confirmed(client)


def test_the_five_minutes_begin_with_the_password(client, app, clock):
    """Whoever takes four minutes for the code has one left."""
    sign_in(client)
    clock.tick(240)
    give(client, app, code_now(app))
    assert is_confirmed(client)
    clock.tick(61)
    assert not is_confirmed(client)


def test_half_a_sign_in_counts_for_nothing(client, app):
    sign_in(client)
    assert client.get(SET_UP).url.startswith("/account/login/")
    assert not any(record.get("reauthenticated") for record in client.session["account_authentication_methods"])


def test_a_second_factor_set_up_elsewhere_is_asked_for_even_so(client, person, stranger):
    """The session of before has not given it: it is nobody's now, whatever it had confirmed."""
    sign_in(client)
    person.totpdevice_set.create(name="Added elsewhere")
    assert client.get(SET_UP).url.startswith("/account/login/")


def test_signing_in_by_confirming_ones_address_does_not_count(client, db):
    client.post("/account/signup/", {"email": "new@example.org", "password1": PASSWORD})
    client.post(link_in(mails_to("new@example.org")[0]))
    assert client.get("/account/").status_code == 200
    assert client.get(SET_UP).url.startswith(REAUTHENTICATE)


def test_a_session_begun_in_another_way_does_not_count(client, person):
    client.force_login(person)
    assert client.get(SET_UP).url.startswith(REAUTHENTICATE)


def test_what_somebody_else_confirmed_in_this_browser_does_not_count(client, person, stranger):
    sign_in(client)
    client.post("/account/logout/")
    client.force_login(stranger)
    assert client.get(SET_UP).status_code == 302


def test_asvs_6_2_3_the_password_just_given_is_not_asked_for_again(client, app):
    sign_in_with_app(client, app)
    assert "Current password" not in text_of(client.get(CHANGE))
    assert client.post(CHANGE, {"password1": NEW_PASSWORD}).url == "/account/security/"
    assert User.objects.get(pk=app.user_id).check_password(NEW_PASSWORD)


def test_asvs_6_2_3_later_it_is_asked_for_once(client, person, clock):
    sign_in(client)
    clock.tick(301)
    assert "Current password" in text_of(client.get(CHANGE))
    page = client.post(CHANGE, {"password1": NEW_PASSWORD})
    assert "Current password: Fill this in." in text_of(page)
    assert "This is not your current password." in text_of(
        client.post(CHANGE, {"oldpassword": "wrong", "password1": NEW_PASSWORD})
    )
    assert client.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW_PASSWORD}).status_code == 302


def test_asvs_6_2_3_whoever_confirmed_with_password_and_code_types_the_new_one_only(whole, app):
    assert whole.get(CHANGE).url.startswith(REAUTHENTICATE)
    confirm_identity(whole, app)
    assert whole.post(CHANGE, {"password1": NEW_PASSWORD}).url == "/account/security/"


def test_the_confirmation_says_what_it_needs(whole):
    assert "We need both: your password and a code." in text_of(whole.get(REAUTHENTICATE))


@pytest.mark.parametrize("everything", [False, True])
def test_ending_a_session_asks_for_nothing_more(whole, app, clock, everything):
    elsewhere = Client(HTTP_USER_AGENT="Firefox/140.0 (X11; Linux)")
    sign_in_with_app(elsewhere, app)
    clock.tick(301)
    pk = app.user.usersession_set.get(user_agent="Firefox on Linux").pk
    done = whole.post("/account/sessions/" + ("" if everything else f"{pk}/end/"))
    assert done.url == "/account/sessions/"
    assert elsewhere.get("/account/").status_code == 302
    assert whole.get("/account/").status_code == 200
