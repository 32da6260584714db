"""An amendment from the editor's button to the reader's mailbox, and from the mail to what changed for the reader."""

import re
import time
from collections import Counter
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.editing import (
    autosaved,
    call_it_an_amendment,
    confirm_announcing,
    open_policy,
    press_announce,
    set_hold,
)
from tests.journeys.looking import TOLD, assert_accessible, assert_fits, only_this_host
from tests.journeys.mail import PATIENCE, Mailbox, text_of
from tests.journeys.people import Person

WORDS = "We set no cookie before you have chosen."
SUMMARY = "We now ask before we set a cookie."
VISITOR = "visitor@plum-medical.example"
DEMO_PEOPLE = {f"{name}@plum-medical.example" for name in ("visitor", "admin", "editor", "approver", "protection")}


def announce_amendment(cms: Page, url: str, title: str) -> None:
    open_policy(cms, url, title)
    cms.locator("[data-contentpath=preamble] .public-DraftEditor-content").first.click()
    cms.keyboard.press("Control+End")
    with autosaved(cms):
        cms.keyboard.type(f" {WORDS}")
    call_it_an_amendment(cms)
    with autosaved(cms):
        cms.locator("textarea[name=change_summary]").fill(SUMMARY)
    press_announce(cms)
    confirm_announcing(cms)


def about(mailbox: Mailbox, policy: str) -> list[tuple[str, EmailMessage]]:
    found = [(to, mail) for to, mail in list(mailbox.mails) if str(mail["Subject"]).startswith(f"{policy}: changes")]
    return [(address, mail) for addresses, mail in found for address in addresses]


def wait_for_notices(mailbox: Mailbox, policy: str, everybody: set[str]) -> list[tuple[str, EmailMessage]]:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not everybody <= {address for address, _ in about(mailbox, policy)}:
        time.sleep(0.2)
    time.sleep(1)  # for one too many
    return about(mailbox, policy)


@pytest.fixture(scope="module")
def stranger(site, mailbox, browser) -> str:
    """Somebody who never proved the address."""
    context = browser.new_context()
    person = Person(context.new_page(), site.url, "ulla.unproved@example.org", "heron-tractor-violet-9")
    person.sign_up()
    context.close()
    return person.email


