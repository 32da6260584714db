"""Somebody is entered in the CMS, gets a mail, chooses a password, and comes in with a second step."""

import re

from playwright.sync_api import Page, expect

from .people import Person

EMAIL, PASSWORD = "ned@example.org", "horse lamp river 74"


def test_an_editor_who_was_entered_comes_in_by_the_mail(site, cms: Page, browser, mailbox):
    cms.goto(f"{site.url}/cms/users/new/")
    expect(cms.get_by_text("an invitation is mailed to the address")).to_be_visible()
    cms.locator("input[name=email]").fill(EMAIL)
    cms.locator("input[name=first_name]").fill("Ned")
    cms.locator("input[name=last_name]").fill("Thistlewood")
    cms.get_by_role("tab", name="Roles").first.click()
    cms.get_by_label("Editors", exact=True).check()
    cms.get_by_role("button", name=re.compile("Create|Add user|Save")).click()
    expect(cms.get_by_text(f"An invitation was sent to {EMAIL}")).to_be_visible()

    context = browser.new_context()
    ned = Person(context.new_page(), site.url, EMAIL, PASSWORD)
    link = mailbox.link(EMAIL, "has made an account for you")
    ned.page.goto(link)
    ned.sees("Choose your password")
    ned.fill("Password", PASSWORD)
    ned.press("Save the password")
    ned.is_at("Sign in")
    expect(ned.page.get_by_text("Your password is set")).to_be_visible()
    ned.page.goto(link)
    ned.sees("This invitation does not work")
    ned.follow("Sign in")
    ned.fill("E-mail address", EMAIL)
    ned.fill("Password", PASSWORD)
    ned.press("Sign in")
    ned.is_at("Enter the code from the e-mail")
    context.close()
