"""Wagtail's panel of checks shows what the policies' own checks find, while the draft is being written."""

from playwright.sync_api import Page, expect

from tests.journeys.editing import autosaved, open_policy
from tests.journeys.looking import assert_accessible_in_light_and_dark


def test_the_panel_of_checks_shows_ours_and_the_page_of_checks_is_accessible(site, cms: Page):
    complaints = []
    cms.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    open_policy(cms, site.url, "Cookie policy")
    editor = cms.locator("[data-contentpath=preamble] .public-DraftEditor-content").first
    editor.click()
    cms.keyboard.press("Control+End")
    with autosaved(cms):
        cms.keyboard.type(" TODO.")
    cms.get_by_role("button", name="Toggle checks").click()
    panel = cms.locator("[data-checks-panel]")
    expect(panel.get_by_text("A placeholder is left in the text")).to_be_visible(timeout=20_000)
    expect(panel.get_by_text("Write what belongs there, or take it out.")).to_be_visible()
    assert [words for words in complaints if "Content Security Policy" in words] == []

    address = cms.get_by_role("link", name="All checks of the saved draft").get_attribute("href")
    cms.goto(site.url + address)
    expect(cms.get_by_text("A placeholder is left in the text.")).to_be_visible()
    assert_accessible_in_light_and_dark(cms)
