"""Rights of people in the browser: a stranger complains and follows it by links; somebody signed in asks."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import assert_accessible_in_light_and_dark, assert_fits, only_this_host
from tests.journeys.mail import Mailbox
from tests.journeys.people import Person
from tests.journeys.running import RunningSite

STRANGER, NEWCOMER = "wilma.stranger@example.org", "rita.newcomer@example.org"
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A browser that runs no scripts, 320 pixels wide."""
    context = browser.new_context(java_script_enabled=False, viewport=NARROW)
    yield context.new_page()
    context.close()


def looks_well(page: Page) -> None:
    """axe finds nothing, in light and dark, and nothing sticks out on a narrow screen."""
    assert_accessible_in_light_and_dark(page)
    before = page.viewport_size
    page.set_viewport_size(NARROW)
    assert_fits(page)
    page.set_viewport_size(before or WIDE)


def link_in(mailbox: Mailbox, address: str, saying: str) -> str:
    return re.search(r"https?://\S+/(?:data-rights|account)/\S+", mailbox.newest(address, saying))[0]


def goes_out(site: RunningSite) -> None:
    site.manage("housekeeping", "--verbosity", "0")


def complains(page: Page, site: RunningSite) -> None:
    """Fill in the form, at first without saying what happened."""
    page.goto(f"{site.url}/data-rights/")
    looks_well(page)
    page.get_by_role("radio", name=re.compile("Complaint:")).check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Say what happened, and when.")
    looks_well(page)
    page.get_by_label(re.compile("In your words")).fill("My letter went to my neighbour.")
    page.get_by_label("Your name", exact=True).fill("Wilma Stranger")
    page.get_by_label("Your e-mail address", exact=True).fill(STRANGER)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Now look into your mailbox")
    looks_well(page)


def confirms(page: Page, link: str) -> None:
    page.goto(link)
    looks_well(page)
    page.get_by_role("button", name="Yes, send my request").click()
    expect(page.get_by_role("status")).to_contain_text("Your address is confirmed")
    expect(page.get_by_text("My letter went to my neighbour.")).to_be_visible()
    expect(page.get_by_text(re.compile("next news of your complaint is due on"))).to_be_visible()
    page.get_by_text("How this was worked out").click()
    expect(page.get_by_role("link", name=re.compile("section 164A")).first).to_be_visible()
    looks_well(page)


def sends_a_file_and_takes_what_is_there(page: Page, folder: Path) -> None:
    (folder / "envelope.txt").write_text("A photograph of the envelope")
    page.get_by_label(re.compile("Your message")).fill("Here is the envelope.")
    page.get_by_label(re.compile("^Files")).set_input_files(folder / "envelope.txt")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Your message is sent")
    assert taken(page, "envelope.txt") == "A photograph of the envelope"
    assert "BEGIN:VEVENT" in taken(page, re.compile("calendar"))


def taken(page: Page, name: str | re.Pattern[str]) -> str:
    with page.expect_download() as started:
        page.get_by_role("link", name=name).click()
    return Path(started.value.path()).read_text()


def withdraws_and_opens_again(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("link", name="Withdraw the request").click()
    looks_well(page)
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_role("status")).to_contain_text("Your request is withdrawn")
    page.get_by_role("link", name="Open it again").click()
    looks_well(page)
    page.get_by_role("button", name="Open it again").click()
    expect(page.get_by_role("status")).to_contain_text("Your request is open again.")


def test_a_stranger_complains_confirms_and_follows_it_by_the_links_in_mails(site, mailbox, page: Page, tmp_path: Path):
    asked = only_this_host(page, site.url)
    page.set_viewport_size(WIDE)
    complains(page, site)
    goes_out(site)
    confirms(page, link_in(mailbox, STRANGER, "filled in our form about personal data"))
    sends_a_file_and_takes_what_is_there(page, tmp_path)
    goes_out(site)
    withdraws_and_opens_again(page, link_in(mailbox, STRANGER, "We have your complaint"))
    page.goto(f"{site.url}/data-rights/follow/nonsense/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work")
    looks_well(page)
    assert asked.elsewhere == []


def test_it_all_works_without_scripts_on_a_narrow_screen(site, mailbox, plain: Page):
    address = f"plain.{STRANGER}"
    plain.goto(f"{site.url}/data-rights/")
    plain.get_by_role("radio", name=re.compile("Access:")).check()
    plain.get_by_label("Your name", exact=True).fill("Wilma Stranger")
    plain.get_by_label("Your e-mail address", exact=True).fill(address)
    plain.get_by_role("button", name="Send", exact=True).click()
    goes_out(site)
    plain.goto(link_in(mailbox, address, "filled in our form about personal data"))
    plain.get_by_role("button", name="Yes, send my request").click()
    expect(plain.get_by_role("status")).to_contain_text("Your address is confirmed")
    plain.get_by_label(re.compile("Your message")).fill("Also of last year.")
    plain.get_by_role("button", name="Send", exact=True).click()
    expect(plain.get_by_text("Also of last year.")).to_be_visible()


def test_a_signed_in_person_asks_and_finds_it_in_the_account(site, mailbox, page: Page):
    page.set_viewport_size(WIDE)
    person = Person(page, site.url, NEWCOMER, "lantern-meadow-copper-4")
    person.sign_up()
    person.prove_address(mailbox)
    person.follow("Requests")
    person.is_at("Your requests")
    looks_well(page)
    person.follow("Make a request")
    looks_well(page)
    page.get_by_role("radio", name=re.compile("Correction:")).check()
    page.get_by_label(re.compile("In your words")).fill("My name is Rita.")
    person.press("Send the request")
    expect(page.get_by_role("status")).to_contain_text("We have your request.")
    expect(page.get_by_text(re.compile(r"Our answer \(first date\) is due on"))).to_be_visible()
    looks_well(page)
    person.open("/account/requests/")
    expect(page.get_by_role("table").first).to_contain_text("Received")
    looks_well(page)
    person.open("/account/")
    expect(page.get_by_role("heading", name="Your requests")).to_be_visible()
