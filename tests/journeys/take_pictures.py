"""Takes the pictures of docs/editors.md from the journeys' site: `make editors-pictures`. No test: nothing is judged.

A picture that looks as it did before, but for a day or a number, is left as it is, so that it is not committed twice.
"""

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page

from tests.journeys.editing import autosaved, call_it_an_amendment, open_policy
from tests.journeys.running import ROOT, RunningSite

PICTURES = ROOT / "docs" / "pictures"
COLOURS = 96
# Of all dots: a day, a number or a cursor is less, another heading is more.
ALIKE = 0.015


def kept(name: str, shot: bytes) -> None:
    """Write a picture, small, unless the one that is there looks alike."""
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    path = PICTURES / f"{name}.webp"
    if path.exists() and alike(Image.open(path).convert("RGB"), image):
        return
    PICTURES.mkdir(exist_ok=True)
    few = image.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB")
    few.save(path, "WEBP", lossless=True, method=6)


def alike(old: Image.Image, new: Image.Image) -> bool:
    if old.size != new.size:
        return False
    differs = ImageChops.difference(old, new).convert("L").point(lambda value: 255 if value > 48 else 0)
    return differs.histogram()[255] / (new.width * new.height) < ALIKE


def take(page: Page, name: str, *, height: int = 860) -> None:
    """Take what the window shows, from the top of the page down to a height."""
    page.wait_for_load_state("networkidle")
    page.evaluate("Promise.allSettled(document.getAnimations().map((animation) => animation.finished))")
    kept(
        name,
        page.screenshot(animations="disabled", caret="hide", clip={"x": 0, "y": 0, "width": 1280, "height": height}),
    )


def number_of(page: Page) -> str:
    return re.search(r"/pages/(\d+)/", page.url)[1]


@pytest.fixture
def desk(site: RunningSite, cms: Page) -> Page:
    cms.set_viewport_size({"width": 1280, "height": 860})
    cms.set_default_timeout(90_000)  # a busy machine is slow, not wrong
    cms.emulate_media(color_scheme="light", reduced_motion="reduce")
    return cms


def test_pictures(site: RunningSite, desk: Page) -> None:
    """One story, as the guide tells it: write, check, look, announce, stop."""
    desk.goto(f"{site.url}/cms/policies/")
    take(desk, "policies", height=620)
    desk.goto(f"{site.url}/cms/policies/import/")
    take(desk, "import", height=720)
    open_policy(desk, site.url, "Privacy policy")
    desk.goto(f"{site.url}/cms/policies/{number_of(desk)}/checks/")
    take(desk, "checks-page", height=620)
    write(site, desk)
    look_and_announce(site, desk)
    afterwards(site, desk)


def write(site: RunningSite, desk: Page) -> None:
    open_policy(desk, site.url, "Cookie policy")  # it asks nobody to agree, who announces it included
    editor = desk.locator("[data-contentpath=preamble] .public-DraftEditor-content").first
    editor.click()
    desk.keyboard.press("Control+End")
    with autosaved(desk):
        desk.keyboard.type(" We look at it once a year. TODO: when?")
    desk.evaluate("window.scrollTo(0, 0)")
    take(desk, "write")
    desk.get_by_role("button", name="Toggle checks").click()
    desk.locator("[data-checks-panel]").get_by_text("A placeholder is left in the text").wait_for(timeout=90_000)
    take(desk, "checks")
    desk.get_by_role("button", name="Toggle preview").click()
    desk.locator("[data-w-preview-target=mode]").select_option("redline")
    desk.wait_for_timeout(6000)
    take(desk, "redline")
    desk.get_by_role("button", name="Toggle preview").click()
    with autosaved(desk):
        call_it_an_amendment(desk)
    with autosaved(desk):  # by itself: one save might come between the two
        desk.locator("textarea[name=change_summary]").fill("We now say how often we look at it.")
    desk.get_by_text("Does this change what the policy means?").first.scroll_into_view_if_needed()
    desk.evaluate("document.querySelector('textarea[name=change_summary]').scrollIntoView({block: 'center'})")
    take(desk, "amendment")


def look_and_announce(site: RunningSite, desk: Page) -> None:
    policy = number_of(desk)
    desk.goto(f"{site.url}/cms/policies/{policy}/reviews/")
    take(desk, "reviews", height=620)
    desk.goto(f"{site.url}/cms/policies/{policy}/look/")
    take(desk, "look")
    desk.locator(".look__deed button").scroll_into_view_if_needed()
    take(desk, "look-end")
    desk.locator(".look__deed button").first.click()
    desk.wait_for_load_state("networkidle")
    take(desk, "announced", height=520)
    desk.goto(f"{site.url}/cms/policies/{policy}/versions/")
    take(desk, "versions", height=620)


def afterwards(site: RunningSite, desk: Page) -> None:
    desk.goto(f"{site.url}/cms/notices/")
    desk.locator("table.listing a").first.click()
    take(desk, "notice")
    desk.goto(f"{site.url}/cms/policies/reports/engagement/")
    take(desk, "engagement", height=620)
    desk.goto(f"{site.url}/cms/")
    take(desk, "first-page")


def test_what_there_is_can_be_told_from_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture with another number in it is left alone; one of another page is not."""
    monkeypatch.setattr("tests.journeys.take_pictures.PICTURES", tmp_path)
    white = Image.new("RGB", (400, 300), "white")
    kept("one", _png(white))
    first = (tmp_path / "one.webp").read_bytes()
    white.paste("black", (10, 10, 30, 20))
    kept("one", _png(white))
    assert (tmp_path / "one.webp").read_bytes() == first
    white.paste("black", (10, 10, 200, 200))
    kept("one", _png(white))
    assert (tmp_path / "one.webp").read_bytes() != first


def _png(image: Image.Image) -> bytes:
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()
