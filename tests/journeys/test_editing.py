"""An editor's whole loop: draft, preview, redline, announce, see it live."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.editing import (
    autosaved,
    call_it_an_amendment,
    confirm_announcing,
    open_policy,
    press_announce,
    until_watched,
)
from tests.journeys.looking import assert_accessible, only_this_host

WORDS = "We answer within five working days."


def test_an_editor_drafts_previews_compares_and_announces(site, cms: Page, tmp_path):
    text = tmp_path / "answers.md"
    text.write_text("# Answers\n\nWe answer every letter.\n\n## Where\n\nBy post.\n")
    site.manage("import_policy", str(text), "--slug", "answers", "--announce")
    asked = only_this_host(cms, site.url)
    open_policy(cms, site.url, "Answers")
    expect(cms.get_by_text("there is nothing to announce")).to_be_visible()
    assert {"Add a block", "Add a section"} <= {*cms.locator(".add-button__words").all_inner_texts()}

    editor = cms.locator("[data-contentpath=preamble] .public-DraftEditor-content").first
    editor.click()
    cms.keyboard.press("Control+End")
    with autosaved(cms):
        cms.keyboard.type(f" {WORDS}")
    expect(cms.get_by_text("there is nothing to announce")).to_be_hidden()
    expect(cms.get_by_role("link", name="See what it changes")).to_have_attribute("href", re.compile("/redline/$"))

    press_announce(cms)
    expect(cms.get_by_text("Say in plain words what changes and why")).to_be_visible()
    assert WORDS not in cms.request.get(f"{site.url}/policies/answers/").text()

    until_watched(cms)  # after a refusal Wagtail saves once, and nothing that is typed then
    call_it_an_amendment(cms)
    cms.locator("textarea[name=change_summary]").fill("We now say how fast we answer.")
    cms.get_by_role("button", name="Toggle preview").click()
    frame = cms.frame_locator("#w-preview-iframe, iframe[data-w-preview-target=iframe]").first
    expect(frame.get_by_text(WORDS)).to_be_visible(timeout=20_000)
    cms.locator("[data-w-preview-target=mode]").select_option("redline")
    expect(frame.locator("ins", has_text="five working days").first).to_be_visible(timeout=20_000)

    press_announce(cms)
    expect(cms.get_by_role("button", name="Announce version 2.0")).to_be_visible()
    assert WORDS not in cms.request.get(f"{site.url}/policies/answers/").text()
    confirm_announcing(cms)
    expect(cms.get_by_text("Answers: version 2.0 announced, in force from today.")).to_be_visible()
    assert asked.elsewhere == []

    cms.goto(f"{site.url}/policies/answers/")
    expect(cms.get_by_text(WORDS)).to_be_visible()
    cms.get_by_text("What changed last, on").click()
    expect(cms.get_by_text("We now say how fast we answer.")).to_be_visible()
    cms.goto(f"{site.url}/policies/answers/compare/1.0/2.0/")
    expect(cms.locator("ins", has_text="five working days").first).to_be_visible()
    assert_accessible(cms)


def test_deleting_an_announced_policy_is_refused_with_the_reason(site, cms: Page):
    open_policy(cms, site.url, "Privacy policy")
    number = re.search(r"/pages/(\d+)/", cms.url)[1]
    answer = cms.goto(f"{site.url}/cms/pages/{number}/delete/")
    assert answer.status == 409
    expect(cms.locator("main")).to_contain_text("Privacy policy")
    assert cms.request.get(f"{site.url}/policies/privacy/").status == 200


def test_an_upcoming_version_is_withdrawn_with_a_reason_that_readers_see(site, cms: Page, tmp_path):
    for number, day in ((1, "2026-01-01"), (2, "2999-01-01")):
        text = tmp_path / "opening.md"
        text.write_text(f"# Opening hours\n\n## When\n\nFrom {number} o'clock.\n")
        words = ("--announce",) if number == 2 else ("--announced-on", day)
        words += ("--effective-from", day, "--significance", "amendment", "--kind", "other", "--summary", "Later.")
        site.manage("import_policy" if number == 2 else "record_policy", str(text), "--slug", "opening", *words)
    open_policy(cms, site.url, "Opening hours")
    cms.get_by_role("link", name="All versions").first.click()
    cms.get_by_role("link", name=re.compile("Withdraw")).first.click()
    cms.locator("textarea[name=reason]").fill("The date was too early.")
    with cms.expect_navigation():
        cms.get_by_role("button", name=re.compile("Withdraw")).click()
    cms.goto(f"{site.url}/policies/opening/versions/2.0/")
    expect(cms.get_by_text("The date was too early.").first).to_be_visible()
    cms.goto(f"{site.url}/policies/opening/")
    expect(cms.get_by_text("This policy changes on")).to_have_count(0)
