"""From an empty database to the first announced policy of one's own, in less than three minutes."""

import re
import time

from playwright.sync_api import expect

from tests.journeys.editing import confirm_announcing, listen_to_wagtail, press_announce, until_watched
from tests.journeys.looking import assert_accessible_in_light_and_dark, assert_fits
from tests.journeys.people import Person
from tests.journeys.running import empty_site, served

EMAIL, PASSWORD = "head@acme.example", "horse lamp river 74"
THREE_MINUTES = 180
TEXT = "# Privacy policy\n\nAcme Dental keeps little.\n\n## What we keep\n\nYour name.\n\n## How long\n\nA year.\n"


def test_a_site_of_ones_own_has_its_first_policy_in_three_minutes(tmp_path_factory, mailbox, browser):
    began = time.monotonic()
    var = tmp_path_factory.mktemp("own")
    file = var / "privacy.md"
    file.write_text(TEXT)
    with empty_site(var, mailbox.url) as site:
        who = ("--name", "Acme Dental Ltd", "--address", "1 High Street, Leeds", "--email", "office@acme.example")
        said = site.manage("set_up", *who, "--administrator", EMAIL, "--headings", "privacy", "terms", "--no-input")
        assert "Still missing:" in said
        with served(site):
            context = browser.new_context(viewport={"width": 1280, "height": 1000})
            head = Person(listen_to_wagtail(context.new_page()), site.url, EMAIL, PASSWORD)
            come_in(head, re.search(r"http\S+/account/invitation/\S+", said)[0], mailbox)
            see_what_is_missing(head)
            announce_first(head, file)
            assert time.monotonic() - began < THREE_MINUTES
            head.open("/")
            expect(head.page.get_by_role("heading", level=1)).to_have_text("Acme Dental Ltd")
            expect(head.page.get_by_role("link", name="Privacy policy").first).to_be_visible()
            for width in (320, 1280):
                head.page.set_viewport_size({"width": width, "height": 900})
                assert_fits(head.page)
            assert_accessible_in_light_and_dark(head.page)
            context.close()


def come_in(head: Person, link: str, mailbox) -> None:
    head.page.goto(link)
    head.fill("Password", PASSWORD)
    head.press("Save the password")
    head.is_at("Sign in")
    head.fill("E-mail address", EMAIL)
    head.fill("Password", PASSWORD)
    head.press("Sign in")
    head.is_at("Enter the code from the e-mail")
    mail = mailbox.newest(EMAIL, "code")
    head.page.locator("input[name=code]").fill(re.search(r"^\s*([A-Z0-9-]{6,})\s*$", mail, re.MULTILINE)[1])
    head.press("Carry on")
    head.open("/account/security/second-factor/app/")
    head.confirm_app("My phone")
    head.keep_recovery_codes()


def see_what_is_missing(head: Person) -> None:
    head.open("/cms/")
    expect(head.page.get_by_role("heading", name="What is still missing")).to_be_visible()
    expect(head.page.get_by_text("A privacy policy in force")).to_be_visible()
    expect(head.page.get_by_text("An administrator who has signed in")).to_have_count(0)


def announce_first(head: Person, file) -> None:
    page = head.page
    page.get_by_role("link", name=re.compile("^Write or import it")).click()
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Replace the draft by a document").click()
    page.get_by_label("Document", exact=False).first.set_input_files(file)
    page.get_by_role("button", name="Read the document").click()
    page.get_by_role("button", name="Save as draft").click()
    until_watched(page)
    press_announce(page)
    confirm_announcing(page)
    expect(page.get_by_text("Privacy policy: version 1.0 announced")).to_be_visible()
