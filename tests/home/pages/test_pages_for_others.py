"""What the pages around the policies give to browsers, search engines and other websites, and how links are marked."""

import datetime as dt
import json
import re

import pytest
from wagtail.models import Page

from home.models import HomePage, StandardPage
from tests.making.contact import an_organisation
from tests.making.policies import a_document, a_draft, announce

pytestmark = pytest.mark.django_db


def a_page(parent: Page | None = None, title: str = "About us", **more) -> StandardPage:
    words = {"introduction": "Who we are.", "show_in_menus": True}
    page = (parent or HomePage.objects.get()).add_child(instance=StandardPage(title=title, **words | more))
    page.save_revision().publish()
    return page


@pytest.mark.parametrize("address", ["/", "/about-us/"])
def test_a_browser_that_has_the_page_is_told_so(client, address):
    a_page()
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert first["Last-Modified"]
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    an_organisation(name="Quince Care")
    assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_the_home_page_is_anew_when_a_policy_comes_into_force(client, today):
    announce(a_draft(), effective_from=today() + dt.timedelta(days=3))
    before = client.get("/")["Last-Modified"]
    assert client.get("/", headers={"If-Modified-Since": before}).status_code == 304
    today(today() + dt.timedelta(days=3))
    assert client.get("/", headers={"If-Modified-Since": before}).status_code == 200


def test_with_a_cookie_no_shared_cache_keeps_the_page(client):
    client.cookies["something"] = "1"
    assert client.get("/")["Cache-Control"] == "private, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/", "Quince Care"),
        ("/about-us/", "About us"),
        ("/policies/", "Policies"),
        ("/policies/privacy/", "Privacy policy"),
    ],
)
def test_other_websites_can_show_what_a_link_leads_to(client, address, title):
    an_organisation(name="Quince Care")
    a_page()
    announce(a_draft())
    html = client.get(address).text
    found = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html))
    assert found["title"] == title
    assert found["site_name"] == "Quince Care"
    assert found["url"] == f"https://testserver{address}"


def test_search_engines_learn_who_runs_the_site_but_no_mailbox(client):
    an_organisation(name="Quince Care", legal_name="</script> Limited")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', client.get("/").text, re.DOTALL)[1]
    known = json.loads(block)
    assert (known["@type"], known["name"], known["legalName"]) == ("Organization", "Quince Care", "</script> Limited")
    assert "@plum" not in block
    assert "email" not in known


def test_links_to_other_websites_are_marked_and_those_within_are_not(client):
    links = (
        '<p><a href="https://ico.example/?a=1&amp;b=2">There</a> <a href="https://testserver/policies/">Here</a></p>'
    )
    a_page(body=links)
    html = client.get("/about-us/").text
    assert '<a href="https://ico.example/?a=1&amp;b=2" class="away" rel="external">There</a>' in html
    assert '<a href="https://testserver/policies/">Here</a>' in html
    assert "whose policies are their own" in html


def test_links_in_a_policy_are_marked_in_the_same_way(client, tmp_path):
    from django.core.management import call_command

    file = tmp_path / "privacy.md"
    file.write_text("# Privacy\n\n## Who\n\nAsk [them](https://ico.example/) or [us](/policies/).\n")
    call_command("import_policy", str(file), slug="privacy", announce=True)
    html = client.get("/policies/privacy/").text
    assert '<a href="https://ico.example/" class="away" rel="external">them</a>' in html
    assert '<a href="/policies/">us</a>' in html


def test_pages_below_a_page_of_the_menu_unfold_under_it(client):
    about = a_page(menu_label="Who")
    a_page(about, "Our people")
    a_page(about, "Hidden", show_in_menus=False)
    nav = re.search(r'<nav class="site-nav".*?</nav>', client.get("/").text, re.DOTALL)[0]
    assert "<summary>Who</summary>" in nav
    assert re.findall(r'href="(/about-us/[^"]*)"', nav) == ["/about-us/", "/about-us/our-people/"]
    assert "Hidden" not in nav


def test_the_menu_has_the_order_of_the_pages(client):
    first, second = a_page(title="First"), a_page(title="Second")
    second.move(first, "left")
    nav = re.search(r'<nav class="site-nav".*?</nav>', client.get("/").text, re.DOTALL)[0]
    assert nav.index("Second") < nav.index("First")


def test_the_footer_names_each_policy_in_force(client):
    announce(a_draft(a_document(title="Terms of use"), slug="terms"))
    announce(a_draft(slug="later"), effective_from=dt.date.today() + dt.timedelta(days=40))
    footer = client.get("/").text.partition('<footer class="site-footer">')[2]
    assert '<a href="/policies/terms/">Terms of use</a>' in footer
    assert "/policies/later/" not in footer
