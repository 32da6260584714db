"""Light or dark: one cookie that remembers a word, and no page that is made from it."""

import pytest
from pytest_django.asserts import assertContains, assertRedirects

pytestmark = pytest.mark.django_db
HERE = {"Sec-Fetch-Site": "same-origin"}


def choose(client, theme: str, headers=None, **more):
    return client.post("/cookies/theme/", {"theme": theme, "next": "/policies/"} | more, headers=headers or HERE)


def test_a_choice_is_kept_for_a_year_and_leads_back(client):
    response = choose(client, "dark")
    assertRedirects(response, "/policies/#appearance", fetch_redirect_response=False)
    cookie = response.cookies["theme"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("dark", 365 * 24 * 3600, "Lax")
    assert cookie["secure"] and not cookie["httponly"] and not cookie["domain"]


def test_leaving_it_to_the_system_deletes_the_cookie(client):
    choose(client, "dark")
    cookie = choose(client, "system").cookies["theme"]
    assert cookie.value == "" and cookie["max-age"] == 0


def test_what_is_no_theme_is_taken_for_the_system(client):
    assert choose(client, "purple").cookies["theme"].value == ""


def test_a_choice_does_not_lead_to_another_site(client):
    assertRedirects(choose(client, "dark", next="https://evil.example/"), "/cookies/#appearance")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Referer": "https://evil.example/"},
        {"Referer": "http://[no-address"},
        {"Origin": "https://[::1"},
    ],
)
def test_another_site_cannot_choose(client, headers):
    response = choose(client, "dark", headers=headers)
    assertContains(response, "Nothing was changed", status_code=403)
    assert "theme" not in response.cookies


@pytest.mark.parametrize("headers", [{"Origin": "https://testserver"}, {"Referer": "https://testserver/policies/"}])
def test_browsers_that_say_less_can_choose(client, headers):
    assert choose(client, "light", headers=headers).cookies["theme"].value == "light"


def test_a_choice_is_posted(client):
    assert client.get("/cookies/theme/").status_code == 405


def test_without_scripts_a_stylesheet_brings_the_scheme(client):
    assertContains(client.get("/policies/"), '<noscript><link rel="stylesheet" href="/cookies/theme.css"></noscript>')
    assert "color-scheme:" not in client.get("/cookies/theme.css").content.decode()
    client.cookies["theme"] = "dark"
    response = client.get("/cookies/theme.css")
    assert "{color-scheme:dark;--on-light:none;--on-dark:inline-block}" in response.content.decode()
    assert "Cookie" in response["Vary"] and response["Cache-Control"].startswith("private")
    again = client.get("/cookies/theme.css", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_a_word_from_elsewhere_does_not_get_into_the_stylesheet(client):
    client.cookies["theme"] = "dark}body{display:none"
    assert "display" not in client.get("/cookies/theme.css").content.decode()


def test_the_choice_makes_no_page_ones_own(client, privacy):
    before = client.get("/policies/privacy/")
    client.cookies["theme"] = "dark"
    after = client.get("/policies/privacy/")
    assert after.content == before.content
    assert after["Cache-Control"] == before["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" not in after.get("Vary", "")
    client.cookies["other"] = "1"
    assert client.get("/policies/privacy/")["Cache-Control"].startswith("private")
