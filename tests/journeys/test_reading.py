"""A visitor reads, compares and proves policies, with and without JavaScript, at any width, in light and dark."""

import re
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import PUBLIC, assert_accessible, assert_fits, only_this_host


@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_page_is_accessible_and_fits_in_light_and_dark(site, page: Page, path):
    asked = only_this_host(page, site.url)
    page.goto(site.url + path)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour half-way to another
            assert_accessible(page)
    assert asked.elsewhere == []


def test_the_menu_stands_still_from_page_to_page(site, page: Page):
    page.set_viewport_size({"width": 768, "height": 900})
    places = []
    for path in ("/", "/policies/", "/contact/", "/account/login/"):
        page.goto(site.url + path)
        links = page.get_by_role("navigation", name="Main").get_by_role("link").all()
        places.append([(link.inner_text(), link.bounding_box()) for link in links])
    assert places == places[:1] * 4


def test_a_visitor_reads_what_is_in_force_and_what_comes(site, page: Page):
    page.goto(site.url)
    page.get_by_role("link", name="Privacy policy", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Privacy policy")
    expect(page.get_by_text("12 August 2026").first).to_be_visible()
    page.get_by_role("link", name=re.compile("see what changes")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Changes from version 2.1 to 3.0")
    expect(page.locator("ins").first).to_be_visible()
    expect(page.locator("del").first).to_be_visible()


def test_a_visitor_finds_the_version_of_a_day(site, page: Page):
    page.goto(f"{site.url}/policies/privacy/versions/")
    page.get_by_role("link", name="What applied on a day").click()
    page.get_by_label("Day", exact=True).fill("4/5/2016")
    page.get_by_role("button", name="Show the version").click()
    expect(page.get_by_text("On Wednesday 4 May 2016, version 1.0 was in force")).to_be_visible()
    page.get_by_role("link", name="Read version 1.0", exact=True).click()
    expect(page).to_have_url(re.compile(r"/versions/1\.0/$"))
    expect(page.get_by_text("Superseded").first).to_be_visible()


def test_a_copied_text_is_recognised(site, page: Page):
    with urllib.request.urlopen(f"{site.url}/policies/privacy/versions/1.0/text/") as answer:
        text = answer.read().decode()
    page.goto(f"{site.url}/policies/privacy/verify/")
    page.locator("textarea").fill(text)
    page.get_by_role("button", name="Find the version").click()
    expect(page.locator("main")).to_contain_text("version 1.0")


def test_the_text_served_has_the_digest_shown(site, page: Page):
    import hashlib

    with urllib.request.urlopen(f"{site.url}/policies/privacy/versions/2.1/text/") as answer:
        digest = hashlib.sha256(answer.read()).hexdigest()
    page.goto(f"{site.url}/policies/privacy/versions/2.1/")
    expect(page.locator("main")).to_contain_text(digest)


def test_everything_reads_without_javascript(site, browser):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 800})
    page = context.new_page()
    for path in PUBLIC:
        assert page.goto(site.url + path).status in {200, 404}
        expect(page.locator("h1")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 740)])
@pytest.mark.parametrize("policy", ["terms", "cookies"])
def test_where_nothing_is_upcoming_the_policy_begins_on_the_first_screen(site, page: Page, policy, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{site.url}/policies/{policy}/")
    expect(page.locator(".banner--upcoming")).to_have_count(0)
    first = page.locator(".document :is(p, dt)").first
    box = first.bounding_box()
    assert box is not None and box["y"] + 24 <= height, f"{first.inner_text()} stands {box['y']} px down"


def test_the_contents_are_folded_on_a_phone_and_open_where_there_is_room(site, page: Page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site.url}/policies/privacy/")
    entry = page.locator(".contents li a").first
    expect(entry).to_be_hidden()
    page.locator(".contents summary").click()
    expect(entry).to_be_visible()
    page.locator(".contents summary").click()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(entry).to_be_visible()


def test_the_number_of_a_clause_is_a_link_that_leads_to_it(site, page: Page):
    page.goto(f"{site.url}/policies/privacy/")
    number = page.locator(".document .clauses a.number").first
    expect(number).to_be_visible()
    number.click()
    assert page.url.endswith(number.get_attribute("href"))
    expect(page.locator(":target")).to_contain_text(number.inner_text())


def test_a_table_on_a_phone_is_cards_that_name_their_columns(site, page: Page):
    page.set_viewport_size({"width": 320, "height": 740})
    page.goto(f"{site.url}/policies/privacy/")
    table = page.locator(".text-table").first
    inside = table.evaluate("(it) => it.scrollWidth <= it.parentElement.clientWidth")
    label = table.locator("td[data-label]").first.evaluate("(it) => getComputedStyle(it, '::before').content")
    assert inside and label.strip('"') and label != "none"


def test_what_the_feed_says_can_be_read_in_a_browser(site, page: Page):
    page.goto(f"{site.url}/policies/privacy/")
    page.get_by_role("link", name=re.compile("^Feed of its changes")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Privacy policy: what was announced")
    feed = page.locator(".aside a.digest")
    expect(feed).to_have_text(f"{site.url}/policies/privacy/feed.atom")
