"""OWASP ASVS 5.0, passwords: one test for each item, named after it. Deviations are in docs/decisions/0006."""

import gzip

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.flows.passwords.build import MADE
from plum.settings import production
from tests.making.contact import an_organisation
from tests.making.people import (
    NEW_PASSWORD,
    PASSWORD,
    a_while_later,
    sign_in,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("length", [1, 11])
def test_asvs_6_2_1_fewer_than_twelve_characters_are_refused(length):
    with pytest.raises(ValidationError, match="at least 12"):
        validate_password("zq8!mWx4Lp#v"[:length])


def test_asvs_6_2_2_people_can_change_their_password(client, ann):
    sign_in(client)
    client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert sign_in(Client(), password=NEW_PASSWORD).url == "/account/"


def test_asvs_6_2_3_changing_the_password_needs_the_old_one(client, ann):
    """Unless it was given within the last five minutes: see decision 6."""
    sign_in(client)
    a_while_later(client)
    page = client.post(
        "/account/password/change/", {"oldpassword": "wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert "This is not your current password." in text_of(page)
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)


def test_asvs_6_2_4_at_least_3000_common_passwords_that_are_long_enough_are_refused():
    entries = gzip.decompress(MADE.read_bytes()).decode().splitlines()
    assert len({entry for entry in entries if len(entry) >= 12}) >= 3000
    for entry in entries[:: len(entries) // 300]:
        with pytest.raises(ValidationError):
            validate_password(entry)


@pytest.mark.parametrize("password", ["jfhslqpwozmt", "JFHSLQPWOZMT", "83 02 64 19 57", "~#@ …%$ ™¬^*"])
def test_asvs_6_2_5_no_kind_of_character_is_asked_for(password):
    assert validate_password(password) is None


def test_asvs_6_2_6_passwords_are_hidden_while_typing(client):
    assert client.get("/account/login/").content.decode().count('type="password"') == 1


def test_asvs_6_2_7_pasting_and_password_managers_work(client):
    html = client.get("/account/signup/").content.decode()
    assert "onpaste" not in html
    assert 'autocomplete="new-password"' in html


def test_asvs_6_2_8_passwords_are_taken_as_they_are_typed(client, ann):
    ann.set_password(" Blanks at both ends ")
    ann.save()
    assert sign_in(client, password="Blanks at both ends").status_code == 200
    assert sign_in(client, password=" blanks at both ends ").status_code == 200
    assert sign_in(client, password=" Blanks at both ends ").url == "/account/"


def test_asvs_6_2_9_long_passwords_are_taken_whole(client, ann):
    long = "seven rivers run to the sea " * 5
    sign_in(client)
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": long, "password2": long})
    assert sign_in(Client(), password=long[:-1]).status_code == 200
    assert sign_in(Client(), password=long).url == "/account/"


def test_asvs_6_2_10_passwords_do_not_run_out(freezer, client, ann):
    freezer.tick(10 * 365 * 24 * 3600)
    assert sign_in(client).url == "/account/"


def test_asvs_6_2_11_words_of_this_site_are_no_passwords(db):
    an_organisation(name="Quince Care")
    for password in ("QuinceCare2026", "quincecare!!", "Quince2026!!!"):
        with pytest.raises(ValidationError):
            validate_password(password)


def test_asvs_11_4_2_passwords_are_kept_with_argon2():
    assert production.PASSWORD_HASHERS[0] == "django.contrib.auth.hashers.Argon2PasswordHasher"
