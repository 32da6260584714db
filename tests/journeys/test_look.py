"""Between the button and the deed: a draft is looked at, tried out by mail, and then announced."""

import os
import re
import time
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.editing import autosaved, call_it_an_amendment, confirm_announcing, open_policy, press_announce
from tests.journeys.looking import assert_accessible_in_light_and_dark, assert_fits, only_this_host
from tests.journeys.mail import PATIENCE, Mailbox
from tests.journeys.running import ADMIN

PICTURES = os.environ.get("PICTURES", "")  # a directory, for whoever wants to see how it looks
numbers = count(1)


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png")


@pytest.fixture
def title(site, cms: Page, tmp_path) -> str:
    """A policy of the test's own, in force; an amendment of it was written, and its look is open."""
    number = next(numbers)
    title, text = f"Visiting {number}", tmp_path / "visiting.md"
    for hour, words in ((9, ("--announce",)), (10, ())):
        text.write_text(f"# {title}\n\n## When\n\nFrom {hour} o'clock.\n\n## Where\n\nAt the front door.\n")
        site.manage("import_policy", str(text), "--slug", f"visiting-{number}", *words)
    open_policy(cms, site.url, title)
    with autosaved(cms):
        call_it_an_amendment(cms)
        cms.locator("input[name=kinds][value=rights]").check()
        cms.locator("textarea[name=change_summary]").fill("We open an hour later.\nThe nights are long.")
    picture(cms, "editor")
    press_announce(cms)
    return title


def test_a_draft_is_looked_at_tried_out_and_announced(site, cms: Page, title, mailbox: Mailbox):
    asked = only_this_host(cms, site.url)
    main = cms.locator("main")
    expect(main).to_contain_text("Rights: 14 days of notice")
    expect(main).to_contain_text("in 14 days")
    expect(main).to_contain_text("would get it")
    expect(cms.frame_locator("iframe[title^=Redline]").locator("ins", has_text="10")).to_be_visible()
    mail = cms.frame_locator("iframe[title='The e-mail as HTML']")
    expect(mail.get_by_role("heading", name=re.compile(f"{title}: changes from"))).to_be_visible()
    assert mail.locator(".letter").evaluate("letter => getComputedStyle(letter).borderTopWidth") == "4px"
    expect(cms.frame_locator("iframe[title='The e-mail as plain text']").locator("body")).to_contain_text("rights")

    cms.get_by_role("button", name="Send me a test").click()
    expect(cms.get_by_text(f"The mail was sent to {ADMIN}, and to nobody else.")).to_be_visible()
    assert about(mailbox, title) == [[ADMIN]]

    confirm_announcing(cms)
    expect(cms.get_by_text(re.compile(f"{title}: version 2.0 announced, in force from"))).to_be_visible()
    assert asked.elsewhere == []
    cms.goto(f"{site.url}/policies/{title.lower().replace(' ', '-')}/versions/")
    expect(cms.get_by_text("Rights")).to_be_visible()


def about(mailbox: Mailbox, title: str) -> list[list[str]]:
    """Wait for mail about a policy, and return to whom it went."""
    end = time.monotonic() + PATIENCE
    while not (found := [to for to, mail in list(mailbox.mails) if title in str(mail["Subject"])]):
        assert time.monotonic() < end
        time.sleep(0.2)
    return found


def test_the_look_is_for_everybody(site, cms: Page, browser, admins_cookies, title):
    address = cms.url
    for width in (320, 1280):
        cms.set_viewport_size({"width": width, "height": 900})
        cms.goto(address)
        assert_fits(cms)
        assert_accessible_in_light_and_dark(cms)
        for scheme in ("light", "dark"):
            cms.emulate_media(color_scheme=scheme)
            cms.set_viewport_size({"width": width, "height": 3600})
            cms.wait_for_timeout(1500 if PICTURES else 0)
            picture(cms, f"look-{width}-{scheme}")
    without_scripts = browser.new_context(storage_state=cms.context.storage_state(), java_script_enabled=False)
    page = without_scripts.new_page()
    page.goto(address)
    expect(page.locator(".look")).to_contain_text("Rights: 14 days of notice")
    page.locator(".look__deed button").click()
    expect(page.locator("main")).to_contain_text(f"{title}: version 2.0 announced")
    without_scripts.close()
