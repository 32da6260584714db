"""screens"""
import pytest
from playwright.sync_api import Page
from tests.journeys.people import Person
PASSWORD = "heron-tractor-violet-9"
def test_shots(site, mailbox, page: Page):
    def shot(name):
        for w in (320, 1280):
            page.set_viewport_size({"width": w, "height": 900})
            page.screenshot(path=f"/tmp/wt/signin_shot_{name}_{w}.png", full_page=True)
    p = Person(page, site.url, "shot@example.org", PASSWORD)
    p.open("/account/login/"); shot("login")
    p.sign_up(); shot("sent")
    p.prove_address(mailbox)
    p.open("/account/security/second-factor/app/"); shot("reauth")
    p.confirm_password(); p.confirm_app("My phone"); shot("codes")
    p.open("/account/security/second-factor/"); shot("overview")
    p.open("/account/sessions/"); shot("sessions")
    page.emulate_media(color_scheme="dark")
    p.open("/account/password/change/"); shot("pw")
    p.open("/account/security/second-factor/passkey/"); shot("addpk")
    page.get_by_role("button", name="Add a passkey").click(); page.wait_for_timeout(1500); shot("addpk_err")
