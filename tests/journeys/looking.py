"""What the journeys look for on every page."""

import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

PUBLIC = [
    "/",
    "/about/",
    "/accessibility/",
    "/contact/",
    "/contact/?policy=privacy&version=3.0",
    "/policies/",
    "/policies/privacy/",
    "/policies/feed/",
    "/policies/privacy/feed/",
    "/policies/privacy/versions/",
    "/policies/privacy/versions/1.0/",
    "/policies/privacy/versions/3.0/",
    "/policies/privacy/compare/1.0/2.0/",
    "/policies/privacy/compare/1.0/2.0/?view=side",
    "/policies/privacy/compare/",
    "/policies/privacy/changes/",
    "/policies/privacy/on/",
    "/policies/privacy/verify/",
    "/policies/terms/",
    "/policies/nonsense/",
    "/nonsense/",
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/password/reset/done/",
    "/account/confirm-email/",
    "/account/confirm-email/nonsense/",
    "/account/inactive/",
]
# What somebody finds who is signed in and was told of a change of the cookie policy.
TOLD = [
    "/",
    "/policies/cookies/",
    "/account/policies/",
    "/policies/cookies/changes/",
    "/policies/cookies/changes/?to=1.0",
]


@dataclass
class Asked:
    """The addresses a page asked for that are not this site's."""

    elsewhere: list[str] = field(default_factory=list)


def only_this_host(page: Page, url: str) -> Asked:
    asked = Asked()

    def look(request: object) -> None:
        if urlsplit(request.url).scheme in {"http", "https", "ws", "wss"} and not request.url.startswith(url):
            asked.elsewhere.append(request.url)

    page.on("request", look)
    return asked


def assert_accessible(page: Page, **options: object) -> None:
    page.wait_for_load_state()
    # A colour half-way from light to dark is nobody's.
    page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))")
    found = Axe().run(page, **options)
    assert found.violations_count == 0, found.generate_report()


def becomes(page: Page, expression: str, seconds: float = 10) -> bool:
    """Whether something is so in a page by then. Playwright's own way asks by `eval`, which our policy forbids."""
    end = time.monotonic() + seconds
    while not (so := bool(page.evaluate(expression))) and time.monotonic() < end:
        page.wait_for_timeout(100)
    return so


def assert_fits(page: Page) -> None:
    """Nothing sticks out sideways (WCAG 2.2, 1.4.10: reflow at 320 CSS pixels)."""
    width = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert width[0] <= width[1], f"{page.url} is {width[0]} wide in a window of {width[1]}"


def assert_accessible_in_light_and_dark(page: Page, **options: object) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page, **options)
