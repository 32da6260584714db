"""The rights desk, from both sides: asked in the browser of a person, answered in the CMS, and read by the person."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import assert_accessible_in_light_and_dark, assert_fits, becomes
from tests.journeys.mail import Mailbox
from tests.journeys.people import Person
from tests.journeys.running import RunningSite

# The CMS hides what is too wide for its main part; only tables in a frame of their own may be.
STICK_OUT = """[...document.querySelectorAll('.rights-deed *, .rights-case *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.rights-wide'))
  .map((one) => one.outerHTML.slice(0, 80))"""
PASSWORD = "copper-kettle-harbour-9"


@dataclass
class Desk:
    """The administrator at the desk, about one case."""

    cms: Page
    site: RunningSite

    def find(self, what: str, looked_at: bool = False) -> None:
        """Open a case from the queue."""
        self.cms.goto(f"{self.site.url}/cms/data-protection/")
        if looked_at:
            self.looks()
        self.cms.get_by_role("link", name=what).click()

    def looks(self) -> None:
        """Axe finds nothing, and nothing sticks out on a narrow screen."""
        assert_accessible_in_light_and_dark(self.cms)
        self.cms.set_viewport_size({"width": 320, "height": 900})
        assert_fits(self.cms)
        if not becomes(self.cms, f"{STICK_OUT}.length === 0"):  # the menu takes a moment to go
            pytest.fail(f"Sticks out: {self.cms.evaluate(STICK_OUT)}")
        self.cms.set_viewport_size({"width": 1400, "height": 1000})

    def go(self, name: str) -> None:
        self.cms.get_by_role("link", name=name, exact=True).click()

    def choose(self, name: str) -> None:
        """Do one of the deeds in the three dots of the header."""
        self.cms.get_by_role("button", name="Actions").click()
        self.go(name)

    def press(self, name: str) -> None:
        self.cms.get_by_role("button", name=name, exact=True).click()

    def fill(self, label: str, words: str) -> None:
        self.cms.get_by_label(label, exact=False).first.fill(words)

    def day(self, label: str, day: dt.date) -> None:
        field = self.cms.get_by_label(label)
        field.fill(f"{day.day} {day:%B %Y}")
        field.press("Tab")

    def sees(self, words: str) -> None:
        expect(self.cms.get_by_text(words).first).to_be_visible()


@pytest.fixture
def desk(cms: Page, site: RunningSite) -> Desk:
    return Desk(cms, site)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """The browser of the person, beside that of the staff."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def newcomer(site: RunningSite, mailbox: Mailbox, page: Page, email: str) -> Person:
    person = Person(page, site.url, email, PASSWORD)
    person.sign_up()
    person.prove_address(mailbox)
    return person


def ask(person: Person, what: str, words: str = "") -> str:
    """Ask in the account; return the reference."""
    person.open("/account/requests/new/")
    person.page.get_by_label(re.compile(f"{what}:")).check()
    person.fill(re.compile("^In your words"), words)
    person.press("Send the request")
    return reference_on(person.page)


def reference_on(page: Page) -> str:
    heading = page.get_by_role("heading", level=1, name=re.compile("^(Request|Complaint) "))
    expect(heading).to_be_visible()
    return heading.inner_text().split(" ", 1)[1]


def follow(page: Page, site: RunningSite, mailbox: Mailbox, address: str, saying: str) -> None:
    """Send what waits to be sent, and follow the link of the newest mail that says so."""
    site.manage("housekeeping")
    page.goto(re.search(r"https?://\S+/data-rights/\S+", mailbox.newest(address, saying))[0])


def test_a_correction_is_asked_for_and_granted(site, mailbox, page, desk):
    person = newcomer(site, mailbox, page, "wren@example.org")
    reference = ask(person, "Correction", "My first name is Wren, and it is missing.")
    desk.find(reference, looked_at=True)
    desk.looks()
    desk.sees("My first name is Wren, and it is missing.")
    desk.go("Decide and answer")
    desk.cms.get_by_label("Granted", exact=True).check()
    desk.cms.get_by_label("Change these details of the account").check()
    desk.fill("First name", "Wren")
    desk.fill("Your words in the answer", "You are right.")
    desk.looks()
    desk.press("Decide and send the answer")
    desk.sees("It is decided, and the answer is with the person.")
    person.open(f"/account/requests/{reference}/")
    expect(page.get_by_text("Put right in your account: first name.")).to_be_visible()
    expect(page.get_by_text("A member of our staff opened the case").first).to_be_visible()
    assert_accessible_in_light_and_dark(page)
    person.open("/account/details/")
    expect(page.get_by_label(re.compile("^First name"))).to_have_value("Wren")
    desk.cms.get_by_role("link", name=re.compile("^To be told")).first.click()
    desk.looks()
    desk.cms.get_by_label("Yes", exact=True).check()
    desk.fill("How, or why not?", "By e-mail.")
    desk.press("Keep this")
    desk.go("Close it")
    desk.press("Close it")
    desk.sees("It is closed.")


