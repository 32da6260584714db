"""Our own statistics: how often pages were opened, by day, and nothing of who opened them."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from pytest_django.asserts import assertContains, assertNotContains

from home.models import Choices, PageCount
from home.statistics import counting
from home.statistics.chores import delete_old
from home.statistics.plotting import plot
from tests.making.choices import the_site_chooses
from tests.making.people import a_person

pytestmark = pytest.mark.django_db
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _written_at_once(monkeypatch):
    monkeypatch.setattr(counting, "WRITTEN_EVERY", 0)
    monkeypatch.setattr(counting, "COUNTS", counting.Counts())


@pytest.fixture
def counts() -> Choices:
    return the_site_chooses(counts_pages=True)


def opened() -> dict[str, int]:
    return dict(PageCount.objects.values_list("path", "opened"))


def test_nothing_is_counted_until_an_editor_switches_it_on(client):
    client.get("/policies/")
    assert opened() == {}
    assertNotContains(client.get("/cookies/"), "Our own statistics")


def test_pages_are_counted_by_day_without_a_word_of_who(client, counts, privacy):
    for address in ("/policies/", "/policies/privacy/?x=ann@example.org", "/policies/privacy/"):
        response = client.get(address, headers={"user-agent": "Firefox"}, REMOTE_ADDR="192.0.2.7")
        assert response.cookies == {}
    assert opened() == {"/policies/": 1, "/policies/privacy/": 2}
    assert {field.name for field in PageCount._meta.fields} == {"id", "day", "path", "opened"}


def test_a_page_that_the_browser_had_kept_is_counted_all_the_same(client, counts, privacy):
    etag = client.get("/policies/privacy/")["ETag"]
    assert client.get("/policies/privacy/", headers={"If-None-Match": etag}).status_code == 304
    assert opened() == {"/policies/privacy/": 2}


@pytest.mark.parametrize("headers", [{"Sec-GPC": "1"}, {"Sec-Purpose": "prefetch"}])
def test_who_does_not_want_it_or_does_not_read_is_not_counted(client, counts, headers):
    client.get("/policies/", headers=headers)
    assert opened() == {}


def test_ones_own_pages_errors_and_files_are_not_counted(client, counts):
    client.force_login(a_person())
    for address in ("/account/", "/nothing/", "/policies/feed.atom", "/robots.txt", "/healthz"):
        client.get(address)
    client.head("/policies/")
    assert opened() == {}


def test_people_switch_it_off_and_on_again(client, counts):
    cookie = client.post("/cookies/counting/", {"count": "no"}, headers=HERE).cookies["not_counted"]
    assert (cookie["max-age"], cookie["httponly"]) == (365 * 24 * 3600, True)
    assertContains(client.get("/cookies/"), "You are not counted")
    client.get("/policies/")
    assert opened() == {}
    client.post("/cookies/counting/", {"count": "yes"}, headers=HERE)
    client.get("/policies/")
    assert opened() == {"/policies/": 1}


def test_the_switch_is_in_the_register_while_it_can_be_used(client, counts):
    assertContains(client.get("/cookies/"), "<code>not_counted</code>")
    counts.delete()
    cache.clear()
    assertNotContains(client.get("/cookies/"), "<code>not_counted</code>")


def test_what_is_not_yet_due_waits_and_is_added_later(client, counts, monkeypatch):
    client.get("/policies/")
    monkeypatch.setattr(counting, "WRITTEN_EVERY", 3600)
    client.get("/policies/")
    client.get("/policies/")
    assert opened() == {"/policies/": 1}
    counting.write(0)
    assert opened() == {"/policies/": 3}


def test_what_is_not_yet_due_costs_no_query(client, counts, monkeypatch, django_assert_num_queries):
    client.get("/policies/")
    monkeypatch.setattr(counting, "WRITTEN_EVERY", 3600)
    with django_assert_num_queries(0):
        counting.write()


def test_a_table_that_cannot_be_written_costs_no_reader_a_page(client, counts, monkeypatch):
    def fail(*args):
        raise DatabaseError("read-only")

    with monkeypatch.context() as broken:
        broken.setattr(counting, "add_to_table", fail)
        assert client.get("/policies/").status_code == 200
    assert opened() == {}
    counting.write(0)
    assert opened() == {"/policies/": 1}


def test_counts_older_than_two_years_go(counts, today):
    day = today()
    PageCount.objects.create(day=day - dt.timedelta(days=731), path="/", opened=1)
    PageCount.objects.create(day=day - dt.timedelta(days=729), path="/", opened=1)
    assert (delete_old(), delete_old()) == ({"deleted": 1}, {"deleted": 0})


def test_editors_see_the_days_as_a_plot_and_as_a_table(cms, counts, today):
    day = today()
    PageCount.objects.create(day=day, path="/policies/", opened=30)
    PageCount.objects.create(day=day - dt.timedelta(days=40), path="/about/", opened=12)
    page = cms.get("/cms/reports/pages-opened/")
    assertContains(page, "<rect", 30)
    assertContains(page, "/policies/")
    assertNotContains(page, "/about/")
    assertContains(cms.get("/cms/reports/pages-opened/?days=90"), "/about/")
    assert "/policies/,30" in b"".join(cms.get("/cms/reports/pages-opened/?export=csv")).decode()


def test_the_report_says_that_nothing_is_counted(cms):
    page = cms.get("/cms/reports/pages-opened/")
    assertContains(page, "Nothing is counted now")
    assertContains(page, "No page was counted in these days")


@pytest.mark.parametrize(("most", "scale"), [(0, 2), (1, 2), (30, 30), (101, 120), (12345, 14000)])
def test_the_scale_ends_at_a_round_number(most, scale):
    drawn = plot([(dt.date(2026, 1, 1), most), (dt.date(2026, 1, 2), 0)])
    assert drawn.most == scale >= most
    assert all(bar.y >= drawn.top and bar.height >= 0 for bar in drawn.bars)
