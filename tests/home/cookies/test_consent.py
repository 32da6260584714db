"""Statistics by another company: asked by everybody's own banner, never before a yes, and taken back as easily."""

import pytest
from django.core.cache import cache
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from wagtail.models import Site

from accounts.models import ConsentRecord
from home.cookies.consent import question
from home.models import Choices, HomePage
from plum.first_script import ITS_HASH
from tests.making.choices import the_site_chooses
from tests.making.editing import form_with
from tests.making.people import a_person
from tests.making.policies import a_document

pytestmark = pytest.mark.django_db
HERE = {"Sec-Fetch-Site": "same-origin"}
GPC = {"Sec-GPC": "1"}
ASKS, TAG, GOOGLE = "Accept analytics cookies", "js/analytics.js", "googletagmanager.com"


@pytest.fixture
def asks() -> Choices:
    """The site asks."""
    return the_site_chooses(analytics_id="G-ABC123DEF4")


def answer(client, word: str, next: str = "/policies/", **more):
    data = {"answer": word, "next": next, "digest": question.question().digest}
    return client.post("/cookies/answer/", data | more, headers=HERE)


def test_where_there_is_nothing_to_ask_no_page_has_a_banner(client):
    page = client.get("/policies/")
    assertNotContains(page, ASKS)
    assertNotContains(page, "Google")
    assert "Sec-GPC" not in page.get("Vary", "")
    assertNotContains(client.get("/cookies/"), "_ga")
    assert client.post("/cookies/answer/", {"answer": "yes"}, headers=HERE).cookies == {}


def test_the_banner_is_the_first_thing_in_the_page_with_two_equal_buttons(client, asks):
    body = client.get("/policies/").content.decode().partition("<body")[2]
    assert body.index("cookie-banner") < body.index("skip-link")
    assert '<button class="button" type="submit" name="answer" value="yes">Accept' in body
    assert '<button class="button" type="submit" name="answer" value="no">Reject' in body


@pytest.mark.parametrize("word", ["", "no"])
def test_before_a_yes_nothing_of_google_is_on_a_page(client, asks, word):
    if word:
        answer(client, word)
    page = client.get("/policies/")
    assertNotContains(page, TAG)
    assert GOOGLE not in page["Content-Security-Policy"]


def test_after_a_yes_the_page_and_its_policy_open_for_google_alone(client, asks):
    assertRedirects(answer(client, "yes"), "/policies/", fetch_redirect_response=False)
    page = client.get("/policies/")
    assertContains(page, 'data-id="G-ABC123DEF4"')
    parts = dict(part.strip().split(" ", 1) for part in page["Content-Security-Policy"].split(";"))
    assert parts["script-src"].split() == ["'self'", ITS_HASH, "https://www.googletagmanager.com"]
    assert "unsafe" not in page["Content-Security-Policy"]
    assert "https://*.google-analytics.com" in parts["connect-src"]


def test_pages_of_ones_own_are_never_counted(client, asks):
    client.force_login(a_person())
    answer(client, "yes")
    for address in ("/account/", "/account/preferences/", "/data-rights/", "/cookies/theme.css"):
        page = client.get(address)
        assert TAG not in page.content.decode() and GOOGLE not in page["Content-Security-Policy"], address


def test_a_page_that_is_not_there_is_not_counted(client, asks):
    answer(client, "yes")
    page = client.get("/nothing/here/")
    assert page.status_code == 404
    assert TAG not in page.content.decode() and GOOGLE not in page["Content-Security-Policy"]


def test_a_preview_in_the_cms_asks_nobody_and_is_not_counted(client, cms, asks):
    page = HomePage.objects.get()
    edit = f"/cms/pages/{page.pk}/edit/preview/"
    form = {"title": "Home", "slug": "home", "introduction": "", "body": "null", "comments-TOTAL_FORMS": 0}
    cms.post(edit, form | {"comments-INITIAL_FORMS": 0})
    preview = cms.get(f"{edit}?mode=")
    assertContains(preview, "site-footer")
    assertNotContains(preview, ASKS)
    answer(cms, "yes")
    assertNotContains(cms.get(f"{edit}?mode="), TAG)


@pytest.mark.parametrize("mode", ["", "redline"])
def test_the_banner_never_meets_wagtails_bar_since_no_preview_asks(cms, asks, privacy, mode):
    preview = f"/cms/pages/{privacy.pk}/edit/preview/"
    cms.post(preview, form_with(a_document("cookies are new")))
    asking = cms.get(preview, {"mode": mode, "in_preview_panel": "true"})
    assert ("w-userbar" in asking.text) == (mode == "")
    assertContains(asking, "site-footer")
    assertNotContains(asking, "cookie-banner")
    answer(cms, "yes")
    draft = cms.get(f"/cms/pages/{privacy.pk}/view_draft/")
    assertContains(draft, "Draft: not announced")
    assertNotContains(draft, "cookie-banner")
    assert TAG not in draft.text and GOOGLE not in draft["Content-Security-Policy"]


def test_wagtails_bar_is_on_no_page_that_asks(cms, asks, privacy):
    pages = ("/", "/policies/", "/policies/privacy/", "/policies/privacy/versions/1.0/", "/contact/")
    assert [page for page in pages if ASKS not in (html := cms.get(page).text) or "w-userbar" in html] == []


