"""The whole way: a draft, a second yes on the look, the hold, the e-mail, what a person sees and says, the proof."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.editing import autosaved, call_it_an_amendment, listen_to_wagtail, open_policy, set_hold
from tests.journeys.looking import assert_accessible_in_light_and_dark, only_this_host
from tests.journeys.mail import PATIENCE, Mailbox, text_of
from tests.journeys.people import Person, demo_code
from tests.journeys.running import ADMIN, RunningSite, demo_site, wait_for_words

VISITOR = "visitor@plum-medical.example"
WORDS = "Bicycles stand free of charge."
SUMMARY = "Bicycles are free from now on."
READ = "I have read version 2.0 of “Parking”"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mailbox: Mailbox) -> Iterator[RunningSite]:
    """A site of its own: whoever signs in to it is asked."""
    with demo_site(tmp_path_factory.mktemp("proof"), mailbox.url) as running:
        yield running


def signed_in(site: RunningSite, browser: Browser, address: str) -> Page:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    person = Person(context.new_page(), site.url, address, site.passwords[address])
    person.give_password()
    person.give_code(demo_code(site, address))
    return listen_to_wagtail(person.page)


def asks_for_two(admin: Page, site: RunningSite) -> None:
    admin.goto(f"{site.url}/cms/policies/two-people/")
    admin.get_by_label("No amendment is announced by one person alone").check()
    admin.get_by_label("Why?").fill("As our auditors advise.")
    admin.get_by_role("button", name="Let it stand so").click()
    expect(admin.get_by_text("From now on:")).to_be_visible()


def writes_and_submits(writer: Page, site: RunningSite) -> None:
    open_policy(writer, site.url, "Parking")
    writer.locator("[data-contentpath=preamble] .public-DraftEditor-content").first.click()
    writer.keyboard.press("Control+End")
    with autosaved(writer):
        writer.keyboard.type(f" {WORDS}")
    call_it_an_amendment(writer)
    with autosaved(writer):
        writer.locator("textarea[name=change_summary]").fill(SUMMARY)
    writer.get_by_role("tab", name="Agreeing").click()
    with autosaved(writer):
        writer.get_by_label("Acknowledgement: people say that they have read it").check()
    writer.locator("footer").get_by_role("button", name="More actions").click()
    writer.get_by_role("button", name="Submit to Policy approval").click()
    expect(writer.get_by_text("has been submitted for moderation")).to_be_visible()


def approves(approver: Page, site: RunningSite, mailbox: Mailbox) -> None:
    site.manage("housekeeping")
    look = re.search(r"https?://\S+/look/", mailbox.newest("approver@plum-medical.example", "asks to have"))[0]
    approver.goto(look)
    expect(approver.frame_locator("iframe[title^=Redline]").locator("ins", has_text="Bicycles").first).to_be_visible()
    approver.get_by_role("button", name="Approve, and announce version 2.0").click()
    expect(approver.get_by_text("Parking: version 2.0 announced, in force from today.")).to_be_visible()


def notices_sent(mailbox: Mailbox) -> dict[str, EmailMessage]:
    found = [(to[0], mail) for to, mail in list(mailbox.mails) if str(mail["Subject"]).startswith("Parking: changes")]
    assert len(found) == len(dict(found))
    return dict(found)


def hold_is_over(site: RunningSite) -> None:
    over = "AmendmentNotice.objects.update(held_until='2026-01-01T00:00Z')"
    site.manage("shell", "--no-imports", "-c", f"from policies.notices.models import AmendmentNotice; {over}")


def reads_and_says_so(page: Page, site: RunningSite, mail: EmailMessage) -> None:
    """From the mail through the sign-in to one's own redline, and to the button."""
    visitor = Person(page, site.url, VISITOR, site.passwords[VISITOR])
    page.goto(re.search(rf"{re.escape(site.url)}/policies/parking/changes/\S*", text_of(mail))[0])
    visitor.follow("Sign in and see")
    visitor.fill("E-mail address", VISITOR)
    visitor.fill("Password", visitor.password)
    visitor.press("Sign in")
    visitor.sees("What changed")
    expect(page.locator("ins", has_text="Bicycles").first).to_be_visible()
    visitor.open("/policies/parking/")
    assert_accessible_in_light_and_dark(page)
    visitor.press(READ)
    expect(page.get_by_text("You confirmed that you have read version 2.0")).to_be_visible()
    assert_accessible_in_light_and_dark(page)


def reports(admin: Page, site: RunningSite) -> None:
    admin.goto(f"{site.url}/cms/policies/reports/engagement/")
    admin.get_by_role("button", name="Later", exact=True).click()  # administrators are asked as well
    expect(admin.get_by_role("heading", level=1)).to_contain_text("Engagement")
    row = admin.get_by_role("row").filter(has_text="Parking").filter(has_text="2.0")
    header = admin.get_by_role("columnheader").all_inner_texts()
    cells = row.first.get_by_role("cell").all_inner_texts()
    said = dict(zip([name.strip() for name in header], [cell.strip() for cell in cells], strict=False))
    assert said["Acknowledged"] == "1"
    assert int(said["Told"]) >= int(said["Seen"]) >= 1  # whoever is asked in the CMS has seen it, too


def proves(admin: Page, site: RunningSite, folder: Path) -> None:
    """Take the evidence of the version, and of the version and the visitor; check both as a stranger would."""
    open_policy(admin, site.url, "Parking")
    admin.get_by_role("link", name="All versions").first.click()
    admin.get_by_role("link", name="Evidence of version 2.0").click()
    with admin.expect_download() as download:
        admin.get_by_role("button", name="Take the evidence of version 2.0").click()
    whole = unpack(download.value.path(), folder / "version")
    assert "Bicycles" in whole
    assert VISITOR not in whole
    out = folder / "visitor.zip"
    site.manage("evidence", "parking", "2.0", "--person", VISITOR, "--output", str(out))
    theirs = unpack(out, folder / "visitor")
    assert READ in theirs
    assert SUMMARY in theirs


def unpack(packed: Path, folder: Path) -> str:
    """Unpack it, have its own program check it, and return all that it says."""
    ZipFile(packed).extractall(folder)
    done = subprocess.run([sys.executable, "-I", "check.py"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return "\n".join(path.read_text() for path in sorted(folder.rglob("*")) if path.is_file())


def test_from_a_draft_to_the_proof_of_who_read_it(site, mailbox, browser: Browser, page: Page, tmp_path):
    text = tmp_path / "parking.md"
    text.write_text("# Parking\n\nWe mean it.\n\n## Where\n\nBehind the house.\n")
    site.manage("import_policy", str(text), "--slug", "parking", "--announce")
    admin = signed_in(site, browser, ADMIN)
    admin.goto(f"{site.url}/cms/")
    asked = only_this_host(page, site.url)
    set_hold(admin, 15)
    asks_for_two(admin, site)

    writes_and_submits(signed_in(site, browser, "editor@plum-medical.example"), site)
    approves(signed_in(site, browser, "approver@plum-medical.example"), site, mailbox)
    site.manage("housekeeping")
    assert notices_sent(mailbox) == {}, "nothing leaves during the hold"
    hold_is_over(site)
    site.manage("send_notices")
    end = time.monotonic() + PATIENCE
    while VISITOR not in notices_sent(mailbox):
        assert time.monotonic() < end
        time.sleep(0.2)

    wait_for_words(f"{site.url}/policies/parking/", "Bicycles")
    reads_and_says_so(page, site, notices_sent(mailbox)[VISITOR])
    reports(admin, site)
    proves(admin, site, tmp_path)
    assert asked.elsewhere == []
