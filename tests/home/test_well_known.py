import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from freezegun import freeze_time

from home.models import HomePage, StandardPage
from tests.making.contact import an_organisation
from tests.making.people import a_person, sign_in
from tests.making.policies import a_document, a_draft, announce

pytestmark = pytest.mark.django_db


def test_robots_txt_keeps_crawlers_out_of_the_cms_and_names_the_sitemap(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /cms/",
        "Disallow: /contact/write/",
        "Sitemap: https://testserver/sitemap.xml",
    ]


def test_the_sitemap_lists_what_was_announced_and_no_draft(client):
    announce(a_draft())
    a_draft(a_document("terms of use", title="Terms"), slug="terms")
    sitemap = client.get("/sitemap.xml").content.decode()
    assert "/policies/privacy/</loc>" in sitemap
    assert "terms" not in sitemap
    assert sitemap.count("<url>") == 3


@freeze_time("2026-11-26 12:00:00+00:00")
def test_security_txt_says_where_to_write_and_until_when_that_holds(client):
    an_organisation(security_contact="safe@quince.example", security_until=dt.date(2027, 6, 30))
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text.splitlines() == [
        "Contact: mailto:safe@quince.example",
        "Expires: 2027-06-30T22:59:59Z",
        "Preferred-Languages: en",
        "Canonical: https://testserver/.well-known/security.txt",
    ]


@pytest.mark.parametrize(
    ("said", "contact"),
    [("", "https://testserver/contact/"), ("https://quince.example/safe", "https://quince.example/safe")],
)
def test_weaknesses_can_be_told_by_a_page_too(client, said, contact):
    an_organisation(security_contact=said, security_until=timezone.localdate())
    assert f"Contact: {contact}\n" in client.get("/.well-known/security.txt").text


@pytest.mark.parametrize("days", [None, -1])
def test_a_security_txt_that_has_expired_is_not_shown(client, days):
    an_organisation(security_until=days and timezone.localdate() + dt.timedelta(days=days))
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_checks_of_a_deployment_warn_two_months_before_it_expires(capsys):
    an_organisation(security_until=timezone.localdate() + dt.timedelta(days=59))
    call_command("check", database=["default"])
    assert "security.txt ends on" in capsys.readouterr().err
    an_organisation(security_until=timezone.localdate() + dt.timedelta(days=61))
    call_command("check", database=["default"])
    assert "security.txt" not in capsys.readouterr().err


def test_programs_find_where_passwords_are_changed_and_passkeys_made(client):
    a_person()
    sign_in(client)
    form = client.get("/.well-known/change-password", follow=True)
    assert form.redirect_chain[0][0] == "/account/password/change/"
    assert form.status_code == 200
    places = client.get("/.well-known/passkey-endpoints").json()
    assert set(places) == {"enroll", "manage"}
    for place in places.values():
        assert client.get(place.removeprefix("https://testserver")).status_code in (200, 302)


def test_the_signal_of_privacy_is_honoured_and_that_is_said(client):
    answer = client.get("/.well-known/gpc.json")
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["gpc"] is True
    assert dt.date.fromisoformat(answer.json()["lastUpdate"])


@pytest.mark.parametrize("address", ["/privacy", "/privacy/"])
def test_what_people_type_leads_to_the_policy(client, address):
    assert client.get(address, follow=True).status_code == 404
    announce(a_draft())
    assert client.get(address).url == "/policies/privacy/"
    assert client.get("/feed").url == "/policies/feed.atom"


def test_a_page_of_an_editors_at_such_an_address_is_shown_while_there_is_no_policy(client):
    page = StandardPage(title="Privacy", slug="privacy", body="<p>To come.</p>")
    HomePage.objects.get().add_child(instance=page)
    assert "To come." in client.get("/privacy/").text
    announce(a_draft())
    assert client.get("/privacy/").url == "/policies/privacy/"


@pytest.mark.parametrize("address", ["/.well-known/gpc.json", "/.well-known/security.txt", "/privacy", "/feed"])
def test_these_addresses_are_only_read(client, address):
    assert client.post(address).status_code == 405
