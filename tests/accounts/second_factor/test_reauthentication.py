"""Confirming once more that it is you: the password and the second factor, both (ASVS 5.0, 7.5.1 to 7.5.3)."""

import pytest

from tests.accounts.second_factor.steps import HOME, REAUTHENTICATE, code_now, confirm_identity, recovery_device
from tests.making.people import sign_in, text_of

SET_UP = HOME + "app/"


def is_confirmed(client) -> bool:
    return client.get(SET_UP).status_code == 200


def test_who_has_no_second_factor_gives_the_password(client, person):
    sign_in(client)
    assert "Code from" not in text_of(client.get(REAUTHENTICATE))
    confirm_identity(client)
    assert is_confirmed(client)


def test_a_sign_in_some_minutes_ago_does_not_count(whole):
    assert not is_confirmed(whole)


def test_password_and_code_confirm(whole, app):
    confirm_identity(whole, app)
    assert is_confirmed(whole)


@pytest.mark.parametrize(
    ("password", "token"), [("wrong", "right"), ("right", "wrong"), ("right", ""), ("", "right"), ("wrong", "wrong")]
)
def test_one_without_the_other_does_not(whole, app, password, token):
    data = {
        "password": {"right": "horse lamp river 74"}.get(password, password),
        "otp_device": app.persistent_id,
        "otp_token": {"right": code_now(app), "wrong": "000000"}.get(token, token),
    }
    assert whole.post(REAUTHENTICATE, data).status_code == 200
    assert not is_confirmed(whole)


def test_the_fields_of_the_second_factor_left_out_do_not_do(whole):
    assert whole.post(REAUTHENTICATE, {"password": "horse lamp river 74"}).status_code == 200
    assert not is_confirmed(whole)


def test_a_wrong_password_uses_no_recovery_code_up(whole, enrolled, codes):
    confirm_identity(whole, recovery_device(enrolled), codes[0], password="wrong")
    assert recovery_device(enrolled).codes.count() == 10


def test_a_recovery_code_does(whole, enrolled, codes):
    confirm_identity(whole, recovery_device(enrolled), codes[0])
    assert is_confirmed(whole)
    assert recovery_device(enrolled).codes.count() == 9


def test_somebody_elses_code_does_not(whole, stranger):
    theirs = stranger.totpdevice_set.get()
    confirm_identity(whole, theirs, code_now(theirs))
    assert not is_confirmed(whole)


def test_it_lasts_five_minutes(whole, app, clock):
    confirm_identity(whole, app)
    clock.tick(301)
    assert not is_confirmed(whole)


def test_asvs_7_2_4_it_gives_the_session_another_key(whole, app):
    before = whole.session.session_key
    confirm_identity(whole, app)
    assert whole.session.session_key != before


def test_another_device_can_be_chosen_and_one_still_arrives(whole, enrolled, codes):
    recovery = recovery_device(enrolled)
    asked = whole.get(REAUTHENTICATE, {"next": SET_UP, "with": recovery.persistent_id})
    assert "Recovery code" in text_of(asked)
    assert confirm_identity(whole, recovery, codes[0], next=SET_UP).url == SET_UP


def test_after_a_mistake_the_other_ways_still_lead_where_one_was_going(whole, app):
    wrong = confirm_identity(whole, app, "000000", next=SET_UP)
    assert "next=%2Faccount%2Fsecurity%2Fsecond-factor%2Fapp%2F&amp;with=" in wrong.content.decode()


def test_wrong_tries_are_limited(whole, app):
    statuses = [confirm_identity(whole, app, "000000").status_code for _ in range(11)]
    assert statuses == [200] * 10 + [429]


def test_what_happened_is_told_to_those_who_listen(whole, app, heard):
    confirm_identity(whole, app, "000000")
    assert heard == [("refused", "My phone")]
