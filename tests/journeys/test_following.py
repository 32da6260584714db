"""Somebody without an account follows a policy: mailed once by a real mail server, and not after leaving."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.looking import assert_accessible, assert_fits, only_this_host
from tests.journeys.mail import PATIENCE, Mailbox
from tests.journeys.running import RunningSite


def announce(site: RunningSite, folder: Path, slug: str, number: int) -> None:
    """Announce a version of a policy of this journey's own, which comes into force at once."""
    text = folder / "bicycles.md"
    text.write_text(f"# Bicycles\n\n## Where\n\nThey stand behind house {number}.\n")
    words = ("--significance", "amendment", "--kind", "other", "--summary", f"House {number}.") if number > 1 else ()
    site.manage("import_policy", str(text), "--slug", slug, "--announce", *words)


def let_them_go_at_once(site: RunningSite) -> None:
    code = (
        "from policies.notices.models import NoticeSettings as N; "
        "N.objects.update_or_create(defaults={'hold_minutes': 0})"
    )
    site.manage("shell", "--no-imports", "-c", code)


def link(mailbox: Mailbox, flo: str, saying: str, deed: str) -> str:
    return re.search(rf"https?://\S+/policies/follow/{deed}/\S+", mailbox.newest(flo, saying))[0]


def told_of(mailbox: Mailbox, flo: str, house: int) -> int:
    """How many mails have told of it, once there was time for one too many."""
    end = time.monotonic() + PATIENCE / 4
    while time.monotonic() < end:
        time.sleep(0.2)
    mails = [mail for to, mail in list(mailbox.mails) if flo in to]
    return sum(f"House {house}." in mail.get_body(("plain",)).get_content() for mail in mails)


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_follows_is_told_once_and_leaves(site, mailbox, worker, browser, tmp_path, javascript):
    context = browser.new_context(java_script_enabled=javascript)
    page: Page = context.new_page()
    asked = only_this_host(page, site.url)
    houses, slug = (2, 3), "bicycles" if javascript else "tricycles"
    flo = f"flo.{slug}@example.org"
    announce(site, tmp_path, slug, 1)
    let_them_go_at_once(site)

    page.goto(f"{site.url}/policies/{slug}/")
    page.get_by_role("link", name="Get e-mails about this policy").click()
    page.get_by_label("Your e-mail address").fill(flo)
    page.get_by_role("button", name="Get e-mails").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")

    page.goto(link(mailbox, flo, "asked on our website", "confirm"))
    page.get_by_role("button", name="Yes, write to me").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You get e-mails from now on")

    announce(site, tmp_path, slug, houses[0])
    mailbox.newest(flo, f"House {houses[0]}.")
    assert told_of(mailbox, flo, houses[0]) == 1

    page.goto(link(mailbox, flo, f"House {houses[0]}.", "leave"))
    expect(page.get_by_text("What we keep about you")).to_be_visible()
    page.get_by_role("button", name="Yes, stop and delete").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You get no more of these e-mails")

    announce(site, tmp_path, slug, houses[1])
    site.manage("send_notices")
    assert told_of(mailbox, flo, houses[1]) == 0
    assert asked.elsewhere == []
    context.close()


@pytest.mark.parametrize("path", ["/policies/follow/", "/policies/privacy/follow/", "/policies/follow/sent/"])
def test_its_pages_are_accessible_and_fit(site, page: Page, path):
    page.goto(site.url + path)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert_accessible(page)
