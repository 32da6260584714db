"""What a password must be: long, and not what everybody would think of first."""

import gzip

import pytest
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError

from accounts.flows.passwords.build import MADE, common_passwords, leaked
from accounts.models import User
from tests.making.people import NEW_PASSWORD, PASSWORD, text_of

# A password is compared with the name of the organisation.
pytestmark = pytest.mark.django_db


def refused(password: str, person: User | None = None) -> str:
    """Why a password is refused, or nothing."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def shipped() -> list[str]:
    return gzip.decompress(MADE.read_bytes()).decode().splitlines()


@pytest.mark.parametrize("password", [PASSWORD, NEW_PASSWORD, "ᚠᛇᚻ᛫ᛒᛦᚦ᛫ᚠᚱᚩᚠᚢᚱ", "q" + "wz8 kx!" * 20, "jfhslqpwozmt"])
def test_long_passwords_of_any_kind_are_taken(password):
    assert refused(password) == ""


@pytest.mark.parametrize(
    "password",
    [
        "qwertyuiop[]",  # leaked
        "password1234",
        "QWERTYUIOP123",
        "1qaz2wsx3edc4rfv",
        "abcdefghijkl",
        "111111111111",
        "monkeymonkey",
        "dragonmonkey",
        "iloveyou2024",
    ],
)
def test_common_passwords_are_refused(password):
    assert "too common" in refused(password) or "common password with something added" in refused(password)


@pytest.mark.parametrize(
    "password", ["password1234", "QWERTYUIOP123", "monkeymonkey", "111111111111", "Liverpool2024!"]
)
def test_a_refusal_is_said_once(client, db, password):
    page = client.post("/account/signup/", {"email": "new@example.org", "password1": password})
    assert len(page.context["form"].errors["password1"]) == 1


@pytest.mark.parametrize(
    "password",
    ["Liverpool2024!", "P@ssw0rd2026", "!!!sunshine!!!", "Testserver26", "123456789arsenal", "abcabcabcabc"],
)
def test_common_passwords_with_something_added_are_refused(password):
    assert refused(password) in {
        "This password is too common.",
        "This is a common password with something added. Choose words that do not belong together.",
    }


@pytest.mark.parametrize("password", ["ann.archer2026", "ArcherArcher12", "archer archer", "annie@example"])
def test_passwords_like_the_persons_details_are_refused(password):
    person = User(
        email="ann.archer@example.org", first_name="Ann", last_name="Archer-Archer", preferred_name="annie@example"
    )
    assert "too similar" in refused(password, person) or "common password" in refused(password, person)


def test_a_refused_password_is_told_beside_the_field(client, db):
    response = client.post("/account/signup/", {"email": "ann@example.org", "password1": "short", "password2": "short"})
    assert "There is a problem" in text_of(response)
    assert "at least 12 characters" in text_of(response)
    assert not User.objects.exists()


def test_the_shipped_list_is_what_the_script_makes():
    assert shipped() == common_passwords()


def test_the_list_begins_with_what_was_leaked():
    long = [password for password in leaked() if len(password) >= 12]
    assert len(long) > 150
    assert {password for password in long if len(password) <= 24} <= set(shipped())


def test_the_list_is_compared_in_lower_case():
    assert all(password == password.lower() for password in shipped())


def test_the_rules_say_nothing_of_kinds_of_characters():
    names = {type(validator).__name__ for validator in get_default_password_validators()}
    assert names == {
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswords",
    }