def ask_as_a_stranger(
    page: Page, site: RunningSite, mailbox: Mailbox, email: str, what: str = "Access", words: str = ""
) -> str:
    page.goto(f"{site.url}/data-rights/")
    page.get_by_label(re.compile(f"{what}:")).check()
    page.get_by_label(re.compile("In your words")).fill(words)
    page.get_by_label(re.compile("^Your name")).fill("Dipper Brook")
    page.get_by_label(re.compile("^Your e-mail address")).fill(email)
    page.get_by_role("button", name="Send", exact=True).click()
    follow(page, site, mailbox, email, "confirm that the address is yours")
    page.get_by_role("button", name="Yes, send my request").click()
    return reference_on(page)


def write_letter(desk: Desk, reference: str, deed: str, words: str, said: str) -> None:
    desk.find(reference)
    desk.choose(deed)
    desk.fill("Your words", words)
    desk.press(deed)
    desk.sees(said)


def decide_on_access(desk: Desk, answer: Path) -> None:
    """Grant it; without a word on health it cannot leave."""
    desk.go("Decide and answer")
    desk.cms.get_by_label("Granted", exact=True).check()
    desk.fill("What was searched", "The site, the mailboxes, the cabinet.")
    desk.cms.get_by_label("Files for the person").set_input_files(answer)
    desk.press("Decide and send the answer")
    desk.sees("Say whether the answer holds data about health. It cannot leave without that.")
    desk.press("Add a part that is not given")
    desk.sees("Another person: express refusal")
    desk.looks()
    desk.cms.get_by_label("It does, and the person knows it already").check()
    desk.cms.get_by_label("Files for the person").set_input_files(answer)
    desk.press("Decide and send the answer")
    desk.sees("It is decided, and the answer is with the person.")
    desk.looks()


def test_access_with_identity_clarification_and_an_extension_is_answered(site, mailbox, page, desk, tmp_path: Path):
    email, bill, answer = "dipper@example.org", tmp_path / "bill.txt", tmp_path / "answer.txt"
    bill.write_text("Dipper Brook, 3 Mill Lane")
    answer.write_text("All of 2026.")
    reference = ask_as_a_stranger(page, site, mailbox, email)

    write_letter(desk, reference, "Ask who is asking", "Send us a bill.", "They are asked, and the month begins")
    follow(page, site, mailbox, email, "We need something from you")
    expect(page.get_by_text("It is your turn: show us who you are.")).to_be_visible()
    page.get_by_label("What shows who you are").fill("Here it is.")
    page.get_by_label(re.compile("^Files")).set_input_files(bill)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_text("Your answer is here.").first).to_be_visible()

    write_letter(desk, reference, "Ask what is meant", "Which years?", "They are asked, and the clock stands still.")
    desk.sees("Paused: it is the person's turn")
    page.reload()
    page.get_by_label("Your answer").fill("2026 only.")
    page.get_by_role("button", name="Send my answer").click()
    expect(page.get_by_text("The time runs on.").first).to_be_visible()

    write_letter(desk, reference, "Take two months more", "There are many papers.", "It is extended")
    with desk.cms.expect_download() as taken:
        desk.cms.get_by_role("link", name="bill.txt").click()
    assert Path(taken.value.path()).read_text() == bill.read_text()
    decide_on_access(desk, answer)

    follow(page, site, mailbox, email, "There is news about your request")
    for words in ("We have decided on your request: granted.", "1. Us:", "2. The regulator:", "3. A court:"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.get_by_text("A member of our staff opened a file").first).to_be_visible()
    with page.expect_download() as got:
        page.get_by_role("link", name=re.compile("answer.txt")).click()
    assert Path(got.value.path()).read_text() == "All of 2026."


