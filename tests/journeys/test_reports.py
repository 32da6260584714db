"""The reports, what needs a hand and the guide, as editors see them: nothing for axe to find, in light and in dark."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import assert_accessible_in_light_and_dark

REPORTS = ("hand", "versions", "notices", "engagement", "people", "answers")


@pytest.mark.parametrize("name", REPORTS)
def test_each_report_is_accessible(site, cms: Page, name: str):
    cms.goto(f"{site.url}/cms/policies/reports/{name}/")
    expect(cms.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible_in_light_and_dark(cms)


def test_the_first_page_shows_what_needs_a_hand(site, cms: Page):
    cms.goto(f"{site.url}/cms/")
    expect(cms.get_by_role("heading", name="What needs a hand")).to_be_visible()
    assert_accessible_in_light_and_dark(cms)


def test_help_leads_to_the_guide_with_its_pictures(site, cms: Page):
    cms.goto(f"{site.url}/cms/")
    cms.get_by_role("button", name="Help").click()
    cms.get_by_role("link", name="Guide for editors").first.click()
    expect(cms.get_by_role("heading", level=1)).to_contain_text("Writing and announcing policies")
    for picture in cms.locator(".guide img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0, picture.get_attribute("src")
    assert_accessible_in_light_and_dark(cms)


def test_a_report_is_narrowed_and_taken_away(site, cms: Page):
    cms.goto(f"{site.url}/cms/policies/reports/versions/?standing=upcoming")
    expect(cms.get_by_role("cell", name="Upcoming").first).to_be_visible()
    cms.get_by_role("button", name="Actions").first.click()
    with cms.expect_download() as download:
        cms.get_by_role("link", name="Download CSV").click()
    text = download.value.path().read_text()
    assert "Upcoming" in text
    assert "Superseded" not in text
