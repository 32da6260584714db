"""People look in their own ways: in the colours of their system, at twice the size, with larger text alone."""

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.looking import PUBLIC, assert_fits

# What is left in forced colours: lines and letters; grounds, shades and colours are the system's.
LEFT = """(element) => {
  const style = getComputedStyle(element);
  return [style.textDecorationLine, style.borderTopStyle, style.borderTopWidth, style.borderBottomWidth,
          style.outlineStyle, style.outlineWidth, style.fontWeight].join();
}"""


@pytest.fixture
def forced(site, browser: Browser):
    """A browser of somebody who has chosen the colours of all pages."""
    context = browser.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site.url}/policies/")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    yield page
    context.close()


def look_of(page: Page, selector: str) -> str:
    return str(page.locator(selector).first.evaluate(LEFT))


def test_in_forced_colours_a_button_has_an_edge_and_focus_a_ring(site, forced: Page):
    for path in ("/", "/contact/", "/account/login/", "/policies/privacy/versions/"):
        forced.goto(site.url + path)
        for button in forced.locator(".button").all():
            edge = button.evaluate("it => [getComputedStyle(it).borderTopStyle, getComputedStyle(it).borderTopWidth]")
            assert edge[0] == "solid" and edge[1] != "0px", (path, button.inner_text())
        button = forced.locator(".button").first
        button.focus()
        ring = button.evaluate("it => [getComputedStyle(it).outlineStyle, getComputedStyle(it).outlineWidth]")
        assert ring[0] == "solid" and ring[1] != "0px", path


def test_in_forced_colours_one_sees_where_one_is(site, forced: Page):
    here, elsewhere = '.site-nav [aria-current="page"]', ".site-nav a:not([aria-current])"
    assert look_of(forced, here) != look_of(forced, elsewhere)


def test_in_forced_colours_one_sees_what_is_chosen(site, forced: Page):
    assert look_of(forced, '.theme [aria-pressed="true"]') != look_of(forced, '.theme [aria-pressed="false"]')


def test_in_forced_colours_added_and_removed_words_differ(site, forced: Page):
    forced.goto(f"{site.url}/policies/privacy/compare/1.0/2.0/")
    assert "underline" in look_of(forced, ".redline ins")
    assert "line-through" in look_of(forced, ".redline del")


@pytest.mark.parametrize("path", PUBLIC)
def test_at_twice_the_size_and_with_larger_text_alone_nothing_sticks_out(site, page: Page, path):
    """640 pixels are those of 1280 at a zoom of 200 % (WCAG 2.2, 1.4.4)."""
    page.set_viewport_size({"width": 640, "height": 450})
    page.goto(site.url + path)
    assert_fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert_fits(page)
