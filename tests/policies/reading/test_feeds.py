"""The announcements as Atom feeds, and the policies in sitemap.xml."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.contrib.sitemaps.views import sitemap
from pytest_django.asserts import assertContains, assertNotContains

from policies.reading.sitemaps import PolicySitemap
from policies.versions.announcing import withdraw
from policies.versions.models import PolicyVersion
from tests.making.policies import a_document, a_draft, announce
from tests.making.versions import days, put, row

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, address):
    response = client.get(address)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def texts(feed, name):
    return [entry.findtext(ATOM + name) for entry in feed.iter(f"{ATOM}entry")]


def test_a_feed_has_what_the_standard_asks_for(client, history):
    for address in ("/policies/feed.atom", "/policies/privacy/feed.atom"):
        feed = read(client, address)
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links["self"] == f"https://testserver{address}"
        assert feed.findtext(f"{ATOM}author/{ATOM}name")
        assert feed.findtext(f"{ATOM}title")
        for entry in feed.iter(f"{ATOM}entry"):
            for name in ("id", "title", "updated", "published", "content"):
                assert entry.findtext(ATOM + name)


def test_a_feed_lists_the_newest_first_with_summary_and_links(client, history):
    feed = read(client, "/policies/privacy/feed.atom")
    assert texts(feed, "title")[0] == "Privacy policy 5.0, in force from 1 August 2026"
    assert texts(feed, "summary")[:2] == ["Summary of 5.", "Summary of 4."]
    newest = feed.find(f"{ATOM}entry")
    assert newest.find(f"{ATOM}link").get("href") == "https://testserver/policies/privacy/versions/5.0/"
    assert "https://testserver/policies/privacy/compare/3.0/5.0/" in newest.findtext(f"{ATOM}content")


def test_an_entry_keeps_its_id_and_is_updated_when_withdrawn(client, today):
    put(a_draft(), row(1, today() - days(40)), row(2, today() + days(10)))
    before = read(client, "/policies/privacy/feed.atom")
    withdraw(PolicyVersion.objects.get(major=2), reason="Never mind.")
    after = read(client, "/policies/privacy/feed.atom")
    assert texts(before, "id") == texts(after, "id") == texts(read(client, "/policies/feed.atom"), "id")
    assert texts(after, "id")[0] == "tag:testserver,2026-05-26:/policies/privacy/versions/2.0/"
    assert texts(after, "title")[0] == "Privacy policy 2.0: withdrawn"
    assert texts(after, "updated")[0] > texts(before, "updated")[0]


def test_the_feed_of_all_mixes_the_policies_by_time(client, today):
    nine = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
    terms = a_document("terms are fair", title="Terms")
    put(a_draft(), row(1, today(), announced_at=nine), row(2, today(), announced_at=nine + days(2)))
    put(a_draft(terms, slug="terms"), row(1, today(), announced_at=nine + days(1), document=terms))
    titles = [title.split(",")[0] for title in texts(read(client, "/policies/feed.atom"), "title")]
    assert titles == ["Privacy policy 2.0", "Terms 1.0", "Privacy policy 1.0"]


def test_a_feed_ends_somewhere(client, today):
    document = a_document("cookies are small")
    put(a_draft(), *(row(n, today() - days(100 - n), document=document) for n in range(1, 61)))
    for address in ("/policies/feed.atom", "/policies/privacy/feed.atom"):
        assert len(texts(read(client, address), "id")) == 50


def test_what_an_editor_pastes_breaks_no_feed(client, today):
    summary = "Be\x01fore\u202e <script>alert(1)</script> & ]]>"
    put(a_draft(), row(1, today() - days(9)), row(2, today(), change_summary=summary))
    (text, _) = texts(read(client, "/policies/privacy/feed.atom"), "summary")
    assert text == "Before <script>alert(1)</script> & ]]>"
    content = texts(read(client, "/policies/privacy/feed.atom"), "content")[0]
    assert "<script>" not in content
    assert "\u202e" not in client.get("/policies/privacy/versions/").content.decode()


def test_the_sitemap_has_the_texts_in_force_only(rf, history):
    announce(a_draft(a_document("terms are fair", title="Terms"), slug="terms"))
    a_draft(slug="never-announced")
    response = sitemap(rf.get("/sitemap.xml"), {"policies": PolicySitemap}).render()
    assertContains(response, "/policies/privacy/</loc><lastmod>2026-01-01</lastmod>")
    assertContains(response, "/policies/terms/</loc>")
    assertNotContains(response, "never-announced")
    assertNotContains(response, "/versions/")


@pytest.mark.django_db
def test_an_empty_site_has_a_feed(client):
    assert texts(read(client, "/policies/feed.atom"), "id") == []
