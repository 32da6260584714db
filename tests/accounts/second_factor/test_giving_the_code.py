"""The step of signing in: what is wrong is said, what is right opens one session."""

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.second_factor.steps import (
    GIVE,
    address,
    code_now,
    confirm_identity,
    give,
    recovery_device,
    sign_in_with_app,
    who,
)
from tests.making.people import a_person, mails_to, sign_in, text_of


def test_the_password_alone_leads_to_the_second_step(client, enrolled):
    assert sign_in(client, enrolled.email).url == GIVE
    assert who(client) == "nobody"


def test_the_code_of_the_app_signs_in(client, app, heard):
    assert sign_in_with_app(client, app).url == "/account/"
    assert who(client) == app.user.email
    assert heard == [("given", "My phone")]


def test_one_arrives_where_one_wanted_to_go(client, app):
    data = {"login": app.user.email, "password": "horse lamp river 74", "next": "/account/details/"}
    client.post("/account/login/", data)
    assert give(client, app, code_now(app)).url == "/account/details/"


def test_spaces_in_the_code_do_not_matter(client, app):
    sign_in(client, app.user.email)
    code = code_now(app)
    assert give(client, app, f" {code[:3]} {code[3:]} ").status_code == 302


def test_the_code_field_helps_phones_and_browsers(client, enrolled):
    sign_in(client, enrolled.email)
    html = client.get(GIVE).content.decode()
    assert 'autocomplete="one-time-code"' in html
    assert 'inputmode="numeric"' in html


def test_the_step_is_kept_by_no_cache(client, enrolled):
    sign_in(client, enrolled.email)
    assert "no-store" in client.get(GIVE)["Cache-Control"]


def test_another_device_can_be_chosen(client, enrolled):
    sign_in(client, enrolled.email)
    recovery = recovery_device(enrolled)
    page = client.get(GIVE)
    assert f"?with=second_factor.recoverydevice%2F{recovery.pk}" in page.content.decode()
    chosen = client.get(GIVE, {"with": recovery.persistent_id})
    assert "Recovery code" in text_of(chosen)
    assert 'inputmode="text"' in chosen.content.decode()


def test_a_device_that_does_not_exist_is_not_chosen(client, enrolled):
    sign_in(client, enrolled.email)
    assert "Code from “My phone”" in text_of(client.get(GIVE, {"with": "auth.user/1"}))


@pytest.mark.parametrize("code", ["000000", "", "no digits", "１２３", "1" * 65, "\x00"])
def test_a_wrong_code_is_told_and_opens_nothing(client, app, code):
    sign_in(client, app.user.email)
    response = give(client, app, code)
    assert response.status_code == 200
    assert "There is a problem" in text_of(response)
    assert who(client) == "nobody"


def test_a_wrong_code_says_what_to_do(client, app, heard):
    sign_in(client, app.user.email)
    assert "wait for the next one" in text_of(give(client, app, "000000"))
    assert heard == [("refused", "My phone")]


def test_a_code_is_good_once(client, other_browser, app):
    sign_in_with_app(client, app)
    assert "used already" in text_of(sign_in_with_app(other_browser, app))
    assert who(other_browser) == "nobody"


def test_a_code_of_the_sign_in_is_no_good_for_a_change(client, app):
    sign_in_with_app(client, app)
    assert "used already" in text_of(confirm_identity(client, app))


def test_a_code_of_a_change_is_no_good_for_signing_in(whole, other_browser, app):
    assert confirm_identity(whole, app).status_code == 302
    sign_in_with_app(other_browser, app)
    assert who(other_browser) == "nobody"


def test_asvs_6_5_5_a_code_lives_for_thirty_seconds(client, app, clock):
    code = code_now(app)
    clock.tick(20)  # the next step has just begun
    sign_in(client, app.user.email)
    assert "There is a problem" in text_of(give(client, app, code))


def test_too_many_tries_have_to_wait_and_are_told_how_long(client, app, clock):
    sign_in(client, app.user.email)
    for seconds in (1, 2, 4, 8):
        give(client, app, "000000")
        clock.tick(seconds)
    give(client, app, "000000")
    refused = give(client, app, code_now(app))
    assert "Too many wrong codes. Wait 16 seconds" in text_of(refused)
    assert who(client) == "nobody"
    clock.tick(16.1)
    assert give(client, app, code_now(app)).status_code == 302


def test_a_try_while_waiting_does_not_make_the_wait_longer(client, app, clock):
    sign_in(client, app.user.email)
    for _ in range(5):
        give(client, app, "000000")
    app.refresh_from_db()
    assert app.throttling_failure_count == 1


