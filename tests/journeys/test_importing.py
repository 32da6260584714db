"""A Word file becomes a policy, another one amends it, both are announced; and what was announced is proved."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.journeys.editing import autosaved, call_it_an_amendment, confirm_announcing, press_announce, until_watched
from tests.journeys.looking import assert_accessible, assert_fits, only_this_host

WIDE, PHONE = {"width": 1280, "height": 1000}, {"width": 320, "height": 900}


def a_word_file(path: Path, *, lent: str) -> Path:
    """A policy as somebody writes it in Word, with a table and with words that are struck through."""
    file = Document()
    file.add_heading("Boat rules", 0)
    file.add_heading("Who may row", 1)
    paragraph = file.add_paragraph("Members may row")
    paragraph.add_run(" at night").font.strike = True
    paragraph.add_run(".")
    file.add_heading("Fees", 1)
    table = file.add_table(2, 2)
    for place, words in enumerate(("Boat", "Fee", "Four", "10 pounds")):
        table.cell(place // 2, place % 2).text = words
    file.add_heading("Lending", 1)
    file.add_paragraph(f"Boats are lent {lent}.")
    file.save(path)
    return path


def assert_good_for_all(page: Page) -> None:
    """Nothing is amiss at two widths, in light and dark; what is Wagtail's own around our part is not looked at."""
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert_accessible(page, context="#main")
        assert_fits(page)
    page.emulate_media(color_scheme="light")


def upload(page: Page, path: Path) -> None:
    page.get_by_label("Document", exact=False).first.set_input_files(path)
    page.get_by_role("button", name="Read the document").click()


def announce(page: Page, words: str) -> None:
    until_watched(page)
    if words:
        with autosaved(page):
            call_it_an_amendment(page)
            page.locator("textarea[name=change_summary]").fill(words)
    press_announce(page)
    confirm_announcing(page)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("word")
    first = a_word_file(folder / "Boat rules.docx", lent="to nobody")
    return first, a_word_file(folder / "Boat rules, amended.docx", lent="to members of other clubs")


def test_a_word_file_is_brought_in_announced_amended_and_proved(site, cms: Page, files, tmp_path):
    asked = only_this_host(cms, site.url)
    cms.goto(f"{site.url}/cms/policies/")
    cms.get_by_role("button", name="Actions").first.click()
    cms.get_by_role("link", name="Import a document").click()
    assert_good_for_all(cms)

    upload(cms, files[0])
    expect(cms.get_by_text("Members may row[at night].")).to_be_visible()
    assert_good_for_all(cms)
    cms.get_by_label("They no longer apply: leave them out").check()
    cms.get_by_role("button", name="Go on").click()
    expect(cms.get_by_text("Every word is accounted for")).to_be_visible()
    expect(cms.get_by_text("struck-through words")).to_be_visible()
    assert_good_for_all(cms)
    cms.get_by_label("Address").fill("boats")
    cms.get_by_role("button", name="Save as draft").click()
    expect(cms.get_by_text("The document is now the draft of “Boat rules”")).to_be_visible()
    announce(cms, "")
    expect(cms.get_by_text("Boat rules: version 1.0 announced")).to_be_visible()

    cms.goto(f"{site.url}/policies/boats/")
    expect(cms.get_by_text("Boats are lent to nobody.")).to_be_visible()
    expect(cms.get_by_role("cell", name="10 pounds")).to_be_visible()

    cms.goto(f"{site.url}/cms/policies/")
    with cms.expect_navigation():
        cms.get_by_role("link", name="Boat rules").first.click()
    cms.get_by_role("button", name="Actions").first.click()
    cms.get_by_role("link", name="Replace the draft by a document").click()
    upload(cms, files[1])
    cms.get_by_label("They no longer apply: leave them out").check()
    cms.get_by_role("button", name="Go on").click()
    expect(cms.locator("ins", has_text="members of other clubs")).to_be_visible()
    assert_good_for_all(cms)
    cms.get_by_role("button", name="Record it as announced elsewhere").click()
    assert_good_for_all(cms)
    cms.get_by_role("button", name="Back to what was understood").click()
    cms.get_by_role("button", name="Save as draft").click()
    announce(cms, "Other clubs may borrow boats.")
    expect(cms.get_by_text("Boat rules: version 2.0 announced")).to_be_visible()
    cms.goto(f"{site.url}/policies/boats/compare/1.0/2.0/")
    expect(cms.locator("ins", has_text="members of other clubs").first).to_be_visible()

    assert asked.elsewhere == []
    proves(site, cms, tmp_path)


def proves(site, cms: Page, folder: Path) -> None:
    """Take the evidence from the versions' page and check it as a stranger would."""
    cms.goto(f"{site.url}/cms/policies/")
    cms.get_by_role("link", name="Boat rules").first.click()
    cms.get_by_role("link", name="All versions").first.click()
    cms.get_by_role("link", name="Evidence of version 2.0").click()
    assert_good_for_all(cms)
    with cms.expect_download() as download:
        cms.get_by_role("button", name="Take the evidence of version 2.0").click()
    assert download.value.suggested_filename == "boats-2.0-evidence.zip"
    ZipFile(download.value.path()).extractall(folder / "evidence")
    checked = [sys.executable, "-I", "check.py"]
    done = subprocess.run(checked, cwd=folder / "evidence", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "Every file is as it was packed, and the chain holds.\n")
    page = cms.context.new_page()
    page.goto((folder / "evidence" / "redline.html").as_uri())
    expect(page.locator("ins", has_text="members of other clubs")).to_be_visible()
    assert_good_for_all_of(page)
    page.close()


def assert_good_for_all_of(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    page.set_viewport_size(PHONE)
    assert_fits(page)


def test_the_past_is_recorded_after_everything_was_shown(site, cms: Page, tmp_path):
    text = tmp_path / "landing.md"
    text.write_text("# Landing stages\n\n## Where\n\nAt the old bridge.\n")
    cms.goto(f"{site.url}/cms/policies/import/")
    upload(cms, text)
    cms.get_by_role("button", name="Record it as announced elsewhere").click()
    cms.get_by_label("Announced on").fill("1 March 2015")
    cms.get_by_label("In force from").fill("1 April 2015")
    expect(cms.get_by_text("1 April 2015", exact=False).last).to_be_visible()
    cms.get_by_role("button", name="Show what would be recorded").click()
    expect(cms.get_by_text("Nothing was recorded yet")).to_be_visible()
    assert_good_for_all(cms)
    cms.get_by_role("button", name="Record version 1.0").click()
    expect(cms.get_by_text("Landing stages: version 1.0 recorded, announced on 1 March 2015")).to_be_visible()
    cms.goto(f"{site.url}/policies/landing-stages/on/2016-01-01/")
    expect(cms.get_by_text("At the old bridge.")).to_be_visible()