@pytest.fixture(scope="module")
def notices(site, mailbox, worker, stranger, browser, admins_cookies) -> list[tuple[str, EmailMessage]]:
    """An editor announces an amendment that is not held, and the worker sends it."""
    context = browser.new_context(storage_state=admins_cookies, viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    asked = only_this_host(page, site.url)
    page.goto(f"{site.url}/cms/")
    set_hold(page, 0)
    announce_amendment(page, site.url, "Cookie policy")
    expect(page.get_by_text("Cookie policy: version 2.0 announced, in force from today.")).to_be_visible()
    expect(page.get_by_text("Registered people are being told by e-mail.")).to_be_visible()
    assert asked.elsewhere == []
    admins_cookies.update(context.storage_state())
    context.close()
    return wait_for_notices(mailbox, "Cookie policy", DEMO_PEOPLE)


@pytest.fixture
def visitors(notices) -> EmailMessage:
    return next(mail for address, mail in notices if address == VISITOR)


@pytest.fixture
def visitor(site, page: Page) -> Person:
    return Person(page, site.url, VISITOR, site.passwords[VISITOR])


def test_everybody_with_a_proved_address_gets_it_once(notices, stranger):
    times = Counter(address for address, _ in notices)
    assert times.keys() >= DEMO_PEOPLE
    assert stranger not in times
    assert set(times.values()) == {1}
    assert len({mail["Message-ID"] for _, mail in notices}) == len(notices)


def test_the_mail_says_what_changes_and_whose_it_is(site, visitors):
    assert re.fullmatch(r"Cookie policy: changes from \d+ \w+ \d{4}", visitors["Subject"])
    assert str(visitors["To"]) == f"Demo Visitor <{VISITOR}>"
    assert re.fullmatch(r"<announced-\d+\.\d+\.[0-9a-f]{20}@localhost>", visitors["Message-ID"].strip())
    assert visitors["Auto-Submitted"] == "auto-generated"
    assert visitors["List-Unsubscribe"].startswith(f"<{site.url}/account/unsubscribe/")
    assert visitors["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html = visitors.get_body(("html",)).get_content()
    for words in (SUMMARY, "version 2.0", "Plum Medical Services", "SG4 8NW", f"{site.url}/policies/cookies/changes/"):
        assert words in text_of(visitors)
        assert words in html


@pytest.mark.parametrize("width", [320, 700])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_mail_reads_well_on_a_phone_and_in_the_dark(visitors, page: Page, width, scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    page.set_content(visitors.get_body(("html",)).get_content())
    assert_fits(page)
    # A mail is no page: what best practice asks of pages, landmarks, does not concern it.
    assert_accessible(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})


def test_the_mail_leads_through_sign_in_to_what_changed_for_the_reader(site, visitors, visitor, page: Page):
    asked = only_this_host(page, site.url)
    visitor.give_password()
    visitor.is_at("Your account")
    news = page.get_by_label("New in our policies")
    for path in ("/", "/policies/terms/"):
        visitor.open(path)
        expect(news.get_by_text("Cookie policy").first).to_be_visible()
    visitor.open("/account/")
    visitor.sign_out()

    page.goto(main_link(visitors))
    visitor.sees("What changed since you last read it")
    visitor.follow("See every change from version 1.0 to 2.0")
    expect(page.locator("ins", has_text="before you have chosen")).to_be_visible()
    page.go_back()
    visitor.follow("Sign in and see")
    visitor.fill("E-mail address", VISITOR)
    visitor.fill("Password", visitor.password)
    visitor.press("Sign in")
    visitor.sees("What changed")
    expect(page.locator("ins", has_text="before you have chosen")).to_be_visible()

    visitor.open("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(news.get_by_text("Cookie policy")).to_have_count(0)
    visitor.open("/account/policies/")
    visitor.sees("Policies and you")
    version = page.locator('a[href="/policies/cookies/versions/2.0/"]')
    told = page.get_by_role("listitem").filter(has=version).filter(has_text="First opened by you")
    expect(told.get_by_text(f"Sent to {VISITOR} on ")).to_be_visible()
    expect(told.get_by_text("Not yet")).to_have_count(0)
    told.get_by_role("link", name="See the notice").click()
    visitor.sees("The notice as we wrote it")
    expect(page.get_by_text(SUMMARY)).to_be_visible()
    assert asked.elsewhere == []


def main_link(mail: EmailMessage) -> str:
    return re.search(r"https?://\S+/changes/\S*", text_of(mail))[0]


def look(page: Page) -> None:
    for width, scheme in ((320, "dark"), (1280, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert_fits(page)
        assert_accessible(page)


def test_every_page_about_it_is_accessible_and_fits(site, notices, visitor, page: Page):
    visitor.give_password()
    visitor.is_at("Your account")
    for path in TOLD:
        visitor.open(path)
        look(page)
    visitor.open("/account/policies/")
    page.get_by_role("link", name="See the notice").first.click()
    visitor.is_at("The notice as we wrote it")
    look(page)


def test_a_notice_stopped_during_the_hold_reaches_nobody(site, mailbox, worker, cms: Page, visitor, page, tmp_path):
    set_hold(cms, 15)
    for number, command, day in ((1, "record_policy", "--announced-on=2026-01-01"), (2, "import_policy", "--announce")):
        text = tmp_path / "visiting.md"
        text.write_text(f"# Visiting us\n\n## When\n\nFrom {number} o'clock.\n")
        words = (
            ("--significance", "amendment", "--kind", "other", "--summary", "Later.")
            if number == 2
            else ("--effective-from=2026-01-01",)
        )
        site.manage(command, str(text), "--slug", "visiting", day, *words)
    notice = re.search(r"Notice (\d+), Visiting us 2\.0 \(announced\): ", site.manage("notices", "list"))[1]
    assert "Stopped." in site.manage("notices", "stop", notice, "--because", "A wrong hour.")
    past = f"AmendmentNotice.objects.filter(pk={notice}).update(held_until='2026-01-01T00:00Z')"
    site.manage("shell", "--no-imports", "-c", f"from policies.notices.models import AmendmentNotice; {past}")
    site.manage("send_notices")
    assert about(mailbox, "Visiting us") == []

    visitor.give_password()
    visitor.is_at("Your account")
    expect(page.get_by_label("New in our policies").get_by_text("Visiting us")).to_have_count(0)
    visitor.open("/account/policies/")
    visitor.sees("Policies and you")
    expect(page.get_by_text("Not sent: we stopped this notice before its turn came.").first).to_be_visible()
