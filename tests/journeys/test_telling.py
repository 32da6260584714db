"""Stopping e-mails during their hold; scheduling, correcting the mail and withdrawing, all from the CMS."""

import re
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.journeys.editing import autosaved, call_it_an_amendment, open_policy, set_hold, set_schedule, until_watched
from tests.journeys.looking import assert_accessible, assert_accessible_in_light_and_dark
from tests.journeys.mail import PATIENCE, Mailbox
from tests.journeys.running import ADMIN, RunningSite

DAY = "2040-05-01"
IN_WORDS = "1 May 2040"
PAST = ("--announced-on=2026-01-01", "--effective-from=2026-01-01")
WORDS = "It begins on 1 May 2040, not on 1 March."


def announce(
    site: RunningSite, folder: Path, slug: str, says: str, *words: str, command: str = "import_policy"
) -> None:
    text = folder / f"{slug}.md"
    text.write_text(f"# {slug.title()}\n\n## When\n\n{says}\n")
    site.manage(command, str(text), "--slug", slug, *words)


def announce_twice(site: RunningSite, folder: Path, slug: str) -> None:
    """A policy in force since January, and an amendment of it that is to come."""
    announce(site, folder, slug, "From one o'clock.", *PAST, command="record_policy")
    words = ("--significance", "amendment", "--kind", "other", "--summary", "Later.", "--effective-from", DAY)
    announce(site, folder, slug, "From two o'clock.", "--announce", *words)


def mails(mailbox: Mailbox, subject: str, how_many: int) -> dict[str, EmailMessage]:
    """Wait for so many mails with such a subject, and a moment longer for one too many."""
    end = time.monotonic() + PATIENCE
    found: dict[str, EmailMessage] = {}
    while time.monotonic() < end and len(found) < how_many:
        found = {to[0]: mail for to, mail in list(mailbox.mails) if str(mail["Subject"]).startswith(subject)}
        time.sleep(0.2)
    time.sleep(1)
    found = {to[0]: mail for to, mail in list(mailbox.mails) if str(mail["Subject"]).startswith(subject)}
    assert len(found) == how_many, [str(mail["Subject"]) for _, mail in mailbox.mails]
    return found


@pytest.fixture
def errors(cms: Page) -> Iterator[list[str]]:
    """What the browser complains of; nothing, in the end. A form that is saved half filled in is answered with 400."""
    found: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        half_filled_in = "400" in message.text and "/edit/" in message.location["url"]
        if message.type == "error" and not half_filled_in:
            found.append(message.text)

    cms.on("console", listen)
    cms.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []


def open_notice(cms: Page, site: RunningSite, title: str) -> None:
    cms.goto(f"{site.url}/cms/notices/")
    assert_accessible_in_light_and_dark(cms)
    with cms.expect_navigation():
        cms.get_by_role("link", name=title).first.click()


def press(cms: Page, name: str) -> None:
    with cms.expect_navigation():
        cms.get_by_role("button", name=name, exact=True).click()


def follow(cms: Page, name: str) -> None:
    with cms.expect_navigation():  # axe finds no landmark on a page that is still coming
        cms.get_by_role("link", name=name, exact=True).click()


