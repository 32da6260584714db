"""What browsers and caches are told: methods, validators, how long to keep, and no cookies."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.utils.http import http_date, parse_http_date
from wagtail.models import Site

from home.context import forget_facts
from home.models import Organisation
from policies.versions.announcing import withdraw
from policies.versions.models import PolicyVersion
from tests.making.addresses import ALL, CHANGING, FOR_EVER
from tests.making.policies import a_document, a_draft, announce
from tests.making.versions import days, put, row


@pytest.mark.parametrize("address", ALL)
def test_a_reader_who_has_the_page_is_told_so(client, history, address):
    page = client.get(address)
    assert page.status_code == 200
    for header in ({"If-None-Match": page["ETag"]}, {"If-Modified-Since": page["Last-Modified"]}):
        again = client.get(address, headers=header)
        assert again.status_code == 304
        assert again.content == b""
        assert again["ETag"] == page["ETag"]
        assert again["Cache-Control"] == page["Cache-Control"]


@pytest.mark.parametrize("address", ALL)
def test_the_same_page_has_the_same_tag(client, history, address):
    assert client.get(address)["ETag"] == client.get(address)["ETag"]


@pytest.mark.parametrize("address", ALL)
def test_pages_ask_for_no_cookie(client, history, address):
    page = client.get(address)
    assert not page.cookies
    assert "Cookie" not in page.get("Vary", "")
    assert page["Cache-Control"].startswith("public, ")


@pytest.mark.parametrize("address", ALL)
def test_head_is_get_without_the_body(client, history, address):
    page, head = client.get(address), client.head(address)
    assert head.status_code == 200
    assert head.content == b""
    assert head["ETag"] == page["ETag"]


@pytest.mark.parametrize("address", ALL)
def test_other_methods_are_refused(client, history, address):
    allowed = client.options(address)["Allow"]
    assert allowed.startswith("GET, HEAD")
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        if method not in allowed:
            refused = client.generic(method, address)
            assert refused.status_code == 405
            assert refused["Allow"] == allowed


@pytest.mark.parametrize("address", FOR_EVER)
def test_what_never_changes_may_be_kept_for_ever(client, history, address):
    assert client.get(address)["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("address", CHANGING)
def test_what_changes_at_midnight_is_asked_about_again(client, history, address):
    assert client.get(address)["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_reader_with_a_cookie_shares_no_cache(client, history):
    client.cookies["sessionid"] = "x"
    assert client.get("/policies/privacy/")["Cache-Control"] == "private, max-age=0, must-revalidate"


def test_last_modified_is_the_last_thing_that_happened(client, today):
    announced = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
    put(a_draft(), row(1, today() - days(90)), row(2, today() + days(20), announced_at=announced))
    assert client.get("/policies/privacy/")["Last-Modified"] == http_date(announced.timestamp())
    withdraw(PolicyVersion.objects.get(major=2), reason="Never mind.")
    at = parse_http_date(client.get("/policies/privacy/")["Last-Modified"])
    assert dt.datetime.fromtimestamp(at, dt.UTC) == dt.datetime(2026, 6, 15, 11, tzinfo=dt.UTC)


def test_coming_into_force_is_a_change_at_midnight_in_london(client, today):
    put(a_draft(), row(1, dt.date(2025, 1, 1)), row(2, dt.date(2026, 7, 1)))
    today(dt.date(2026, 7, 3))
    midnight = dt.datetime(2026, 6, 30, 23, tzinfo=dt.UTC)  # British Summer Time
    for address in ("/policies/", "/policies/privacy/"):
        assert client.get(address)["Last-Modified"] == http_date(midnight.timestamp())


@pytest.mark.parametrize(
    "address", ["/policies/", "/policies/feed.atom", "/policies/privacy/", "/policies/privacy/versions/"]
)
def test_whatever_changes_what_is_read_is_sent_anew(client, today, address):
    page = a_draft()
    put(page, row(1, today() - days(90)), row(2, today() + days(3), document=a_document("cookies and more")))
    seen = []

    def assert_is_new():
        asked = {"If-None-Match": seen[-1]["ETag"]} if seen else {}
        if seen:
            assert client.get(address, headers={"If-Modified-Since": seen[-1]["Last-Modified"]}).status_code == 200
        response = client.get(address, headers=asked)
        assert response.status_code == 200
        seen.append(response)

    assert_is_new()
    if address != "/policies/feed.atom":  # a feed says from when, not since when
        today(today() + days(3))
        assert_is_new()
    announce(page, a_document("cookies are history"), effective_from=today() + days(30))
    assert_is_new()
    today(today() + days(1))
    withdraw(PolicyVersion.objects.get(major=3), reason="Never mind.")
    assert_is_new()


def test_a_change_of_the_footer_is_sent_anew(client, history):
    before = client.get("/policies/privacy/")
    site = Site.objects.get(is_default_site=True)
    Organisation.objects.update_or_create(site=site, defaults={"name": "Another name"})
    forget_facts()
    assert client.get("/policies/privacy/", headers={"If-None-Match": before["ETag"]}).status_code == 200


QUERIES = {
    "/policies/": 3,
    "/policies/feed.atom": 2,
    "/policies/privacy/": 1,
    "/policies/privacy/feed.atom": 1,
    "/policies/privacy/timemap/": 1,
    "/policies/privacy/versions/": 1,
    "/policies/privacy/versions/1.0/": 2,
    "/policies/privacy/versions/1.0/text/": 2,
    "/policies/privacy/versions/1.0/json/": 2,
    "/policies/privacy/compare/1.0/3.0/": 3,
    "/policies/privacy/on/2026-01-01/": 1,
}


@pytest.mark.parametrize("address", QUERIES)
def test_each_page_costs_a_few_queries(client, history, django_assert_num_queries, address):
    client.get("/policies/privacy/")
    with django_assert_num_queries(QUERIES[address]):
        client.get(address)


def test_texts_are_not_fetched_for_lists(client, history, django_assert_num_queries):
    client.get("/policies/privacy/versions/")
    with django_assert_num_queries(1) as queries:
        client.get("/policies/privacy/versions/")
    columns = re.findall(r'"policies_policyversion"\."(\w+)"', queries.captured_queries[0]["sql"])
    assert "digest" in columns
    assert not {"text", "content"} & set(columns)
    assert connection.vendor in ("sqlite", "postgresql")
