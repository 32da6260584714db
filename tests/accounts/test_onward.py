"""?next= of any kind ends in no error: it leads to an address of this site, or is passed over."""

import pytest
from django.test import Client

from tests.making.people import PASSWORD, an_app, code_of, sign_in

NEXTS = [
    "abc",
    "home",
    "accounts:overview",
    "2147483648",
    "½",
    "/",
    "//",
    "///",
    "//evil.example",
    "http://[",
    "http://[::1",
    "http://",
    "https://evil.example/",
    "http:evil",
    "javascript:alert(1)",
    "data:text/html,x",
    "/a\nb",
    "/a\r\nSet-Cookie: x=1",
    "\x00",
    "/\x00",
    "\\evil.example",
    "/\\evil.example",
    "/" + "a" * 5000,
    "?x=1",
    "#x",
    "../x",
    "/%",
    "/%ff",
    "/account/details/?next=abc",
    "/cms/",
    "/ü/",
    " /account/",
    "\ud800",
]
STRANGEST = ["abc", "½", "//", "http://[", "/a\r\nSet-Cookie: x=1", "\x00", "https://evil.example/", "/cms/"]
HERE = [
    "/account/login/",
    "/account/signup/",
    "/account/password/reset/",
    "/account/reauthenticate/",
    "/account/login/second-factor/",
    "/account/confirm-email/",
    "/account/password/change/",
    "/account/sessions/",
    "/account/security/second-factor/app/",
    "/account/security/second-factor/recovery-codes/kept/",
    "/account/security/second-factor/recovery-codes/",
    "/account/email/",
    "/account/login/code/confirm/",
]


def nobody(ann):
    return Client()


def half(ann):
    an_app(ann)
    return person(ann)


def person(ann):
    browser = Client()
    sign_in(browser)
    return browser


def whole(ann):
    phone, browser = an_app(ann), Client()
    sign_in(browser)
    browser.post("/account/login/second-factor/", {"otp_device": phone.persistent_id, "otp_token": code_of(phone)})
    return browser


@pytest.mark.parametrize("who", [nobody, half, person, whole])
def test_no_address_of_the_account_ends_in_an_error(ann, who, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    browser = who(ann)
    for path in HERE:
        for onward in STRANGEST:
            answers = [browser.get(path, {"next": onward.encode("utf-8", "surrogatepass").decode("utf-8", "replace")})]
            answers.append(browser.post(path, {"next": onward.encode("utf-8", "replace").decode()}))
            for answer in answers:
                assert answer.status_code < 500
                assert "evil" not in answer.headers.get("Location", "").partition("next=")[0]


@pytest.mark.parametrize("onward", NEXTS)
def test_signing_in_and_out_with_it_ends_in_no_error(ann, onward):
    browser = Client()
    onward = onward.encode("utf-8", "replace").decode()
    came_in = browser.post("/account/login/", {"login": ann.email, "password": PASSWORD, "next": onward})
    went = browser.post("/account/logout/", {"next": onward})
    for answer in (came_in, went):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/")
        assert not answer["Location"].startswith("//")


def test_a_mere_word_is_no_address(ann):
    browser = person(ann)
    assert browser.get("/account/login/second-factor/?next=abc").url == "/account/"
    assert browser.get("/account/login/second-factor/?next=/account/details/").url == "/account/details/"
