"""What a browser keeps and whom it calls, on every kind of page, in each state of its person's choice."""

import datetime as dt
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.analytics import Host, analytics_host
from tests.journeys.every_page import EveryPage, every_page
from tests.journeys.evidence_of_cookies import keep_evidence
from tests.journeys.looking import PUBLIC, assert_accessible_in_light_and_dark, assert_fits, becomes
from tests.journeys.people import Person, demo_code
from tests.journeys.recording import Recorder, Told, told_by
from tests.journeys.running import ADMIN, RunningSite, demo_site

ID = "G-JOURNEY123"
# In each state, in every run. All other pages are opened in the state that opens the most; in each of the five where
# the evidence is kept, and by night.
ACCOUNT = [
    "/account/",
    "/account/details/",
    "/account/email/",
    "/account/preferences/",
    "/account/policies/",
    "/account/security/",
    "/account/security/second-factor/",
    "/account/sessions/",
    "/account/data/",
    "/account/requests/",
    "/account/requests/new/",
    "/account/close/",
    "/account/password/change/",
]
CMS = [
    "/cms/",
    "/cms/policies/",
    "/cms/policies/import/",
    "/cms/pages/",
    "/cms/notices/",
    "/cms/enquiries/",
    "/cms/images/",
    "/cms/documents/",
    "/cms/users/",
    "/cms/account/",
    "/cms/reports/site-history/",
    "/cms/reports/pages-opened/",
    "/cms/snippets/home/addedcookie/add/",
    "/cms/settings/home/choices/",
    "/cms/data-protection/",
]
OPENS_THE_MOST = "accepted"
EVERYWHERE = "COOKIE_EVIDENCE" in os.environ
ACCEPT, REJECT = "Accept analytics cookies", "Reject analytics cookies"
STATES = ("no choice", "accepted", "rejected", "GPC", "no JavaScript")


@pytest.fixture(scope="module")
def google() -> Iterator[Host]:
    with analytics_host() as host:
        yield host


@pytest.fixture(scope="module")
def asking(tmp_path_factory, mailbox, google: Host) -> Iterator[RunningSite]:
    """A site of its own that asks about statistics, with the host on this machine for Google's."""
    before = os.environ.get("ANALYTICS_SCRIPT")
    os.environ["ANALYTICS_SCRIPT"] = f"{google.url}/gtag/js"
    try:
        with demo_site(tmp_path_factory.mktemp("asking"), mailbox.url) as running:
            choose = "from home.models import Choices; from wagtail.models import Site; "
            choose += f"Choices.objects.create(site=Site.objects.get(), analytics_id='{ID}', counts_pages=True)"
            running.manage("shell", "-c", choose)
            yield running
    finally:
        os.environ.pop("ANALYTICS_SCRIPT") if before is None else os.environ.update(ANALYTICS_SCRIPT=before)


@pytest.fixture(scope="module")
def admins_session(asking: RunningSite, browser: Browser) -> list[dict[str, object]]:
    """The cookies of a browser that has signed in, to go on in each state without signing in again."""
    context = browser.new_context()
    admin = Person(context.new_page(), asking.url, ADMIN, asking.passwords[ADMIN])
    admin.give_password()
    admin.give_code(demo_code(asking, ADMIN))
    kept = [cookie for cookie in context.cookies() if cookie["name"] == "sessionid"]
    context.close()
    return kept


def context_in(browser: Browser, state: str) -> BrowserContext:
    headers = {"Sec-GPC": "1"} if state == "GPC" else None
    return browser.new_context(java_script_enabled=state != "no JavaScript", extra_http_headers=headers)


def choose(page: Page, url: str, state: str) -> None:
    """Bring a browser into its state, as a person does: by the banner, by a signal, or not at all."""
    page.goto(f"{url}/policies/")
    button = {"accepted": ACCEPT, "rejected": REJECT}.get(state)
    if button:
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("button", name=ACCEPT)).to_have_count(1 if state in ("no choice", "no JavaScript") else 0)


@pytest.fixture(scope="module")
def told(asking: RunningSite, browser: Browser) -> list[Told]:
    context = browser.new_context()
    rows = told_by(context.new_page(), asking.url)
    context.close()
    return rows


@pytest.fixture(scope="module")
def pages(asking: RunningSite) -> EveryPage:
    return every_page(asking)


@pytest.fixture(scope="module")
def recorded(asking: RunningSite, browser: Browser, admins_session, google: Host, pages) -> dict[str, Recorder]:
    """Each state's browser, led over the pages once: as a visitor, then signed in."""
    found = {}
    for state in STATES:
        context = context_in(browser, state)
        page = context.new_page()
        choose(page, asking.url, state)
        recorder = found[state] = Recorder(context, asking.url, state, scripts=state != "no JavaScript")
        everywhere = state == OPENS_THE_MOST or EVERYWHERE
        for path in dict.fromkeys([*PUBLIC, "/cookies/", "/data-rights/", *(pages.public if everywhere else ())]):
            recorder.visit(page, path)
        page.locator(".theme button[value=dark]").first.click()
        recorder.note(page)
        context.add_cookies(admins_session)
        for path in dict.fromkeys([*ACCOUNT, *CMS, *(pages.own if everywhere else ())]):
            recorder.visit(page, path)
        context.close()
    return found


def test_the_browser_was_on_every_page_that_the_site_has(recorded, pages):
    assert len(pages.public) > 40 and len(pages.own) > 140
    assert {"/policies/privacy/follow/", "/contact/write/1/"} <= set(pages.public)
    assert {"/account/reaching/", "/cms/reports/doctor/"} <= set(pages.own)
    for state in STATES if EVERYWHERE else [OPENS_THE_MOST]:
        assert {*pages.public, *pages.own} <= set(recorded[state].visited)