def test_e_mails_are_stopped_during_their_hold(site, mailbox, worker, cms: Page, errors, tmp_path):
    set_hold(cms, 15)
    announce_twice(site, tmp_path, "towing")
    open_notice(cms, site, "Towing 2.0")
    expect(cms.get_by_text("Until then it can be stopped, and nobody gets any.")).to_be_visible()
    expect(cms.get_by_text("Waiting for the hold to end")).to_be_visible(
        timeout=15_000
    )  # no other state reloads the page
    cms.wait_for_load_state()
    assert_accessible_in_light_and_dark(cms)

    number = re.search(r"/(\d+)/$", cms.url)[1]
    site.manage("notices", "pause", number, "--because", "A question.")
    expect(cms.get_by_text("Nothing is sent until somebody lets it go on")).to_be_visible(timeout=15_000)
    follow(cms, "Go on")
    assert_accessible_in_light_and_dark(cms)
    press(cms, "Let it go on")
    expect(cms.get_by_text("It goes on.")).to_be_visible()

    follow(cms, "Stop it for good")
    assert_accessible_in_light_and_dark(cms)
    cms.get_by_label("Why?").fill("A wrong hour.")
    press(cms, "Stop it for good")
    expect(cms.get_by_text("Stopped for good. 0 people got it.")).to_be_visible()
    follow(cms, "Deliveries")
    expect(cms.get_by_role("row", name=ADMIN).get_by_text("Not sent")).to_be_visible()
    assert_accessible_in_light_and_dark(cms)
    follow(cms, ADMIN)
    expect(cms.frame_locator("iframe.mail-html").get_by_role("heading", name="Towing: changes")).to_be_visible()
    assert_accessible_in_light_and_dark(cms)
    cms.goto(f"{site.url}/cms/notices/history/{number}/")
    expect(cms.get_by_text("E-mails about version 2.0 stopped for good")).to_be_visible()

    past = f"AmendmentNotice.objects.filter(pk={number}).update(held_until='2026-01-01T00:00Z')"
    site.manage("shell", "--no-imports", "-c", f"from policies.notices.models import AmendmentNotice; {past}")
    site.manage("send_notices")
    assert not [mail for _, mail in mailbox.mails if str(mail["Subject"]).startswith("Towing")]


def schedule_an_amendment(cms: Page, site: RunningSite, title: str) -> None:
    """In the CMS: other words, the day from which they apply, the time at which they are announced; then the look."""
    open_policy(cms, site.url, title)
    call_it_an_amendment(cms)
    cms.locator("input[name=effective_from]").fill(IN_WORDS)
    with autosaved(cms):
        cms.locator("input[name=title]").fill(f"{title} of bicycles")
        cms.locator("textarea[name=change_summary]").fill("Bicycles, too.")
    set_schedule(cms)
    expect(cms.get_by_text("No time is set for announcing")).to_be_visible()
    cms.locator("input[name=go_live_at]").fill("1/1/2031 9am")
    cms.keyboard.press("Tab")
    assert_accessible(cms, context=".day-input")
    with cms.expect_navigation():
        cms.get_by_role("button", name="Save schedule").click()
    until_watched(cms)
    cms.locator("footer").get_by_role("button", name="More actions").click()
    cms.get_by_role("button", name="Announce by itself…").click()
    expect(cms.get_by_text("By itself on Wednesday 1 January 2031, 09:00")).to_be_visible()
    assert_accessible_in_light_and_dark(cms)
    cms.locator(".look__deed").get_by_role("button", name="Announce version 2.0 on Wednesday 1 January 2031").click()
    expect(cms.get_by_text("will be announced on 1 January 2031")).to_be_visible()


def let_its_time_come(site: RunningSite, slug: str) -> None:
    """Move the chosen time into the past, as if years had gone by; the housekeeping of each minute does the rest."""
    past = "django.utils.timezone.now() - datetime.timedelta(minutes=1)"
    draft = f"PolicyPage.objects.get(slug='{slug}').scheduled_revision"
    code = (
        "import datetime, django; from policies.writing.models import PolicyPage; from wagtail.models import Revision; "
        f"draft = {draft}; at = {past}; draft.content['go_live_at'] = at.isoformat(); "
        "draft.approved_go_live_at = at; draft.save(update_fields=['content', 'approved_go_live_at'])"
    )
    site.manage("shell", "--no-imports", "-c", code)
    site.manage("housekeeping")


