"""Copies of a policy made with a real browser are recognised: saved, copied whole or in part, printed, mailed."""

import re
import textwrap

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import assert_accessible_in_light_and_dark

VERSION = "/policies/privacy/versions/2.0/"


@pytest.fixture
def shown(site, page: Page) -> Page:
    page.goto(site.url + VERSION)
    return page


def answer(site, page: Page, *, text: str = "", file: tuple[str, str] | None = None) -> str:
    page.emulate_media(media="screen")
    page.goto(f"{site.url}/policies/privacy/verify/")
    if file:
        name, content = file
        page.locator("input[type=file]").set_input_files(
            [{"name": name, "mimeType": "application/octet-stream", "buffer": content.encode()}]
        )
    else:
        page.locator("textarea").fill(text)
    page.get_by_role("button", name="Find the version").click()
    return page.locator("#found_title").inner_text()


IS_VERSION = "This is version 2.0 of Privacy policy"


def test_a_page_saved_from_the_browser_is_the_version(site, shown):
    assert answer(site, shown, file=("saved.html", shown.content())) == IS_VERSION
    expect(shown.locator("main")).to_contain_text("around the text, such as its menu")
    assert_accessible_in_light_and_dark(shown)


def test_a_page_saved_as_one_file_is_the_version(site, shown):
    archive = shown.context.new_cdp_session(shown).send("Page.captureSnapshot")["data"]
    assert answer(site, shown, file=("saved.mhtml", archive)) == IS_VERSION


@pytest.mark.parametrize("part", ["body", "main", "article"])
@pytest.mark.parametrize("media", ["screen", "print"])
def test_the_words_of_a_page_are_the_version(site, shown, part, media):
    shown.emulate_media(media=media)
    assert answer(site, shown, text=shown.locator(part).first.inner_text()) == IS_VERSION


@pytest.mark.parametrize("part", ["body", "main", "article"])
def test_what_is_selected_and_copied_is_the_version(site, shown, part):
    select = (
        "(part) => { getSelection().selectAllChildren(document.querySelector(part)); return String(getSelection()) }"
    )
    assert answer(site, shown, text=shown.evaluate(select, part)) == IS_VERSION


def test_a_mail_with_the_text_is_the_version(site, shown):
    words = shown.locator("article").inner_text()
    wrapped = "\n".join(line for text in words.splitlines() for line in textwrap.wrap(text, 66) or [""])
    assert answer(site, shown, text=textwrap.indent(wrapped, "> ", lambda line: True)) == IS_VERSION


def printed(words: str, title: str, url: str) -> str:
    """What reading programs get from a PDF: short lines, words broken at hyphens, the edges of the pages between."""
    wrapped = (textwrap.wrap(text, 50, break_long_words=False) or [""] for text in words.splitlines())
    lines = [line for text in wrapped for line in text]
    pages = [lines[at : at + 30] for at in range(0, len(lines), 30)]
    found = []
    for number, page in enumerate(pages, 1):
        found += [f"26/11/2026, 10:15 {title}", *page, f"{url} {number}/{len(pages)}"]
    text = "\n".join(found)
    return re.sub(r" (infor)(mation)\b", r" \1-\n\2", text)


def test_a_printed_page_read_from_its_pdf_is_the_version(site, shown):
    shown.emulate_media(media="print")
    text = printed(shown.locator("main").inner_text(), shown.title(), shown.url)
    assert "infor-\nmation" in text
    assert answer(site, shown, text=text) == IS_VERSION


def test_what_is_printed_says_whose_it_is_and_has_nothing_to_press(shown):
    assert shown.get_by_role("navigation").count() > 1
    shown.emulate_media(media="print")
    assert "Plum Medical Services" in shown.locator("body").inner_text()
    expect(shown.locator(".site-nav")).to_be_hidden()
    for pressed in ("button", "textbox"):
        assert shown.get_by_role(pressed).count() == 0, pressed


def test_the_plain_text_and_the_json_are_the_version(site, shown):
    for form, name in (("text", "policy.txt"), ("json", "policy.json")):
        content = shown.request.get(f"{site.url}{VERSION}{form}/").text()
        assert answer(site, shown, file=(name, content)) == IS_VERSION
        expect(shown.locator("main")).to_contain_text("to the letter")


def test_what_was_changed_in_a_copied_page_is_shown(site, shown):
    words = shown.locator("body").inner_text()
    assert words.count(" not ") > 1
    assert answer(site, shown, text=words.replace(" not ", " ", 1)) == (
        "This is a part of version 2.0: 1 of its words is missing"
    )
    assert answer(site, shown, text=f"{words}\nWe may sell what you tell us to anybody.") == (
        "This is version 2.0 with 9 words added"
    )
    expect(shown.locator(".redline ins")).to_contain_text("We may sell what you tell us to anybody.")
