"""People at their browser: what they know, what their phone shows, and how they come in."""

import base64
import hmac
import re
import struct
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.looking import assert_accessible_in_light_and_dark
from tests.journeys.mail import Mailbox

STEP = 30
ROOM = 3  # seconds a code must still be good for when it is typed


@dataclass
class Phone:
    """An authenticator app. It shows each code once: the site takes none twice."""

    key: str
    last_step: int = 0

    def code(self) -> str:
        while (step := int((time.time() + ROOM) // STEP)) <= self.last_step or step != int(time.time() // STEP):
            time.sleep(0.2)
        self.last_step = step
        digest = hmac.digest(base64.b32decode(self.key), struct.pack(">Q", step), "sha1")
        start = digest[-1] & 15
        return str((int.from_bytes(digest[start : start + 4]) & 0x7FFFFFFF) % 1_000_000).zfill(6)


def demo_code(site: Any, address: str) -> str:
    """Return what the app of a demo person shows, waiting for the next code where this one was used or ends soon."""
    while True:
        shown = site.manage("demo", "--code", address)
        found = re.match(r"(\d{6}) ", shown)
        left = int(re.search(r"(\d+) seconds", shown)[1])
        if found and left > ROOM:
            return found[1]
        time.sleep(left + 0.2)


@dataclass
class Person:
    """Somebody with an account, or about to have one."""

    page: Page
    url: str
    email: str
    password: str
    phone: Phone | None = None
    recovery_codes: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.url + path)

    def fill(self, label: str | re.Pattern[str], text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def sees(self, heading: str) -> None:
        """The page is there, and axe finds nothing on it."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        assert_accessible_in_light_and_dark(self.page)

    def is_at(self, heading: str) -> None:
        """The page is there; axe has seen it elsewhere."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def sign_up(self) -> None:
        self.open("/account/signup/")
        self.fill("E-mail address", self.email)
        self.fill("Password", self.password)
        for box in self.page.get_by_role("checkbox").all():
            box.check()
        self.press("Create the account")
        self.is_at("Confirm your e-mail address")

    def prove_address(self, mailbox: Mailbox) -> None:
        self.page.goto(mailbox.link(self.email, "has created an account with this e-mail address"))
        self.press("Yes, confirm it")
        self.is_at("Your account")

    def give_password(self) -> None:
        self.open("/account/login/")
        self.fill("E-mail address", self.email)
        self.fill("Password", self.password)
        self.press("Sign in")

    def try_code(self, code: str) -> None:
        self.is_at("One more step")
        self.page.locator("input[name=otp_token]").fill(code)
        self.press("Sign in")

    def give_code(self, code: str) -> None:
        self.try_code(code)
        self.is_at("Your account")

    def confirm_password(self, code: str | None = None) -> None:
        """A change of what protects the account asks for it, except just after a sign-in with all of it."""
        self.is_at("Confirm that it is you")
        self.fill("Password", self.password)
        if code:
            self.page.locator("input[name=otp_token]").fill(code)
        self.press("Confirm")

    def is_asked_to_confirm(self) -> bool:
        """Whoever signed in within the last five minutes is not."""
        return "/account/reauthenticate/" in self.page.url

    def sign_out(self) -> None:
        self.press("Sign out")
        self.open("/account/")
        self.is_at("Sign in")

    def sign_up_and_set_up_an_app(self, mailbox: Mailbox) -> None:
        self.sign_up()
        self.prove_address(mailbox)
        self.open("/account/security/second-factor/app/")
        self.confirm_password()
        self.confirm_app("My phone")
        self.keep_recovery_codes()

    def confirm_app(self, name: str) -> None:
        """Type the key that is shown into the app, and its first code into the page."""
        self.phone = Phone(self.page.locator("code.digest").inner_text().replace(" ", ""))
        self.fill("Name", name)
        self.fill("Code", self.phone.code())
        self.press("Set it up")
        self.is_at("Keep these recovery codes")

    def keep_recovery_codes(self) -> None:
        self.recovery_codes = self.page.locator("pre.codes").inner_text().split("\n")
        self.press("I have kept them")
        self.is_at("Second step when you sign in")


def add_virtual_passkeys(page: Page) -> None:
    """Give the browser an authenticator that needs no finger."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    abilities = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": abilities})
