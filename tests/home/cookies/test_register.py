"""The register of cookies: what the software declares, what editors add, and the page that shows both."""

import datetime as dt
import json

import pytest
from django.core.checks import run_checks
from pytest_django.asserts import assertContains, assertNotContains

from home.cookies.declared.declarations import of_the_cms, of_the_site
from home.cookies.page import CHECKED, last_check
from home.models import AddedCookie
from tests.making.policies import a_document, a_draft, announce

pytestmark = pytest.mark.django_db


def said_of_cookies() -> list[str]:
    return [found.msg for found in run_checks() if found.id == "home.W001"]


def an_added_cookie(**more) -> AddedCookie:
    words = {"name": "lb", "need": "essential", "purpose": "Finds the same server again.", "when": "At the first page"}
    return AddedCookie.objects.create(**words | more)


def test_the_page_names_what_the_site_sets_and_for_how_long(client):
    page = client.get("/cookies/")
    for words in ("__Host-sessionid", "12 hours at most", "__Host-csrftoken", "One year", "theme", "messages"):
        assertContains(page, words)


def test_reading_the_page_sets_nothing(client):
    assert not client.get("/cookies/").cookies


def test_what_is_kept_for_staff_stands_apart(client):
    public, staff = client.get("/cookies/").content.decode().split("For our staff")
    assert "wagtail:side-panel-open" in staff and "wagtail:" not in public


@pytest.mark.parametrize("declare", [of_the_site, of_the_cms])
def test_every_entry_says_what_why_when_and_how_long(declare):
    for stored in declare():
        assert all((stored.name, stored.purpose, stored.when, stored.how_long, stored.is_of)), stored


def test_the_settings_are_as_declared():
    assert said_of_cookies() == []


@pytest.mark.parametrize(
    ("name", "value", "cookie"),
    [
        ("SESSION_EXPIRE_AT_BROWSER_CLOSE", False, "__Host-sessionid"),
        ("SESSION_COOKIE_HTTPONLY", False, "__Host-sessionid"),
        ("CSRF_COOKIE_AGE", 60, "__Host-csrftoken"),
        ("CSRF_COOKIE_SECURE", False, "__Host-csrftoken"),
        ("MESSAGE_STORAGE", "django.contrib.messages.storage.session.SessionStorage", "messages"),
    ],
)
def test_a_cookie_that_is_set_otherwise_than_declared_is_noticed(settings, name, value, cookie):
    setattr(settings, name, value)
    (said,) = said_of_cookies()
    assert name in said and f"“{cookie}”" in said


def test_the_life_of_a_session_is_said_from_its_setting(client, settings):
    settings.SESSION_ABSOLUTE_LIMIT = dt.timedelta(hours=3)
    assertContains(client.get("/cookies/"), "3 hours at most")


def test_what_an_editor_adds_stands_on_the_page_at_once(cms, client):
    words = {"name": "lb", "place": "cookie", "need": "essential", "purpose": "Finds the same server again."}
    cms.post("/cms/snippets/home/addedcookie/add/", words | {"when": "At the first page", "days": "2", "whose": ""})
    page = client.get("/cookies/")
    assertContains(page, "Finds the same server again.")
    assertContains(page, "2 days")


def test_what_the_site_sets_itself_is_not_added_again(cms):
    words = {"name": "theme", "place": "cookie", "need": "functional", "purpose": "Again.", "when": "Now", "days": ""}
    page = cms.post("/cms/snippets/home/addedcookie/add/", words)
    assertContains(page, "The site sets this itself")
    assert not AddedCookie.objects.exists()


def test_the_page_leads_to_the_policy_in_force(client):
    assertNotContains(client.get("/cookies/"), "version 1.0")
    announce(a_draft(a_document("cookies are small", title="Cookie policy"), slug="cookies"))
    assertContains(client.get("/cookies/"), 'href="/policies/cookies/"')


def test_the_page_says_how_it_was_checked_and_when(client):
    page = client.get("/cookies/")
    assertContains(page, "How we checked, and when")
    assertContains(page, json.loads(CHECKED.read_text())["commit"])
    last_check.cache_clear()


def test_without_a_check_the_page_claims_none(client, monkeypatch, tmp_path):
    last_check.cache_clear()
    monkeypatch.setattr("home.cookies.page.CHECKED", tmp_path / "none.json")
    assertNotContains(client.get("/cookies/"), "How we checked")
    last_check.cache_clear()


def test_every_page_leads_to_the_cookies(client):
    assertContains(client.get("/policies/"), 'href="/cookies/"')
