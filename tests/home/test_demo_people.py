"""The demo's people: a newcomer is signed in as each of them within a minute."""

import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django_otp.plugins.otp_totp.models import TOTPDevice
from freezegun import freeze_time

from accounts.models import User
from home.demo import PEOPLE, lay_people
from tests.making.people import a_person, an_app, sign_in

EDITOR, VISITOR = "editor@plum-medical.example", "visitor@plum-medical.example"
GIVE = "/account/login/second-factor/"


@pytest.fixture
def passwords(db, settings, tmp_path):
    settings.DEBUG, settings.VAR_DIR = True, tmp_path
    return lay_people()


def shown_code(capsys, address: str) -> str:
    call_command("demo", code=address)
    return capsys.readouterr().out


def test_the_visitor_signs_in_with_the_password_alone(client, passwords):
    assert sign_in(client, VISITOR, passwords[VISITOR]).url == "/account/"


@pytest.mark.parametrize(
    "person", [person for person in PEOPLE if person.email != VISITOR], ids=lambda person: person.email
)
@freeze_time()
def test_each_of_the_cms_signs_in_with_the_code_that_the_command_shows(client, passwords, capsys, person):
    assert sign_in(client, person.email, passwords[person.email]).url == GIVE
    device = TOTPDevice.objects.get(user__email=person.email)
    code = re.match(r"(\d{6}) \(good for \d+ seconds\)", shown_code(capsys, person.email))[1]
    client.post(GIVE, {"otp_device": device.persistent_id, "otp_token": code})
    assert client.get("/cms/").status_code == 200
    assert "The code was used already." in shown_code(capsys, person.email)


def test_laying_the_people_again_changes_nothing(passwords):
    before = list(TOTPDevice.objects.values_list("pk", "key"))
    assert lay_people() == passwords
    assert list(TOTPDevice.objects.values_list("pk", "key")) == before
    assert User.objects.count() == len(PEOPLE)


def test_codes_are_shown_with_debug_only(passwords, settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="with DEBUG only"):
        call_command("demo", code=EDITOR)


@pytest.mark.parametrize("address", [VISITOR, "ann@example.org", "nobody@example.org"])
def test_nobody_elses_code_is_shown(passwords, address):
    an_app(a_person("ann@example.org"))
    with pytest.raises(CommandError, match="is no demo person"):
        call_command("demo", code=address)


def test_the_demo_passwords_pass_the_rules(passwords):
    from django.contrib.auth.password_validation import validate_password

    for address, password in passwords.items():
        assert validate_password(password, User.objects.get(email=address)) is None
