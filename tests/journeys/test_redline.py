"""A reader goes through a redline: by list, by links, by keys, on a phone, side by side, on paper."""

import pytest
from playwright.sync_api import Page, expect

REDLINE = "/policies/privacy/compare/2.1/3.0/"


def at(page: Page) -> str:
    return page.evaluate("location.hash")


def test_the_keys_n_and_p_lead_from_change_to_change(site, page: Page):
    page.goto(site.url + REDLINE)
    for key, change in (("n", 1), ("n", 2), ("n", 3), ("p", 2)):
        page.keyboard.press(key)
        assert at(page) == f"#change_{change}"
        expect(page.locator(f"#change_{change}")).to_be_focused()
        expect(page.locator(f"#change_{change}")).to_be_in_viewport()
        expect(page.locator(".change-bar__place")).to_contain_text(f"Change {change} of")
    page.get_by_label("Keys P and N").uncheck()
    page.keyboard.press("n")
    assert at(page) == "#change_2"
    page.get_by_role("button", name="Next").click()
    assert at(page) == "#change_3"


def test_a_field_takes_its_own_letters(site, page: Page):
    page.goto(site.url + REDLINE)
    page.locator("#compare_from").focus()
    page.keyboard.press("n")
    assert at(page) == ""


def test_without_scripts_links_lead_from_change_to_change(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url + REDLINE)
    expect(page.locator(".change-bar")).to_be_hidden()
    page.locator(".change-list a").first.click()
    page.locator("#change_1").get_by_label("Next change").click()
    page.locator("#change_2").get_by_label("Previous change").click()
    expect(page).to_have_url(f"{site.url}{REDLINE}#change_1")
    context.close()


@pytest.mark.parametrize("width", [768, 1280])
def test_side_by_side_is_side_by_side(site, page: Page, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site.url}{REDLINE}?view=side")
    row = page.locator(".redline__row--changed").first
    old, new = (row.locator(f".redline__{side}").bounding_box() for side in ("old", "new"))
    assert old["y"] == new["y"]
    assert old["x"] + old["width"] < new["x"]


def test_on_a_phone_each_half_says_whose_it_is(site, page: Page):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto(f"{site.url}{REDLINE}?view=side")
    row = page.locator(".redline__row--changed").first
    old, new = (row.locator(f".redline__{side}").bounding_box() for side in ("old", "new"))
    assert old["y"] + old["height"] <= new["y"]
    for whose in ("Version 2.1", "Version 3.0"):
        label = row.get_by_text(whose, exact=True)
        expect(label).to_be_visible()
        assert label.bounding_box()["height"] > 10


def test_paper_shows_what_is_folded(site, page: Page):
    page.goto(site.url + REDLINE)
    seen = "[...document.querySelectorAll('.redline details .redline__line')].map((line) => line.checkVisibility())"
    assert not any(page.evaluate(seen))
    page.emulate_media(media="print")
    assert all(page.evaluate(seen))


def test_marked_words_are_copied_and_heard_with_what_happened_to_them(site, page: Page):
    page.goto(site.url + REDLINE)
    line = page.locator(".redline__line--changed").nth(1)
    copied = line.inner_text()
    assert "your IP address [removed: and, if you have agreed to statistics, your rough location];" in copied
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    heard = {node.get("name", {}).get("value", "").strip() for node in nodes if not node["ignored"]}
    assert {"[removed:", "[added:"} <= heard
