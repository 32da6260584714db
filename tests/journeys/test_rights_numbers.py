"""The numbers of requests: the plot and its table in the CMS, the register, added holidays, and the public page."""

import subprocess
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import assert_accessible, assert_accessible_in_light_and_dark, assert_fits
from tests.journeys.running import ROOT

DESK = "/cms/data-protection"
A_YEAR = """
import datetime as dt
from accounts.rights.models import Kind, Outcome, State
from tests.making.rights import a_request

today = dt.date.today()
for days in range(0, 400, 9):
    received, took = today - dt.timedelta(days=days), 10 + days * 7 % 40
    kind = list(Kind)[days // 9 % 7]
    done = received + dt.timedelta(days=took)
    ended = {"state": State.CLOSED, "closed_on": done, "decided_on": done, "outcome": Outcome.GRANTED}
    a_request(kind, received_on=received, acknowledged_on=received, **(ended if done < today else {}))
"""


@pytest.fixture(scope="module")
def _a_year_of_cases(site):
    """Cases of the last year, as the site makes them."""
    words = [sys.executable, "manage.py", "shell", "-v", "0", "-c", A_YEAR]
    subprocess.run(words, env=site.env, cwd=ROOT, check=True)


@pytest.mark.usefixtures("_a_year_of_cases")
class TestInTheCms:
    @pytest.mark.parametrize("page", ["reports/numbers/", "reports/register/"])
    def test_each_page_is_accessible(self, site, cms: Page, page: str):
        cms.goto(f"{site.url}{DESK}/{page}")
        expect(cms.get_by_role("heading", level=1)).to_be_visible()
        assert_accessible_in_light_and_dark(cms)

    def test_the_plot_is_seen_and_its_table_read(self, site, cms: Page):
        cms.goto(f"{site.url}{DESK}/reports/numbers/?by=month")
        expect(cms.get_by_role("img", name="Bars: open cases")).to_be_visible()
        cms.get_by_text("The plot as a table").click()
        expect(cms.get_by_role("columnheader", name="Late at the end").first).to_be_visible()
        assert_accessible(cms)
        cms.get_by_role("link", name="By year").click()
        expect(cms.get_by_role("link", name="By year")).to_have_attribute("aria-current", "true")

    def test_a_bank_holiday_is_added(self, site, cms: Page):
        cms.goto(f"{site.url}{DESK}/holidays/new/")
        assert_accessible_in_light_and_dark(cms)
        cms.get_by_role("textbox", name="Day").fill("2030-01-08")
        cms.get_by_role("textbox", name="Reason").fill("A day of mourning")
        cms.get_by_role("button", name="Create").click()
        expect(cms.get_by_role("cell", name="Tuesday 8 January 2030")).to_be_visible()
        assert_accessible_in_light_and_dark(cms)

    def test_on_a_phone_only_the_tables_are_scrolled(self, site, cms: Page):
        cms.set_viewport_size({"width": 320, "height": 800})
        cms.goto(f"{site.url}{DESK}/reports/numbers/")
        assert_fits(cms)

    def test_the_first_page_shows_what_is_due(self, site, cms: Page):
        cms.goto(f"{site.url}/cms/")
        expect(cms.get_by_role("heading", name="Requests and complaints that are due")).to_be_visible()
        assert_accessible_in_light_and_dark(cms)


def test_everybody_reads_the_numbers_once_they_are_switched_on(site, cms: Page, page: Page):
    assert page.goto(f"{site.url}/data-rights/numbers/").status == 404
    cms.goto(f"{site.url}/cms/settings/rights/publicnumbers/")
    cms.wait_for_url("**/publicnumbers/1/")
    cms.get_by_role("checkbox", name="Show the numbers to everybody").check()
    cms.get_by_role("button", name="Save").click()
    expect(cms.get_by_text("updated")).to_be_visible()
    assert page.goto(f"{site.url}/data-rights/numbers/").status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text("Requests and complaints in numbers")
    assert_accessible_in_light_and_dark(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)