def test_every_cookie_and_key_is_declared_with_its_true_life_and_flags(recorded, told):
    assert [wrong for recorder in recorded.values() for wrong in recorder.undeclared(told)] == []
    seen = {name for recorder in recorded.values() for name in recorder.cookies}
    assert {"csrftoken", "sessionid", "theme", "cookie_choice", "_ga", "_ga_JOURNEY123"} <= seen, "the recorder sees"


@pytest.mark.parametrize("state", [state for state in STATES if state != "accepted"])
def test_without_a_yes_no_request_leaves_the_site_and_nothing_of_google_is_kept(recorded, state):
    assert recorded[state].elsewhere == []
    assert not [name for name in recorded[state].cookies if name.startswith("_ga")]


def test_after_a_yes_only_google_is_called_and_only_from_public_pages(recorded, google: Host):
    calls = recorded["accepted"].elsewhere
    assert calls and all(called.startswith(google.url) for _, called in calls)
    assert not [path for path, _ in calls if path.startswith(("/account/", "/cms/", "/data-rights/", "/nonsense/"))]
    assert not [called for called in google.called if "version%3D" in called or "%3F" in called], (
        "addresses lost their query"
    )


def test_the_signal_of_a_browser_is_a_no_that_leaves_no_cookie(recorded):
    assert "cookie_choice" not in recorded["GPC"].cookies


def test_the_evidence_is_kept_where_it_is_asked_for(recorded, told, tmp_path, asking: RunningSite, browser: Browser):
    folder = Path(os.environ.get("COOKIE_EVIDENCE") or tmp_path)
    shots = {}
    for state in STATES:
        context = context_in(browser, state)
        page = context.new_page()
        choose(page, asking.url, state)
        shots[state] = page.screenshot()
        context.close()
    keep_evidence(folder, recorded, told, shots)
    summary = json.loads((folder / "checked.json").read_text())
    assert summary["pages"] == len({path for recorder in recorded.values() for path in recorder.visited})
    assert dt.date.fromisoformat(summary["day"]) and summary["names"] == sorted({one.name for one in told})
    assert (folder / "kept.csv").read_text().count("cookie_choice") == 2


def calls_from(context: BrowserContext, google: Host) -> list[str]:
    """What a browser asks Google for from now on; the host also hears calls that were under way before."""
    calls: list[str] = []
    context.on("request", lambda request: calls.append(request.url) if request.url.startswith(google.url) else None)
    return calls


def test_a_yes_is_taken_back_at_the_foot_of_a_page_and_what_it_brought_is_gone(asking, browser, google: Host):
    context = browser.new_context()
    page = context.new_page()
    choose(page, asking.url, "accepted")
    with page.expect_request(lambda request: request.url.startswith(f"{google.url}/g/collect")):
        page.goto(f"{asking.url}/policies/privacy/")
    assert becomes(page, "document.cookie.includes('_ga_JOURNEY123')")
    calls = calls_from(context, google)
    page.get_by_role("button", name=re.compile("Withdraw")).click()
    expect(page.get_by_role("alert")).to_contain_text("rejected")
    page.goto(f"{asking.url}/policies/")
    assert not [cookie for cookie in context.cookies() if cookie["name"].startswith("_ga")]
    assert calls == []
    context.close()


@pytest.mark.parametrize(("button", "said"), [(ACCEPT, "accepted"), (REJECT, "rejected")])
def test_the_banner_is_answered_without_scripts(asking, browser, google: Host, button, said):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    calls = calls_from(context, google)
    page.goto(f"{asking.url}/policies/privacy/")
    page.get_by_role("button", name=button).click()
    expect(page).to_have_url(re.compile(r"/policies/privacy/"))
    expect(page.get_by_role("alert")).to_contain_text(said)
    page.goto(f"{asking.url}/policies/")
    expect(page.get_by_role("button", name=ACCEPT)).to_have_count(0)
    assert calls == []
    context.close()


def test_the_banner_can_be_used_by_everybody(asking, browser):
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{asking.url}/policies/")
    assert_fits(page)
    # The banner stands before the skip link, as GOV.UK has it; axe then takes that for a link outside of everything.
    assert_accessible_in_light_and_dark(page, options={"rules": {"region": {"enabled": False}}})
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=ACCEPT)).to_be_focused()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(".cookie-banner")).not_to_be_in_viewport()  # it stays behind, and covers nothing
    page.get_by_role("link", name="View cookies").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert_accessible_in_light_and_dark(page)
    page.get_by_role("link", name="Go back to the page").click()
    expect(page).to_have_url(f"{asking.url}/policies/")
    expect(page.get_by_role("button", name=ACCEPT)).to_have_count(0)
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_light_or_dark_is_chosen_without_a_flash_with_scripts_or_without(site, browser, scripts):
    context = browser.new_context(java_script_enabled=scripts, color_scheme="light")
    page = context.new_page()
    page.goto(f"{site.url}/policies/")
    light = ground(page)
    page.locator(".theme button[value=dark]").click()
    expect(page).to_have_url(f"{site.url}/policies/#appearance")
    dark = ground(page)
    assert light != dark
    page.emulate_media(color_scheme="dark")
    page.locator(".theme button[value=light]").click()
    assert ground(page) == light
    page.locator(".theme button[value=system]").click()
    assert ground(page) == dark and not [one for one in context.cookies() if one["name"] == "theme"]
    context.close()


def ground(page: Page) -> str:
    """The colour behind the page, as the browser paints it: of the first pixel, so that no script is needed."""
    page.wait_for_load_state()
    return str(Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB").getpixel((2, 300)))