@pytest.mark.parametrize(("word", "said"), [("yes", "accepted"), ("no", "rejected")])
def test_an_answer_is_confirmed_once_and_not_asked_again(client, asks, word, said):
    answer(client, word)
    page = client.get("/policies/")
    assertContains(page, f"You have {said} analytics cookies")
    assertContains(page, 'role="alert" tabindex="-1" autofocus')
    page = client.get("/policies/")
    assertNotContains(page, f"You have {said}")
    assertNotContains(page, ASKS)


def test_the_answer_is_kept_for_a_year_out_of_reach_of_scripts(client, asks):
    cookie = answer(client, "no").cookies["cookie_choice"]
    assert (cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (365 * 24 * 3600, True, "Lax")


def test_the_page_with_an_answer_is_nobody_elses(client, asks, privacy):
    assert client.get("/policies/privacy/")["Cache-Control"].startswith("public")
    answer(client, "yes")
    assert client.get("/policies/privacy/")["Cache-Control"].startswith("private")


def test_the_browsers_signal_is_a_no_that_leaves_nothing(client, asks):
    page = client.get("/policies/", headers=GPC)
    assertNotContains(page, ASKS)
    assertContains(page, "your browser asks us not to")
    assert page.cookies == {} and "Sec-GPC" in page["Vary"]
    assertContains(client.get("/cookies/", headers=GPC), "Your browser says no")


def test_what_a_person_says_goes_before_what_their_browser_says(client, asks):
    answer(client, "yes")
    assertContains(client.get("/policies/", headers=GPC), TAG)


@pytest.mark.parametrize("what", ["PURPOSE", "WORDS", "RECIPIENT"])
def test_who_agreed_to_something_else_is_asked_again(client, asks, monkeypatch, what):
    answer(client, "yes")
    monkeypatch.setattr(question, what, "Something else")
    page = client.get("/policies/")
    assertContains(page, ASKS)
    assertNotContains(page, TAG)


def test_another_program_or_number_is_another_question(client, asks, settings):
    answer(client, "yes")
    settings.ANALYTICS_SCRIPT = "https://other.example/tag.js"
    assertContains(client.get("/policies/"), ASKS)
    settings.ANALYTICS_SCRIPT = "https://www.googletagmanager.com/gtag/js"
    assertNotContains(client.get("/policies/"), ASKS)
    asks.analytics_id = "G-OTHER12345"
    asks.save()
    cache.clear()
    assertContains(client.get("/policies/"), ASKS)


def test_nobody_agrees_to_words_they_have_not_seen(client, asks):
    assert "cookie_choice" not in answer(client, "yes", digest="0" * 64).cookies
    assert "cookie_choice" in answer(client, "no", digest="").cookies


def test_another_site_cannot_agree_for_anybody(client, asks):
    data = {"answer": "yes", "digest": question.question().digest}
    response = client.post("/cookies/answer/", data, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403 and response.cookies == {}


def test_every_page_takes_a_yes_back_and_deletes_what_it_brought(client, asks):
    answer(client, "yes")
    client.cookies["_ga"] = client.cookies["_ga_ABC123DEF4"] = "GA1.1.2"
    assertContains(client.get("/account/login/"), "Withdraw, and delete their cookies")
    answered = answer(client, "no")
    page = client.get("/policies/")
    gone = {name for name, cookie in {**answered.cookies, **page.cookies}.items() if cookie["max-age"] == 0}
    assert gone == {"_ga", "_ga_ABC123DEF4"}
    assertNotContains(page, TAG)


def test_a_number_that_is_taken_away_takes_the_cookies_along(client, asks):
    answer(client, "yes")
    client.cookies["_ga"] = "GA1.1.2"
    asks.delete()
    cache.clear()
    assert client.get("/policies/").cookies["_ga"]["max-age"] == 0


def test_the_page_about_cookies_asks_by_itself_with_no_chosen_and_leads_back(client, asks):
    page = client.get("/cookies/?from=/policies/")
    assertNotContains(page, ASKS)
    assertContains(page, 'value="no" checked')
    assertContains(page, "that way is closed to it")
    assertContains(page, "_ga_*")
    answer(client, "no", next="/cookies/?from=/policies/")
    assertContains(client.get("/cookies/?from=/policies/"), '<a href="/policies/">Go back')
    assertNotContains(client.get("/cookies/?from=https://evil.example/"), 'href="https://evil')


def test_a_yes_of_a_signed_in_person_stands_beside_their_other_consents(client, asks):
    person = a_person()
    client.force_login(person)
    answer(client, "yes")
    answer(client, "yes")
    answer(client, "no")
    answer(client, "no")
    records = list(ConsentRecord.objects.filter(person=person).order_by("pk"))
    assert [(record.purpose, record.given) for record in records] == [("analytics", True), ("analytics", False)]
    assert {(record.recipient, record.digest) for record in records} == {("Google", question.question().digest)}
    assertContains(client.get("/account/preferences/"), "Statistics by another company")


def test_a_wrong_number_is_refused_with_an_example(cms):
    site = Site.objects.get()
    page = cms.post(f"/cms/settings/home/choices/{site.pk}/", {"analytics_id": "UA-12345"})
    assertContains(page, "It looks like G-ABC123DEF4")
    assert not Choices.objects.exclude(analytics_id="").exists()
