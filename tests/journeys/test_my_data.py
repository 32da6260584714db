"""A person's data in the browser: changed, chosen, downloaded and compared, the account closed, erased for good."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.looking import assert_accessible, assert_fits, only_this_host
from tests.journeys.mail import Mailbox
from tests.journeys.people import Person
from tests.journeys.rows import Database, texts_of
from tests.journeys.running import RunningSite

PASSWORD = "lantern-meadow-copper-4"
DETAILS = {
    "First name": "Zoë 🎻",
    "Last name": "Quillfeather",
    "What we should call you": "=1+1",
    "Telephone": "+44 20 7946 0123",
    "Postal address": "12 Larkspur Mews\nEastbourne",
}
CONSENTS = (
    "News and offers by e-mail",
    "News and offers by post",
)
BY_POST = "Send me news and offers about your services by post."


@dataclass
class Download:
    """A ZIP that was downloaded and opened."""

    texts: dict[str, str]
    checksums: dict[str, str]

    @classmethod
    def opened(cls, path: Path) -> "Download":
        with ZipFile(path) as archive:
            assert archive.testzip() is None
            content = {name: archive.read(name) for name in archive.namelist()}
        checksums = {name: hashlib.sha256(data).hexdigest() for name, data in content.items()}
        return cls({name: data.decode("utf-8-sig") for name, data in content.items()}, checksums)

    def rows(self, kind: str) -> list[dict[str, object]]:
        return json.loads(self.texts["data.json"])["kinds"][kind]["rows"]

    def values(self) -> set[str]:
        """Every text that data.json holds, wherever it stands."""
        return set(texts_in(json.loads(self.texts["data.json"])["kinds"]))


def texts_in(value: object) -> list[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for each in value for text in texts_in(each)]
    return [value] if isinstance(value, str) else []


def newcomer(site: RunningSite, mailbox: Mailbox, page: Page, email: str) -> Person:
    person = Person(page, site.url, email, PASSWORD)
    person.sign_up()
    person.prove_address(mailbox)
    return person


def change_details(person: Person) -> None:
    person.open("/account/details/")
    for label, text in DETAILS.items():
        person.fill(re.compile(label), text)
    person.press("Save")
    person.open("/account/details/")
    expect(person.page.get_by_label(re.compile("Last name"))).to_have_value(DETAILS["Last name"])


def choose(person: Person) -> None:
    """Agree to each, take all back, agree to one again; ask for all mail about policies."""
    person.open("/account/preferences/")
    expect(person.page.get_by_text("Not agreed")).to_have_count(len(CONSENTS))
    for purpose in CONSENTS:
        person.press(f"Agree to {purpose}")
        expect(person.page.get_by_role("button", name=f"Withdraw {purpose}", exact=True)).to_be_visible()
    person.press("Withdraw all")
    expect(person.page.get_by_text("Not agreed")).to_have_count(len(CONSENTS))
    person.press("Agree to News and offers by post")
    person.page.get_by_label(re.compile("Every announcement")).check()
    person.press("Save")
    person.open("/account/preferences/")
    expect(person.page.get_by_label(re.compile("Every announcement"))).to_be_checked()
    expect(person.page.get_by_role("button", name="Withdraw News and offers by post", exact=True)).to_be_visible()


def download(person: Person, path: Path, *, confirmed: bool = False) -> Download:
    """The password is asked for first, unless it was given a moment ago; then one click starts it."""
    person.open("/account/data/")
    if not confirmed:
        person.press("Download my data")
        person.confirm_password()
        person.is_at("Download your data")
    with person.page.expect_download() as started:
        person.press("Download my data")
    assert re.fullmatch(r"[\w-]+-data-\d{4}-\d\d-\d\d\.zip", started.value.suggested_filename)
    started.value.save_as(path)
    return Download.opened(path)


def test_what_a_person_changed_and_chose_is_in_the_download_and_nobody_elses_is(site, mailbox, page: Page, tmp_path):
    asked = only_this_host(page, site.url)
    person = newcomer(site, mailbox, page, "zoe@example.org")
    change_details(person)
    choose(person)
    person.open("/account/data/")
    expect(page.get_by_role("row", name="What you agreed to 5 entries")).to_be_visible()

    got = download(person, tmp_path / "data.zip")
    given = [row["given"] for row in got.rows("consents")]
    assert given == [True] * 2 + [False] * 2 + [True]
    assert {row["wording"] for row in got.rows("consents") if row["purpose"] == "marketing_by_post"} == {BY_POST}
    assert [row["policy_mail"] for row in got.rows("mail-choices")] == ["every"]
    listed = {file["path"]: file["sha256"] for file in json.loads(got.texts["manifest.json"])["files"]}
    assert listed == {name: found for name, found in got.checksums.items() if name != "manifest.json"}
    assert '"\'=1+1"' in got.texts["csv/account.csv"]
    assert_all_of_it(Database.of(site), got, person.email)
    assert_nobody_elses(Database.of(site), got, person.email)

    assert mailbox.newest(person.email, "A download of all that we hold about you was started")
    person.open("/account/data/")
    expect(page.get_by_role("heading", name="Downloads so far")).to_be_visible()
    assert asked.elsewhere == []


def assert_all_of_it(database: Database, got: Download, email: str) -> None:
    """Each text of each row that points at the person."""
    held = got.values()
    rows = list(database.rows_of(database.number_of(email)))
    missing = [(table, *found) for table, row in rows for found in texts_of(row) if not is_in(found[1], held)]
    assert not missing
    assert len(rows) > 20


def is_in(text: str, held: set[str]) -> bool:
    return text in held or f"{text}+00:00" in held


def assert_nobody_elses(database: Database, got: Download, email: str) -> None:
    columns = ("email", "first_name", "last_name", "phone", "postal_address")
    others = database.ask(f"SELECT {', '.join(columns)} FROM accounts_user WHERE email <> ?", email)
    assert len(others) > 3
    everything = "\n".join(got.texts.values())
    words = {"Data Protection"}  # somebody's name in the demo, and an Act's in every download
    assert [text for row in others for text in tuple(row) if text and text in everything and text not in words] == []


def close(person: Person, *, confirmed: bool = False) -> None:
    """The password is asked for in between, unless it was given a moment ago."""
    person.open("/account/close/")
    person.press("Close my account")
    if not confirmed:
        person.confirm_password()
    person.is_at("Your account is closed")


def cannot_sign_in(person: Person) -> None:
    person.give_password()
    expect(person.page.get_by_role("button", name="Sign out")).to_have_count(0)
    person.open("/account/details/")
    person.is_at("Sign in")


def test_an_account_is_closed_opened_again_closed_and_erased_for_good(site, mailbox, page: Page, tmp_path):
    person, database = newcomer(site, mailbox, page, "quentin@example.org"), Database.of(site)
    close(person)
    cannot_sign_in(person)
    page.goto(mailbox.link(person.email, "Until then you can open it again"))
    person.press("Open my account again")
    person.is_at("Your account is open again")
    person.give_password()
    person.is_at("Your account")
    got = download(person, tmp_path / "data.zip", confirmed=True)
    assert [row["state"] for row in got.rows("closings")] == ["taken_back"]

    close(person, confirmed=True)
    site.manage("housekeeping")  # the cooling-off is not over
    number = database.number_of(person.email)
    database.ask("UPDATE accounts_closingrequest SET due_at = asked_at WHERE person_id = ?", number)
    backup = database.copied_to(tmp_path / "backup.sqlite3")
    site.manage("housekeeping")
    assert mailbox.newest(person.email, "was erased on")
    cannot_sign_in(person)
    assert database.where_it_says(person.email) == []
    ledger = [json.loads(line) for line in (Path(site.env["VAR_DIR"]) / "erasures.jsonl").read_text().splitlines()]
    assert [line["what"] for line in ledger if line["number"] == number][-2:] == ["erasing", "erased"]
    assert person.email not in json.dumps(ledger)

    with site.with_database(backup.url) as restored:
        assert backup.where_it_says(person.email) != []
        assert "1 are here again and would be erased" in restored.manage("reapply_erasures", "--dry-run")
        assert "1 were here again and are erased" in restored.manage("reapply_erasures")
        assert backup.where_it_says(person.email) == []
        assert "0 were here again and are erased" in restored.manage("reapply_erasures")


PAGES = {
    "/account/data/": "Your data",
    "/account/preferences/": "Your preferences",
    "/account/policies/": "Policies and you",
    "/account/reaching/": "How mail reaches you",
    "/account/close/": "Close your account",
    "/account/data/download/": "Download your data",
}


@pytest.fixture(scope="module")
def reader(site: RunningSite, mailbox: Mailbox, browser: Browser) -> Iterator[Person]:
    """Somebody who has confirmed that it is them, with something on every page."""
    context = browser.new_context()
    person = newcomer(site, mailbox, context.new_page(), "rhea@example.org")
    change_details(person)
    choose(person)
    person.open("/account/data/download/")
    person.confirm_password()
    yield person
    context.close()


def looks_right(page: Page) -> None:
    """Narrow and wide, light and dark."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert_accessible(page)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_about_a_persons_data_is_accessible_and_fits(reader, path):
    reader.open(path)
    reader.is_at(PAGES[path])
    looks_right(reader.page)


