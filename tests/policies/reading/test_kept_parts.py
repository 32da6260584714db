"""Parts of public pages are written once, and told apart by everything that they say."""

import datetime as dt

import pytest
from django.template.base import Template
from django.urls import reverse
from wagtail.models import Site

from home.context import forget_facts
from home.models import Organisation, StandardPage
from policies.versions.announcing import withdraw
from policies.versions.models import PolicyVersion
from tests.making.versions import TODAY, put, row
from tests.making.work import calls_of

POLICY = "/policies/privacy/"
ALL = ["/", "/policies/"]
ADDRESSES = [POLICY, f"{POLICY}versions/", f"{POLICY}versions/1.0/", f"{POLICY}compare/1.0/2.0/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_that_was_opened_before_asks_for_few_addresses_and_renders_little(client, history, address):
    client.get(address)
    assert calls_of(lambda: client.get(address), reverse) <= 20
    assert calls_of(lambda: client.get(address), Template.__init__) == 0
    assert calls_of(lambda: client.get(address)) < 16_000


def test_a_withdrawal_is_seen_on_every_page(client, history):
    pages = {address: client.get(address).text for address in ADDRESSES[:3]}
    withdraw(PolicyVersion.objects.get(sequence=5), reason="It was announced by mistake.")
    assert "This policy changes on" in pages[POLICY]
    assert "This policy changes on" not in client.get(POLICY).text
    assert "announced by mistake" in client.get(f"{POLICY}versions/").text


@pytest.mark.parametrize("address", ALL)
def test_pages_about_all_policies_say_what_is_announced_begins_and_is_withdrawn(client, history, today, address):
    coming, begun = ("version 5.0", "Version 5.0") if address == "/" else ("version 5.0", "Version 5.0, in force")
    assert coming in client.get(address).text
    today(dt.date(2026, 8, 1))
    assert begun in client.get(address).text
    today(TODAY)
    assert begun not in client.get(address).text
    put(history, row(6, dt.date(2026, 9, 1), announced_at=dt.datetime(2026, 6, 2, 9, tzinfo=dt.UTC)))
    assert "version 6.0" in client.get(address).text
    withdraw(PolicyVersion.objects.get(sequence=6), reason="It was announced by mistake.")
    page = client.get(address).text
    assert "version 6.0" not in page and coming in page


def test_the_next_day_has_pages_of_its_own(client, history, today):
    before = client.get(POLICY).text
    today(dt.date(2026, 8, 1))
    assert f'href="{POLICY}versions/5.0/">5.0' in client.get(POLICY).text
    assert f'href="{POLICY}versions/5.0/">5.0' not in before
    today(TODAY)
    assert client.get(POLICY).text == before


def test_another_name_stands_in_header_footer_and_head(client, history):
    client.get(POLICY)
    Organisation.objects.update_or_create(site=Site.objects.get(), defaults={"name": "Damson Dental"})
    forget_facts()
    page = client.get(POLICY).text
    assert page.count("Damson Dental") >= 4
    assert "Plum Medical" not in page


def test_the_menu_marks_the_page_that_is_open_and_only_that(client, history):
    about = Site.objects.get().root_page.add_child(
        instance=StandardPage(title="About us", slug="about", show_in_menus=True)
    )
    forget_facts()
    for _ in range(2):
        for address, marked in ((about.url, 1), ("/policies/", 1), ("/account/login/", 0), (f"{POLICY}versions/", 0)):
            header = client.get(address).text.partition("<header")[2].partition("</header>")[0]
            assert header.count('aria-current="page"') == marked, address
        home = client.get("/").text.partition("<header")[2].partition("</header>")[0]
        assert home.count('aria-current="page"') == 2


def test_pages_that_show_the_same_under_two_addresses_name_their_own(client, history):
    for _ in range(2):
        for number in ("1.0", "2.0"):
            page = client.get(f"{POLICY}versions/{number}/").text
            assert f'<meta property="og:url" content="https://testserver{POLICY}versions/{number}/">' in page