def test_wrong_codes_of_one_device_do_not_close_another(client, app, codes):
    sign_in(client, app.user.email)
    give(client, app, "000000")
    assert give(client, recovery_device(app.user), codes[0]).status_code == 302


def test_the_step_is_limited_by_origin_too(client, app, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    sign_in(client, app.user.email)
    assert [give(client, app, "000000").status_code for _ in range(3)] == [200, 200, 429]


def test_somebody_elses_device_opens_nothing(client, enrolled, stranger):
    sign_in(client, enrolled.email)
    theirs = stranger.totpdevice_set.get()
    response = give(client, theirs, code_now(theirs))
    assert "This method of yours is not there any more" in text_of(response)
    assert who(client) == "nobody"


@pytest.mark.parametrize("device", ["", "nonsense", "otp_totp.totpdevice/999999", "accounts.user/1"])
def test_a_form_tampered_with_opens_nothing(client, app, device):
    sign_in(client, app.user.email)
    assert client.post(GIVE, {"otp_device": device, "otp_token": code_now(app)}).status_code == 200
    assert who(client) == "nobody"


def test_an_app_not_confirmed_yet_opens_nothing(client, enrolled):
    started = enrolled.totpdevice_set.create(name="Not yet", confirmed=False)
    sign_in(client, enrolled.email)
    give(client, started, code_now(started))
    assert who(client) == "nobody"


def test_without_a_sign_in_begun_the_step_sends_to_the_beginning(client, db):
    response = client.get(GIVE, follow=True)
    assert response.redirect_chain[0][0] == "/account/login/"
    assert "please sign in again" in text_of(response)


def test_after_a_quarter_of_an_hour_the_sign_in_has_ended_and_says_so(client, app, clock):
    sign_in(client, app.user.email)
    clock.tick(15 * 60 + 1)
    response = client.post(GIVE, {"otp_device": app.persistent_id, "otp_token": code_now(app)}, follow=True)
    assert "Your sign-in was not finished in time" in text_of(response)
    assert who(client) == "nobody"


def test_cancelling_leaves_nothing_of_the_sign_in(client, app):
    sign_in(client, app.user.email)
    assert 'action="/account/logout/"' in client.get(GIVE).content.decode()
    client.post("/account/logout/")
    assert client.get(GIVE).url == "/account/login/"
    assert give(client, app, code_now(app)).url == "/account/login/"
    assert who(client) == "nobody"


def test_the_sign_in_page_goes_on_with_a_sign_in_half_way(client, enrolled):
    sign_in(client, enrolled.email)
    assert client.get("/account/login/").url == GIVE


def test_the_second_of_two_tabs_finds_itself_signed_in(client, app):
    sign_in_with_app(client, app)
    assert give(client, app, code_now(app)).url == "/account/"
    assert who(client) == app.user.email


def test_the_back_button_leads_to_the_account(client, app):
    sign_in_with_app(client, app)
    assert client.get(GIVE).url == "/account/"


def test_a_second_person_in_the_same_browser_sees_whose_sign_in_it_is(client, app, stranger):
    sign_in(client, app.user.email)
    assert sign_in(client, stranger.email).url == GIVE
    assert "signing in as ann@example.org" in text_of(client.get(GIVE))
    theirs = stranger.totpdevice_set.get()
    give(client, theirs, code_now(theirs))
    assert who(client) == "nobody"


def test_without_cookies_the_step_begins_anew(enrolled):
    sign_in(Client(), enrolled.email)
    assert Client().get(GIVE).url == "/account/login/"


def test_who_was_switched_off_meanwhile_does_not_get_in(client, app):
    sign_in(client, app.user.email)
    User.objects.update(is_active=False)
    give(client, app, code_now(app))
    assert who(client) == "nobody"


def test_signing_in_gives_the_session_another_key(client, app):
    sign_in(client, app.user.email)
    before = client.session.session_key
    give(client, app, code_now(app))
    assert client.session.session_key != before


def test_who_has_no_second_factor_is_not_asked_for_one(client, person):
    assert sign_in(client, person.email).url == "/account/"
    assert who(client) == person.email


def test_several_apps_each_sign_in(client, other_browser, app, enrolled):
    tablet = enrolled.totpdevice_set.create(name="My tablet", tolerance=0)
    sign_in_with_app(client, app)
    sign_in_with_app(other_browser, tablet)
    assert who(client) == who(other_browser) == enrolled.email


def test_the_step_page_says_nothing_of_a_stranger(client, enrolled, stranger):
    sign_in(client, enrolled.email)
    assert "Bob" not in client.get(GIVE).content.decode()
    assert a_person("new@example.org").pk and not mails_to("new@example.org")
    assert address("give") == GIVE