def test_the_pages_of_an_unsubscribe_link_are_accessible_and_fit(site, reader, page: Page):
    person = Person(page, site.url, reader.email, PASSWORD)
    number = Database.of(site).number_of(person.email)
    ask = "from accounts.flows.unsubscribe_links import *; print(unsubscribe_token({}, POLICY_MAIL))"
    token = site.manage("shell", "--no-imports", "-c", ask.format(number)).strip()
    person.open("/account/unsubscribe/nonsense/")
    person.is_at("This link does not work")
    looks_right(page)
    person.open(f"/account/unsubscribe/{token}/")
    person.is_at("Unsubscribe")
    looks_right(page)
    person.press("Yes, unsubscribe")
    person.is_at("You are unsubscribed")
    looks_right(page)
    person.press("Subscribe again")
    person.is_at("You get it again")
    looks_right(page)


def test_the_page_in_the_archive_is_accessible_fits_and_asks_for_nothing(reader, page: Page, tmp_path):
    reader.open("/account/data/download/")
    with reader.page.expect_download() as started:
        reader.press("Download my data")
    with ZipFile(started.value.path()) as archive:
        archive.extract("index.html", tmp_path)
    address = (tmp_path / "index.html").as_uri()
    asked = only_this_host(page, "file:")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your data at")
    looks_right(page)
    assert asked.elsewhere == []