def correct_the_mail(cms: Page, mailbox: Mailbox, first: dict[str, EmailMessage], title: str) -> None:
    """Write to those who got it what was wrong, after a look at it and a test; it comes as an answer to the first."""
    follow(cms, "Send a correction")
    assert_accessible_in_light_and_dark(cms)
    cms.get_by_label("What was wrong in the e-mail, and what is right?").fill(WORDS)
    press(cms, "Look at the e-mail")
    expect(cms.frame_locator("iframe.mail-html").get_by_text(WORDS)).to_be_visible()
    assert_accessible_in_light_and_dark(cms)
    press(cms, "Send me a test")
    expect(cms.get_by_text(f"Sent to {ADMIN}. Nobody else was written to")).to_be_visible()
    assert WORDS in mailbox.newest(ADMIN, WORDS)
    mailbox.mails[:] = [(to, mail) for to, mail in mailbox.mails if not str(mail["Subject"]).startswith("Correction")]
    press(cms, "Send it to them")
    assert_answers(mails(mailbox, f"Correction: {title}", len(first)), first)


def assert_answers(later: dict[str, EmailMessage], first: dict[str, EmailMessage]) -> None:
    for address, mail in later.items():
        assert mail["In-Reply-To"].strip() == first[address]["Message-ID"].strip()


def withdraw_both(cms: Page, site: RunningSite, title: str) -> None:
    """Take back the correction and the amendment before it, with the text that then stands, and tell those told."""
    cms.goto(f"{site.url}/cms/policies/")
    cms.get_by_role("link", name=title).first.click()
    cms.get_by_role("link", name="All versions").click()
    follow(cms, "Withdraw")
    expect(cms.get_by_text(f"Only version 2.1. Version 1.0 stays in force until {IN_WORDS}.")).to_be_visible()
    assert_accessible_in_light_and_dark(cms)
    cms.get_by_label(re.compile("Versions 2.1 and 2.0")).check()
    cms.get_by_label("Why is it withdrawn?").fill("We go on as before.")
    cms.get_by_label(re.compile("Put the text of the version that then stands back")).check()
    press(cms, "Withdraw version 2.1…")
    expect(cms.get_by_text("Nothing was done yet.")).to_be_visible()
    expect(cms.locator("pre.mail-text").first).to_contain_text("We go on as before.")
    expect(cms.frame_locator("iframe.mail-html").first.get_by_text("We go on as before.").first).to_be_visible()
    assert_accessible_in_light_and_dark(cms)
    press(cms, "Withdraw, and tell them")
    expect(cms.get_by_text("Versions 2.1 and 2.0 are withdrawn.")).to_be_visible()


def test_an_amendment_is_scheduled_then_its_mail_corrected_and_then_withdrawn(
    site, mailbox, worker, cms: Page, errors, tmp_path
):
    set_hold(cms, 0)
    announce(site, tmp_path, "borrowing", "From one o'clock.", *PAST, command="record_policy")
    schedule_an_amendment(cms, site, "Borrowing")
    assert "2.0" not in cms.request.get(f"{site.url}/policies/borrowing/versions/").text()
    let_its_time_come(site, "borrowing")
    open_notice(cms, site, "Borrowing of bicycles 2.0")
    expect(cms.get_by_text("It is done. Nothing is left to do.")).to_be_visible(timeout=15_000)
    sent = {to[0] for to, mail in list(mailbox.mails) if str(mail["Subject"]).startswith("Borrowing of bicycles: ch")}
    assert ADMIN in sent
    first = mails(mailbox, "Borrowing of bicycles: changes", len(sent))
    correct_the_mail(cms, mailbox, first, "Borrowing")

    correction = ("--significance", "correction", "--summary", "A full stop.", "--effective-from", DAY)
    announce(site, tmp_path, "borrowing", "From one o'clock on.", "--announce", *correction)
    withdraw_both(cms, site, "Borrowing")
    withdrawn = mails(mailbox, "Withdrawn: Borrowing", len(first))
    assert_answers(withdrawn, first)
    for mail in withdrawn.values():
        assert "We go on as before." in " ".join(mail.get_body(("plain",)).get_content().split())
    cms.goto(f"{site.url}/cms/policies/")
    row = cms.get_by_role("row").filter(has=cms.get_by_role("link", name="Borrowing"))
    expect(row.get_by_text("Same as announced")).to_be_visible()
