"""The main job on real input: the company's own policy imported, announced, amended, read, compared and proved."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import assert_accessible, assert_fits

SEED = Path(__file__).resolve().parents[3] / "shared" / "data" / "plum-privacy-policy.txt"
WORDS = ("--slug", "website-privacy", "--title", "Website privacy policy", "--sentence-case", "--announce")


@pytest.mark.skipif(not SEED.exists(), reason="the company's own document is not here")
def test_the_companys_policy_is_imported_amended_read_compared_and_proved(site, page: Page, tmp_path):
    report = site.manage("import_policy", str(SEED), *WORDS)
    assert "12 sections, 3 lists, 20 list items" in report
    assert "Announced Website privacy policy 1.0" in report

    amended = tmp_path / "amended.txt"
    fee = "Provision of such information will be subject the payment of a fee."
    assert fee in SEED.read_text()
    amended.write_text(SEED.read_text().replace(fee, "Provision of such information is free of charge."))
    words = ("--significance", "amendment", "--kind", "other", "--summary", "A copy of your information is free.")
    assert "Announced Website privacy policy 2.0" in site.manage("import_policy", str(amended), *WORDS, *words)

    address = f"{site.url}/policies/website-privacy/"
    page.goto(address)
    expect(page.locator("article.document")).to_contain_text("is free of charge")
    expect(page.locator("article.document h2")).to_have_count(12)
    expect(page.locator("article.document")).to_contain_text("Frogmore Cottage")
    assert_accessible(page)

    page.goto(f"{address}compare/1.0/2.0/")
    expect(page.locator("ins").filter(has_text="free")).not_to_have_count(0)
    expect(page.locator("del").filter(has_text="fee")).not_to_have_count(0)
    page.set_viewport_size({"width": 320, "height": 800})
    assert_fits(page)

    page.goto(f"{address}verify/")
    page.locator("textarea").fill(page.request.get(f"{address}versions/1.0/text/").text())
    page.get_by_role("button", name="Find the version").click()
    expect(page.locator("main")).to_contain_text(re.compile("version 1.0"))
    assert "as they were announced" in site.manage("verify_policies", "website-privacy")
