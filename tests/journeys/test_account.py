"""A person's whole way: sign up, set up a second step, come in with each kind, lose the phone and be helped."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import Asked, only_this_host
from tests.journeys.people import Person, add_virtual_passkeys, demo_code
from tests.journeys.running import ADMIN

PASSWORD = "heron-tractor-violet-9"


@pytest.fixture
def asked(site, page: Page) -> Asked:
    return only_this_host(page, site.url)


def test_a_newcomer_signs_up_proves_the_address_and_finds_the_account(site, mailbox, page: Page, asked):
    person = Person(page, site.url, "Nora.Newcomer@Example.org", PASSWORD)
    person.open("/account/signup/")
    person.sees("Create an account")
    person.email = person.email.lower()
    person.sign_up()
    person.sees("Confirm your e-mail address")

    page.goto(mailbox.link(person.email, "has created an account with this e-mail address"))
    person.sees("Confirm your e-mail address")
    person.press("Yes, confirm it")
    for path, heading in {
        "/account/": "Your account",
        "/account/details/": "Your details",
        "/account/preferences/": "Your preferences",
        "/account/security/": "Security",
        "/account/security/second-factor/": "Second step when you sign in",
    }.items():
        person.open(path)
        person.sees(heading)
    person.sign_out()
    person.give_password()
    person.is_at("Your account")
    assert asked.elsewhere == []


def test_a_person_sets_up_an_app_and_comes_in_with_its_code(site, mailbox, page: Page, asked):
    person = Person(page, site.url, "anna@example.org", PASSWORD)
    person.sign_up()
    person.prove_address(mailbox)
    person.open("/account/security/second-factor/")
    person.follow("Set up an authenticator app")
    person.sees("Confirm that it is you")
    person.confirm_password()
    person.sees("Set up an authenticator app")
    person.confirm_app("My phone")
    person.sees("Keep these recovery codes")
    person.keep_recovery_codes()
    person.sees("Second step when you sign in")
    assert len(set(person.recovery_codes)) == 10
    assert mailbox.newest(person.email, "My phone")

    person.sign_out()
    person.give_password()
    person.sees("One more step")
    person.open("/account/details/")
    person.is_at("One more step")
    person.give_code(person.phone.code())
    assert asked.elsewhere == []


def test_each_recovery_code_lets_a_person_in_once(site, mailbox, page: Page, asked):
    person = Person(page, site.url, "rosa@example.org", PASSWORD)
    person.sign_up_and_set_up_an_app(mailbox)
    first, second = person.recovery_codes[:2]
    person.sign_out()
    person.give_password()
    person.follow("Use a recovery code instead")
    person.sees("One more step")
    person.give_code(first)

    person.sign_out()
    person.give_password()
    person.follow("Use a recovery code instead")
    person.try_code(first)
    expect(page.get_by_text("That recovery code is not right, or it has been used already.").first).to_be_visible()
    person.sees("One more step")
    page.wait_for_timeout(2000)  # after a wrong code the site takes none for a moment
    person.give_code(second)
    assert mailbox.newest(person.email, "recovery code")

    person.open("/account/security/second-factor/recovery-codes/")
    person.confirm_password(person.phone.code())
    person.sees("Recovery codes")
    expect(page.get_by_text("You have 8 recovery codes left")).to_be_visible()
    assert asked.elsewhere == []


def test_a_person_adds_a_passkey_and_comes_in_with_it(site, mailbox, page: Page):
    url = site.url.replace("127.0.0.1", "localhost")  # a browser knows passkeys by a name, never by a number
    asked = only_this_host(page, url)
    add_virtual_passkeys(page)
    person = Person(page, url, "pia@example.org", PASSWORD)
    person.sign_up()
    person.prove_address(mailbox)
    person.open("/account/security/second-factor/")
    person.follow("Add a passkey")
    person.confirm_password()
    person.sees("Add a passkey")
    person.press("Add a passkey")
    person.sees("Your passkey is set up")
    person.fill("Name", "My laptop")
    person.press("Continue")
    person.is_at("Keep these recovery codes")
    person.keep_recovery_codes()
    person.sees("Second step when you sign in")

    person.sign_out()
    person.give_password()
    person.sees("One more step")
    person.press("Use your passkey")
    person.is_at("Your account")

    person.open("/account/security/second-factor/recovery-codes/")
    person.sees("Confirm that it is you")
    person.press("Use your passkey")
    expect(page.get_by_text("Your passkey was accepted")).to_be_visible()
    person.confirm_password()
    person.is_at("Recovery codes")
    assert asked.elsewhere == []


def test_staff_help_somebody_who_lost_the_phone(site, mailbox, page: Page, cms: Page, asked):
    person = Person(page, site.url, "leo@example.org", PASSWORD)
    person.sign_up_and_set_up_an_app(mailbox)

    staff = Person(cms, site.url, ADMIN, site.passwords[ADMIN])
    staff.open(f"/cms/users/?q={person.email}")
    cms.get_by_role("button", name=re.compile("More")).last.click()
    staff.follow("Reset second factor and end sessions")
    staff.sees("Confirm that it is you")
    staff.confirm_password(demo_code(site, ADMIN))
    expect(cms.get_by_text("whom you have recognised by another way")).to_be_visible()
    staff.press("Reset and end sessions")
    expect(cms.get_by_text("can now sign in with the password alone")).to_be_visible()

    assert mailbox.newest(person.email, "has reset the second step of your account")
    person.open("/account/")
    person.is_at("Sign in")
    person.give_password()
    person.is_at("Your account")
    person.open("/account/security/")
    person.sees("Security")
    assert asked.elsewhere == []