def test_a_complaint_gets_progress_and_an_outcome_that_names_three_routes(site, mailbox, page, desk):
    email = "ouzel@example.org"
    reference = ask_as_a_stranger(page, site, mailbox, email, "Complaint", "My letter went to my neighbour.")
    expect(page.get_by_text("We have your complaint").first).to_be_visible()
    write_letter(desk, reference, "Tell how it stands", "We asked the post room.", "They are told how it stands.")
    follow(page, site, mailbox, email, "We have written how your complaint")
    expect(page.get_by_text("We asked the post room.").first).to_be_visible()
    assert_accessible_in_light_and_dark(page)
    desk.go("Decide and answer")
    desk.cms.get_by_label("Upheld", exact=True).check()
    desk.fill("Your words in the answer", "The window of the envelope was wrong. We have changed it.")
    desk.looks()
    desk.press("Decide and send the answer")
    desk.sees("It is decided, and the answer is with the person.")
    follow(page, site, mailbox, email, "There is news about your complaint")
    for words in ("We have changed it.", "1. Us:", "2. The regulator:", "3. A court:"):
        expect(page.get_by_text(words).first).to_be_visible()
    assert_accessible_in_light_and_dark(page)


def test_an_erasure_is_granted_with_a_receipt_and_stays_one_after_a_restore(site, mailbox, page, desk):
    email = "siskin@example.org"
    person = newcomer(site, mailbox, page, email)
    reference = ask(person, "Erasure", "Please.")
    find = f"from accounts.models import User; print(User.objects.get(email={email!r}).pk)"
    number = site.manage("shell", "--no-imports", "-c", find).strip()
    backup = Path(site.env["VAR_DIR"]) / "siskin.json"
    site.manage("dumpdata", "accounts.User", "--pks", number, "--output", str(backup))
    desk.find(reference)
    desk.go("Decide and answer")
    desk.sees("It cannot be taken back.")
    desk.cms.get_by_label("Granted", exact=True).check()
    desk.press("Decide and send the answer")
    desk.sees("It is decided, and the answer is with the person.")
    desk.sees("Receipt of the erasure on")
    desk.sees("Left of what is to be deleted: 0.")
    desk.looks()
    person.open("/account/")
    person.is_at("Sign in")
    follow(page, site, mailbox, email, "There is news about your request")
    expect(page.get_by_text("Your account was erased on").first).to_be_visible()
    expect(page.get_by_text("Second pass:").first).to_be_visible()

    site.manage("loaddata", str(backup))
    assert site.manage("shell", "--no-imports", "-c", find).strip() == number
    assert "1 were here again and are erased" in site.manage("reapply_erasures")
    person.give_password()
    person.is_at("Sign in")


def test_a_letter_goes_late_and_everybody_sees_it(site, mailbox, page, desk):
    email, long_ago = "curlew@example.org", dt.date.today() - dt.timedelta(days=60)
    desk.cms.goto(f"{site.url}/cms/data-protection/")
    desk.go("Write one down")
    desk.looks()
    desk.cms.get_by_label("What is asked?").select_option("restriction")
    desk.cms.get_by_label("How did it come?").select_option("letter")
    desk.day("On which day did it reach us?", dt.date.today() + dt.timedelta(days=2))
    desk.fill("Who asks?", "Curlew Marsh")
    desk.fill("Their e-mail address", email)
    desk.fill("What they wrote or said", "Do not use my telephone number.")
    desk.press("Write it down")
    desk.sees("That day is still to come.")
    desk.day("On which day did it reach us?", long_ago)
    desk.cms.get_by_label("Files").set_input_files(
        {"name": "scan.txt", "mimeType": "text/plain", "buffer": b"Do not use my telephone number."}
    )
    desk.press("Write it down")
    desk.sees("It is written down as")
    reference = re.search(r"written down as (\w+)", desk.cms.locator("main").inner_text() + desk.cms.content())[1]
    desk.sees("late by")
    desk.looks()
    expect(desk.cms.get_by_role("link", name="scan.txt")).to_be_visible()
    desk.choose("Ask for a fee")
    desk.looks()
    desk.go("Leave it as it is")
    desk.cms.goto(f"{site.url}/cms/data-protection/?standing=late")
    expect(desk.cms.get_by_role("link", name=reference)).to_be_visible()
    desk.cms.goto(f"{site.url}/cms/")
    expect(desk.cms.get_by_role("link", name=re.compile(reference))).to_be_visible()
    follow(page, site, mailbox, email, "you do not have it yet")
    expect(page.get_by_text("We are sorry.").first).to_be_visible()
    assert_accessible_in_light_and_dark(page)
