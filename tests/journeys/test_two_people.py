"""Two people for one announcement: a draft, a lawyer's link, a second person's yes on the look; and an emergency."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.editing import autosaved, call_it_an_amendment, listen_to_wagtail, open_policy, press_announce
from tests.journeys.looking import assert_accessible, assert_accessible_in_light_and_dark, assert_fits
from tests.journeys.people import Person, demo_code
from tests.journeys.running import RunningSite

LAWYER = "lea@example.org"


@pytest.fixture
def two_people(site, cms: Page) -> Iterator[None]:
    """The rule is on meanwhile; other journeys know nothing of it."""
    switch(cms, site, on=True)
    yield
    switch(cms, site, on=False)


def switch(cms: Page, site: RunningSite, *, on: bool) -> None:
    cms.goto(f"{site.url}/cms/policies/two-people/")
    cms.get_by_label("No amendment is announced by one person alone").set_checked(on)
    cms.get_by_label("Why?").fill("For this journey.")
    assert_accessible(cms)
    cms.get_by_role("button", name="Let it stand so").click()
    expect(cms.get_by_text("From now on:")).to_be_visible()


def a_policy(site, tmp_path, title: str) -> None:
    """A policy in its first version, announced before two people were asked for."""
    text = tmp_path / "policy.md"
    text.write_text(f"# {title}\n\nWe mean it.\n\n## What we do\n\nWe answer letters.\n")
    site.manage("import_policy", str(text), "--slug", title.lower(), "--announce")


def signed_in(site, browser: Browser, name: str) -> Page:
    address = f"{name}@plum-medical.example"
    person = Person(browser.new_context(viewport={"width": 1400, "height": 1000}).new_page(), site.url, address,
                    site.passwords[address])  # fmt: skip
    person.give_password()
    person.give_code(demo_code(site, address))
    return listen_to_wagtail(person.page)


def write(page: Page, url: str, title: str, words: str) -> None:
    """Change the text of a policy, and say what changes."""
    open_policy(page, url, title)
    editor = page.locator("[data-contentpath=preamble] .public-DraftEditor-content").first
    editor.click()
    page.keyboard.press("Control+End")
    with autosaved(page):
        page.keyboard.type(f" {words}")
    with autosaved(page):
        call_it_an_amendment(page)
        page.locator("textarea[name=change_summary]").fill("We say more.")


def submit(writer: Page) -> None:
    writer.locator("footer").get_by_role("button", name="More actions").click()
    writer.get_by_role("button", name="Submit to Policy approval").click()
    expect(writer.get_by_text("has been submitted for moderation")).to_be_visible()


def ask_the_lawyer(approver: Page) -> None:
    """Claim the review, and ask somebody outside to look at the draft."""
    expect(approver.get_by_text("Two people are asked for")).to_be_visible()
    assert_accessible(approver)
    approver.get_by_role("link", name="All reviews of this policy").click()
    approver.get_by_role("button", name="I am looking at it").click()
    expect(approver.get_by_text("You said that you look at this draft.")).to_be_visible()
    approver.get_by_role("link", name="Ask an outsider").click()
    approver.get_by_label("Who is asked?").fill("Lea Law")
    approver.get_by_label("E-mail address").fill(LAWYER)
    assert_accessible(approver)
    approver.get_by_role("button", name="Ask", exact=True).click()
    expect(approver.get_by_text(f"The link is mailed to {LAWYER}.")).to_be_visible()
    assert_accessible(approver)


def agree(lawyer: Page, path: str, words: str) -> None:
    """Look at what changes behind the link, and say yes to it."""
    lawyer.goto(path)
    expect(lawyer.locator("ins", has_text=words).first).to_be_visible()
    assert_accessible_in_light_and_dark(lawyer)
    lawyer.get_by_label("I agree").check()
    lawyer.get_by_label("Your name").fill("Lea Law")
    lawyer.get_by_role("button", name="Send my answer").click()
    expect(lawyer.get_by_role("heading", level=1)).to_have_text("Your answer")
    assert_accessible_in_light_and_dark(lawyer)
    lawyer.set_viewport_size({"width": 320, "height": 640})
    assert_fits(lawyer)


def only_approve_and_think_again(approver: Page, link: str) -> None:
    approver.goto(link)
    approver.get_by_role("button", name="Only approve").click()
    expect(approver.get_by_text("You approved exactly this draft.")).to_be_visible()
    assert_accessible(approver)
    approver.get_by_role("button", name="Take back my approval").click()
    expect(approver.get_by_text("Your approval is taken back.")).to_be_visible()


def test_a_draft_is_reviewed_by_a_lawyer_and_approved_by_a_second_person(
    site, cms: Page, browser: Browser, mailbox, tmp_path, request
):
    a_policy(site, tmp_path, "Complaints")
    request.getfixturevalue("two_people")
    words = "We answer within ten days."
    writer, approver = signed_in(site, browser, "editor"), signed_in(site, browser, "approver")
    lawyer = browser.new_context().new_page()
    write(writer, site.url, "Complaints", words)
    submit(writer)
    site.manage("housekeeping")
    link = re.search(r"https?://\S+/look/", mailbox.newest("approver@plum-medical.example", "asks to have"))[0]
    approver.goto(link)
    ask_the_lawyer(approver)
    site.manage("housekeeping")
    path = re.search(r"https?://\S+/policies/review/\S+", mailbox.newest(LAWYER, "look at a draft"))[0]
    agree(lawyer, path, "ten days")
    assert words not in lawyer.request.get(f"{site.url}/policies/complaints/").text()
    only_approve_and_think_again(approver, link)

    approver.goto(link)
    expect(approver.get_by_text("Lea Law, from outside")).to_be_visible()
    approver.get_by_label("What you want to say").fill("Good.")
    approver.get_by_role("button", name="Approve, and announce version 2.0").click()
    expect(approver.get_by_text("Complaints: version 2.0 announced, in force from today.")).to_be_visible()
    assert words in lawyer.request.get(f"{site.url}/policies/complaints/").text()
    lawyer.goto(path)
    expect(lawyer.get_by_text("was announced meanwhile")).to_be_visible()
    approver.goto(re.sub("look/$", "versions/", link))
    expect(approver.get_by_text("Reviewed by Lea Law")).to_be_visible()
    assert_accessible(approver)


def test_in_an_emergency_one_announces_alone_and_everybody_hears_of_it(site, cms: Page, mailbox, tmp_path, request):
    a_policy(site, tmp_path, "Breaches")
    request.getfixturevalue("two_people")
    write(cms, site.url, "Breaches", "We tell you within a day.")
    press_announce(cms)
    expect(cms.get_by_text("You wrote part of this draft")).to_be_visible()
    expect(cms.get_by_role("button", name="Approve")).to_have_count(0)
    cms.get_by_text("It cannot wait for a second person").click()
    cms.get_by_label("Why not?").fill("A breach, tonight.")
    assert_accessible(cms)
    cms.get_by_role("button", name="Announce version 2.0 alone").click()
    expect(cms.get_by_text("Breaches: version 2.0 announced, in force from today.")).to_be_visible()
    site.manage("housekeeping")
    told = mailbox.newest("approver@plum-medical.example", "without a second person")
    assert "A breach, tonight." in told
    open_policy(cms, site.url, "Breaches")
    cms.goto(re.sub(r"pages/(\d+)/edit/.*", r"policies/\1/versions/", cms.url))
    expect(cms.get_by_text("without a second person: A breach, tonight.")).to_be_visible()
    assert_accessible(cms)
