"""Terms that ask: at sign-up, again after an amendment; a no keeps nobody from their data, and a yes is taken back."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import assert_accessible_in_light_and_dark, assert_fits, only_this_host
from tests.journeys.mail import Mailbox
from tests.journeys.people import Person, demo_code
from tests.journeys.running import ADMIN, ROOT, RunningSite, demo_site, wait_for_words

PASSWORD = "heron-tractor-violet-9"
SUMMARY = "You may now also print our texts for your colleagues."
ASKED = "Do you accept “Terms of use”?"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox) -> Iterator[RunningSite]:
    """A site of its own: whoever signs in to it is asked."""
    with demo_site(tmp_path_factory.mktemp("agreeing"), mailbox.url) as running:
        yield running


@pytest.fixture
def nora(site: RunningSite, page: Page) -> Person:
    return Person(page, site.url, "nora@example.org", PASSWORD)


def looks_right(person: Person, heading: str) -> None:
    """The page is there, fits a phone and a desk, and axe finds nothing on it, in light and dark."""
    person.is_at(heading)
    for width in (320, 1280):
        person.page.set_viewport_size({"width": width, "height": 900})
        assert_fits(person.page)
        assert_accessible_in_light_and_dark(person.page)


def amend_the_terms(site: RunningSite, folder: Path) -> None:
    text = (ROOT / "home" / "demo_policies" / "terms-1.0.md").read_text()
    amended = folder / "terms.md"
    amended.write_text(text.replace("for your own use", "for your own use and that of your colleagues", 1))
    words = ("--announce", "--significance", "amendment", "--kind", "other")
    words += ("--summary", SUMMARY, "--links-because", "Under way.")
    assert "Announced Terms of use 2.0" in site.manage("import_policy", str(amended), "--slug", "terms", *words)
    wait_for_words(f"{site.url}/account/signup/", "version 2.0")  # the site looks for what is asked every few seconds


def signs_up(nora: Person, mailbox: Mailbox) -> None:
    page = nora.page
    nora.open("/account/signup/")
    nora.fill("E-mail address", nora.email)
    nora.fill("Password", nora.password)
    nora.press("Create the account")
    expect(page.get_by_role("alert")).to_contain_text("Read it, and tick this to open an account.")
    expect(page.get_by_role("alert")).to_contain_text("Accounts are for people of 16 or older.")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)
    looks_right(nora, "Create an account")
    nora.fill("Password", nora.password)
    page.get_by_label("I accept “Terms of use”, version 1.0").check()
    page.get_by_label("I am 16 or older").check()
    nora.press("Create the account")
    nora.is_at("Confirm your e-mail address")
    nora.prove_address(mailbox)


def says_later(nora: Person) -> None:
    nora.give_password()
    looks_right(nora, ASKED)
    expect(nora.page.get_by_text(SUMMARY)).to_be_visible()
    expect(nora.page.locator("ins", has_text="and that of your colleagues")).to_be_visible()
    nora.press("Later")
    nora.is_at("Your account")
    expect(nora.page.get_by_text("Say whether you accept version 2.0 of “Terms of use”")).to_be_visible()
    nora.open("/account/details/")
    expect(nora.page.get_by_label("We ask for your answer")).to_contain_text("please say whether you accept")
    looks_right(nora, "Your details")
    nora.press("Sign out")


def declines_and_takes_the_data_all_the_same(nora: Person, folder: Path) -> None:
    nora.give_password()
    nora.is_at(ASKED)
    nora.press("I do not accept version 2.0 of “Terms of use”")
    expect(nora.page.get_by_text("You have declined version 2.0").first).to_be_visible()
    looks_right(nora, ASKED)
    nora.open("/account/data/download/")
    with nora.page.expect_download() as started:
        nora.press("Download my data")
    started.value.save_as(folder / "data.zip")
    with ZipFile(folder / "data.zip") as archive:
        assert "I do not accept version 2.0 of “Terms of use”" in archive.read("data.json").decode()
    for path, heading in {"/account/details/": "Your details", "/account/close/": "Close your account"}.items():
        nora.open(path)
        nora.is_at(heading)


def test_a_person_agrees_at_sign_up_is_asked_again_declines_and_takes_a_yes_back(site, mailbox, nora, page, tmp_path):
    asked = only_this_host(page, site.url)
    signs_up(nora, mailbox)
    nora.open("/account/policies/")
    expect(page.get_by_text("When signing up").first).to_be_visible()
    looks_right(nora, "Policies and you")
    nora.press("Sign out")

    amend_the_terms(site, tmp_path)
    says_later(nora)
    declines_and_takes_the_data_all_the_same(nora, tmp_path)

    nora.open("/policies/terms/")
    nora.press("I accept version 2.0 of “Terms of use”")
    expect(page.get_by_text("You accepted version 2.0")).to_be_visible()
    looks_right(nora, "Terms of use")
    nora.open("/account/policies/")
    looks_right(nora, "Policies and you")
    nora.press("I no longer accept version 2.0 of “Terms of use”")
    expect(page.get_by_text("You have taken back your answer to version 2.0")).to_be_visible()
    expect(page.get_by_role("heading", name="You have not accepted “Terms of use”")).to_be_visible()
    page.get_by_text("Every answer you gave").click()
    looks_right(nora, "Policies and you")
    assert asked.elsewhere == []


def test_an_editor_chooses_what_a_policy_asks_and_is_asked_without_being_kept_out(site, browser: Browser):
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    admin = Person(context.new_page(), site.url, ADMIN, site.passwords[ADMIN])
    admin.open("/account/login/?next=/cms/")
    admin.fill("E-mail address", admin.email)
    admin.fill("Password", admin.password)
    admin.press("Sign in")
    admin.try_code(demo_code(site, ADMIN))
    admin.is_at(ASKED)
    admin.press("Later")
    admin.page.wait_for_url(f"{site.url}/cms/")
    admin.page.get_by_role("link", name="Policies", exact=True).first.click()
    admin.page.get_by_role("link", name="Terms of use", exact=True).first.click()
    admin.page.get_by_role("tab", name="Agreeing").click()
    expect(admin.page.get_by_label("Acceptance: people say that they agree to it")).to_be_checked()
    expect(admin.page.get_by_role("spinbutton", name="Least age")).to_have_value("16")
    admin.page.get_by_role("tab", name="Text").click()
    expect(admin.page.get_by_label("Nobody again who agreed to an earlier version")).to_be_visible()
    context.close()
