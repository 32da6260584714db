"""What an editor does on the page of a policy in the CMS."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

from playwright.sync_api import Page, expect


def open_policy(page: Page, url: str, title: str) -> None:
    page.goto(f"{url}/cms/policies/")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2500)  # Wagtail's own scripts notice nothing that is typed before they are up


@contextmanager
def autosaved(page: Page) -> Iterator[None]:
    """Type, and wait until Wagtail has saved it by itself: leaving earlier meets one's own save as another's."""
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit/")):
        yield
    page.wait_for_timeout(1500)
    page.wait_for_load_state("networkidle")


def call_it_an_amendment(page: Page) -> None:
    """Say in the panel that the meaning changes, and that it is a change of no kind in particular."""
    page.get_by_label(re.compile("Yes, it is an amendment")).check()
    page.locator("input[name=kinds][value=other]").check()


def press_announce(page: Page) -> None:
    page.locator("footer").get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Announce").click()
    page.wait_for_load_state("networkidle")


def confirm_announcing(page: Page) -> None:
    """Press the button at the end of the look."""
    page.locator(".look__deed").get_by_role("button", name="Announce version").click()
    page.wait_for_load_state("networkidle")


def set_hold(cms: Page, minutes: int) -> None:
    """Choose how long e-mails wait after announcing. The menu has two entries of the same name."""
    cms.goto(urljoin(cms.url, "/cms/settings/notices/noticesettings/"))
    cms.get_by_role("spinbutton", name="Minutes of hold").fill(str(minutes))
    cms.get_by_role("button", name="Save").click()
    expect(cms.get_by_text("Notices updated")).to_be_visible()
