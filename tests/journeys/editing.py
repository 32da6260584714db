"""What an editor does on the page of a policy in the CMS."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urljoin

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

# Wagtail's scripts say when they watch what is typed, and when they have saved it; nothing on the page shows it.
# On the element, where a locator finds it: the policy of the CMS lets nobody evaluate a string.
LISTEN = """
const heard = { watching: 0, saved: 0 };
const write = () => Object.assign(document.documentElement.dataset, heard);
document.addEventListener("w-unsaved:watch-edits", () => { heard.watching++; write(); });
document.addEventListener("w-autosave:success", () => { heard.saved++; write(); });
"""
TO_OPEN, TIMES_TO_OPEN = 5_000, 4
A_LOOK = 700  # milliseconds: Wagtail looks for edits twice a second


def listen_to_wagtail(page: Page) -> Page:
    """Have each page that is opened from now on remember what Wagtail's scripts say."""
    page.add_init_script(LISTEN)
    return page


def until_watched(page: Page) -> None:
    """Wait until Wagtail notices what is typed: it begins anew when an editor of its own is there at last."""
    page.locator("html[data-watching]").wait_for(state="attached")
    before = None
    while (times := page.locator("html").get_attribute("data-watching")) != before:
        before = times
        page.wait_for_timeout(A_LOOK)


def open_policy(page: Page, url: str, title: str) -> None:
    listen_to_wagtail(page)
    page.goto(f"{url}/cms/policies/")
    with page.expect_navigation():
        page.get_by_role("link", name=title).first.click()
    until_watched(page)


@contextmanager
def autosaved(page: Page) -> Iterator[None]:
    """Type, and wait until Wagtail has saved all of it: leaving earlier meets one's own save as another's."""
    until_watched(page)
    saved = page.locator("html").get_attribute("data-saved")
    yield
    expect(page.locator("html")).not_to_have_attribute("data-saved", str(saved))
    page.wait_for_timeout(A_LOOK)
    expect(page.locator("form[data-w-unsaved-has-edits-value]")).to_have_attribute(
        "data-w-unsaved-has-edits-value", "false"
    )


def call_it_an_amendment(page: Page) -> None:
    """Say in the panel that the meaning changes, and that it is a change of no kind in particular."""
    page.get_by_label(re.compile("Yes, it is an amendment")).check()
    page.locator("input[name=kinds][value=other]").check()


def set_schedule(page: Page) -> None:
    """Open Wagtail's panel and its dialog for times. The panel closes by itself if a save is answered just then."""
    button = page.get_by_role("button", name="Set schedule")
    for _ in range(TIMES_TO_OPEN):
        page.get_by_role("button", name="Toggle status").click()
        with suppress(PlaywrightTimeout):
            button.click(timeout=TO_OPEN)
            return
    raise AssertionError("the panel of the status does not stay open")


def press_announce(page: Page) -> None:
    page.locator("footer").get_by_role("button", name="More actions").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Announce").click()


def confirm_announcing(page: Page) -> None:
    """Press the button at the end of the look."""
    with page.expect_navigation():
        page.locator(".look__deed").get_by_role("button", name="Announce version").click()


def set_hold(cms: Page, minutes: int) -> None:
    """Choose how long e-mails wait after announcing. The menu has two entries of the same name."""
    cms.goto(urljoin(cms.url, "/cms/settings/notices/noticesettings/"))
    cms.get_by_role("spinbutton", name="Minutes of hold").fill(str(minutes))
    cms.get_by_role("button", name="Save").click()
    expect(cms.get_by_text("Notices updated")).to_be_visible()
