"""Days typed in the CMS: what was typed stays, is said in words, and nobody announces from a day that is none."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.editing import open_policy, press_announce, set_schedule
from tests.journeys.looking import assert_accessible

IN_FORCE_FROM = "input[name=effective_from]"
MEANING = ".day-input:has(input[name=effective_from]) output"


@pytest.fixture(scope="module")
def policy(site, tmp_path_factory) -> str:
    """A policy of its own: what is typed here Wagtail saves, and a schedule stays."""
    text = tmp_path_factory.mktemp("lending") / "lending.md"
    text.write_text("# Lending\n\n## When\n\nFrom one o'clock.\n")
    days = ("--announced-on=2026-01-01", "--effective-from=2026-01-01")
    site.manage("record_policy", str(text), "--slug=lending", *days)
    return "Lending"


def type_day(page: Page, text: str) -> None:
    page.locator(IN_FORCE_FROM).fill("")
    page.locator(IN_FORCE_FROM).press_sequentially(text)
    page.keyboard.press("Tab")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/12/2026", "Thursday 31 December 2026"),
        ("1st Jan 27", "Friday 1 January 2027"),
        ("01.02.2027", "Monday 1 February 2027"),
        ("garbage", "“garbage” is not understood as a day"),
    ],
)
def test_what_was_typed_stays_and_is_said_in_words(site, cms: Page, policy, typed, said):
    open_policy(cms, site.url, policy)
    type_day(cms, typed)
    expect(cms.locator(MEANING)).to_contain_text(said)
    expect(cms.locator(IN_FORCE_FROM)).to_have_value(typed)


def test_nobody_announces_from_a_day_that_is_none(site, cms: Page, policy):
    open_policy(cms, site.url, policy)
    cms.get_by_label(re.compile("No, it corrects")).check()
    cms.locator("textarea[name=change_summary]").fill("A typo.")
    type_day(cms, "12/31/2027")
    press_announce(cms)
    expect(cms.locator(".w-field__errors")).to_contain_text(["There is no month 31. Write the day first"])
    expect(cms.locator(IN_FORCE_FROM)).to_have_value("12/31/2027")
    assert "1.1" not in cms.request.get(f"{site.url}/policies/lending/versions/").text()


def test_the_calendar_writes_a_day_and_leaves_nothing_open(site, cms: Page, policy):
    open_policy(cms, site.url, policy)
    type_day(cms, "5 January 2027")
    with cms.expect_response(lambda answer: "5+January+2027" in answer.url):
        cms.get_by_role("button", name="Calendar").first.click()
    cms.wait_for_timeout(1000)  # until the browser's calendar is open: no page can see it
    cms.keyboard.press("ArrowRight")
    cms.keyboard.press("Enter")
    expect(cms.locator(IN_FORCE_FROM)).to_have_value("6 January 2027")
    expect(cms.locator(MEANING)).to_have_text("Wednesday 6 January 2027")
    assert_accessible(cms, context=".day-input")


def test_a_schedule_is_typed_with_its_time(site, cms: Page, policy):
    open_policy(cms, site.url, policy)
    set_schedule(cms)
    moment = cms.locator("input[name=go_live_at]")
    moment.fill("1/1/2031 9am")
    cms.keyboard.press("Tab")
    expect(cms.locator(".day-input:has(input[name=go_live_at]) output")).to_have_text("Wednesday 1 January 2031, 09:00")
    cms.get_by_role("button", name="Save schedule").click()
    expect(cms.get_by_text(re.compile("1 January 2031, 09:00|1 Jan 2031")).first).to_be_visible()
