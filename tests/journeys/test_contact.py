"""Somebody wants to reach us: reads, copies and clicks the address, asks about a change, and is answered."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from .looking import assert_accessible_in_light_and_dark, assert_fits

ADDRESS = "office@plum-medical.example"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def visitor(browser: Browser, request):
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900})
    context.scripts = request.param
    yield context.new_page()
    context.close()


def spoken(page: Page) -> list[tuple[str, str]]:
    """What the browser itself tells a screen reader: Playwright's own names put blanks between the parts of a link."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [(node.get("role", {}).get("value"), node.get("name", {}).get("value")) for node in nodes]


def marked(page: Page) -> str:
    """What a person has in the clipboard who marks the link and copies it."""
    return page.evaluate(
        """() => { const range = document.createRange(); const marked = window.getSelection();
        range.selectNodeContents(document.querySelector("address.contact a"));
        marked.removeAllRanges(); marked.addRange(range); return marked.toString(); }"""
    )


def test_the_address_is_read_copied_and_clicked(site, visitor: Page):
    visitor.goto(f"{site.url}/contact/")
    link = visitor.locator("address.contact a").first
    expect(link).to_have_text(re.compile(r"office.*@.*plum-medical\.example"))
    assert link.inner_text() == ADDRESS, "as it is shown, without what is hidden"
    assert ("link", ADDRESS) in spoken(visitor)
    if visitor.context.scripts:
        assert marked(visitor) == ADDRESS
        link.hover()
        expect(link).to_have_attribute("href", f"mailto:{ADDRESS}")
        visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visitor.get_by_role("button", name="Copy the e-mail address").click()
        expect(visitor.get_by_text("Copied.", exact=True)).to_be_visible()
        assert visitor.evaluate("navigator.clipboard.readText()") == ADDRESS
        return
    link.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Write an e-mail")
    assert visitor.locator(".lede strong").inner_text() == ADDRESS
    visitor.get_by_role("button", name="Make it a link").click()
    expect(visitor.get_by_role("link", name="Open my e-mail program")).to_have_attribute("href", f"mailto:{ADDRESS}")


def test_the_keyboard_opens_the_address_as_well(site, page: Page):
    page.goto(f"{site.url}/contact/")
    link = page.locator("address.contact a").first
    link.focus()
    expect(link).to_have_attribute("href", f"mailto:{ADDRESS}")


@pytest.mark.usefixtures("worker")
def test_an_enquiry_about_a_change_is_acknowledged_and_answered(site, visitor: Page, cms: Page, mailbox):
    address = f"clara-{'with' if visitor.context.scripts else 'without'}@example.org"
    visitor.goto(f"{site.url}/policies/privacy/compare/2.1/3.0/")
    visitor.get_by_role("link", name="Ask about this change").click()
    expect(visitor.get_by_label("Which policy?")).to_have_value("privacy 3.0")
    expect(visitor.get_by_label("One of our policies, or a change of it")).to_be_checked()
    visitor.get_by_role("textbox", name=re.compile("^Your e-mail address")).fill(address)
    visitor.get_by_role("textbox", name=re.compile("^Your message")).fill("Who gets my data now?")
    visitor.get_by_role("button", name="Send", exact=True).click()
    if visitor.get_by_text("That was quicker than people write").count():  # a robot's speed
        visitor.wait_for_timeout(3000)
        expect(visitor.get_by_role("textbox", name=re.compile("^Your message"))).to_have_value("Who gets my data now?")
        visitor.get_by_role("button", name="Send", exact=True).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Your message has come")
    reference = re.search(r"E-[A-Z0-9]{6}", visitor.locator("main").inner_text())[0]
    assert reference in mailbox.newest(address, "we have the message that you sent")

    cms.goto(f"{site.url}/cms/enquiries/")
    cms.get_by_role("link", name=reference).click()
    expect(cms.get_by_text("Who gets my data now?")).to_be_visible()
    cms.get_by_label("Your answer").fill("Nobody new.")
    cms.get_by_role("button", name="Send the answer").click()
    expect(cms.get_by_text("Answered by e-mail", exact=True)).to_be_visible()
    assert "> Who gets my data now?" in mailbox.newest(address, "Nobody new.")


@pytest.mark.parametrize("width", [320, 640, 768, 1280])
def test_the_pages_fit_and_are_accessible(site, browser: Browser, width: int):
    """640 pixels are those of 1280 at a zoom of 200 % (WCAG 2.2, 1.4.4)."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{site.url}/contact/")
    leads = re.search(r'href="(/contact/write/[^"]+)"', page.content())[1]
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    for address in (page.url, f"{site.url}/contact/?policy=privacy&version=3.0", f"{site.url}{leads}"):
        if page.url != address:
            page.goto(address)
        assert_fits(page)
        if width in (320, 1280):
            assert_accessible_in_light_and_dark(page)
    context.close()


def test_a_browser_that_filled_in_the_hidden_field_is_told_and_can_empty_it(site, page: Page):
    page.goto(f"{site.url}/contact/")
    page.get_by_role("textbox", name=re.compile("^Your e-mail address")).fill("dora@example.org")
    page.get_by_role("textbox", name=re.compile("^Your message")).fill("Hello there")
    page.locator("input[name=website]").fill("https://example.org", force=True)
    page.get_by_role("button", name="Send", exact=True).click()
    hidden = page.get_by_role("textbox", name=re.compile("^Leave this empty"))
    expect(hidden).to_be_visible()
    hidden.fill("")
    page.wait_for_timeout(3000)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your message has come")


@pytest.mark.usefixtures("worker")
def test_an_enquiry_becomes_a_complaint_with_its_own_day(site, browser: Browser, cms: Page, mailbox):
    context = browser.new_context()
    visitor, address = context.new_page(), "flora@example.org"
    visitor.goto(f"{site.url}/contact/")
    visitor.get_by_role("textbox", name=re.compile("^Your e-mail address")).fill(address)
    words = "I complain that you gave my data away."
    visitor.get_by_role("textbox", name=re.compile("^Your message")).fill(words)
    visitor.wait_for_timeout(3000)
    visitor.get_by_role("button", name="Send", exact=True).click()
    reference = re.search(r"E-[A-Z0-9]{6}", visitor.locator("main").inner_text())[0]

    cms.goto(f"{site.url}/cms/enquiries/")
    cms.get_by_role("link", name=reference).click()
    expect(cms.get_by_text("This may be a complaint about how data is used")).to_be_visible()
    expect(cms.get_by_label("What it is")).to_have_value("complaint")
    cms.get_by_role("button", name="Turn it into a request").click()
    case = cms.get_by_role("row", name="It became").get_by_role("link")
    number = case.inner_text()
    case.click()
    expect(cms.get_by_role("heading", name=re.compile(number)).first).to_be_visible()
    expect(cms.get_by_text(words).first).to_be_visible()

    page = visitor
    page.goto(re.search(r"https?://\S+/data-rights/\S+", mailbox.newest(address, number))[0])
    expect(page.get_by_text(words).first).to_be_visible()
    context.close()
