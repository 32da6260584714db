"""Plain pages are found by one query, and exactly where Wagtail would find them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction, Site

from home.models import HomePage, StandardPage
from home.pages.at_once import page_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return HomePage.objects.get()


@pytest.fixture
def about(home):
    return home.add_child(instance=StandardPage(title="About", slug="about-plum"))


@pytest.fixture
def team(about):
    return about.add_child(instance=StandardPage(title="Team", slug="team"))


@pytest.mark.parametrize(("address", "title"), [("/", None), ("/about-plum/", "About"), ("/about-plum/team/", "Team")])
def test_each_plain_page_is_found_by_one_query(client, home, team, address, title):
    with CaptureQueriesContext(connection) as queries:
        assert page_at(address[1:]).title == (title or home.title)
    assert len(queries) == 1
    assert (title or home.title) in client.get(address).content.decode()


def test_a_page_below_a_page_shows_the_way_to_it(client, team):
    assert '<a href="/about-plum/">About</a>' in client.get("/about-plum/team/").content.decode()


@pytest.mark.parametrize("address", ["/team/", "/home/about-plum/", "/about-plum/about-plum/", "/nothing/"])
def test_nothing_is_found_where_wagtail_would_find_nothing(client, team, address):
    assert page_at(address[1:]) is None
    assert client.get(address).status_code == 404


def test_a_draft_is_not_there(client, about):
    about.unpublish()
    assert client.get("/about-plum/").status_code == 404


@pytest.mark.parametrize("restricted", ["page", "parent"])
def test_a_restricted_page_asks_to_sign_in(client, about, team, restricted):
    page = {"page": team, "parent": about}[restricted]
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    answer = client.get("/about-plum/team/")
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/login/")
    assert client.get("/").status_code == 200


def test_an_alias_is_restricted_as_its_source_is(client, home, about):
    about.create_alias(parent=home, update_slug="about-us-too")
    PageViewRestriction.objects.create(page=Page.objects.get(pk=about.pk), restriction_type="login")
    assert client.get("/about-us-too/").status_code == 302


def test_with_a_second_site_wagtail_looks_for_the_pages_of_each(client, home, about, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    Site.objects.create(hostname="other.example", root_page=Page.objects.get(pk=about.pk))
    assert page_at("") is None
    assert "<h1>About</h1>" in client.get("/", headers={"host": "other.example"}).content.decode()
    assert client.get("/about-plum/").status_code == 200


def test_no_version_is_looked_up_for_what_is_kept_of_home(client, home):
    client.get("/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/")
    assert len(queries) <= 2
