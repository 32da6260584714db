"""The page of a policy: the text in force today, what is coming, what changed last."""

import datetime as dt
import json
import re

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from policies.versions.models import Significance
from policies.writing.models import PolicyPage
from tests.making.policies import a_document, a_draft, announce
from tests.making.versions import days, put, row


def test_the_text_in_force_is_read_with_its_number_and_dates(client, history):
    page = client.get("/policies/privacy/")
    assertContains(page, "cookies number 3")
    assertContains(page, '<a href="/policies/privacy/versions/3.0/">3.0</a>', html=True)
    assertContains(page, '<time datetime="2026-01-01">1 January 2026</time>', html=True)
    assertNotContains(page, "cookies number 5")


def test_what_is_coming_is_announced_at_the_top(client, history):
    page = client.get("/policies/privacy/").content.decode()
    banner = page.index("This policy changes on")
    assert banner < page.index('class="document"')
    assert "Summary of 5." in page[banner:]
    assert "/policies/privacy/compare/3.0/5.0/" in page
    assert "/policies/privacy/versions/5.0/" in page


def test_what_changed_last_is_shown_with_its_redline(client, history):
    page = client.get("/policies/privacy/")
    assertContains(page, "Summary of 3.")
    assertContains(page, "/policies/privacy/compare/2.0/3.0/")


def test_a_correction_is_told_in_one_line(client, today):
    minor = {"major": 1, "minor": 1, "significance": Significance.CORRECTION, "change_summary": "A link. " * 40}
    put(a_draft(), row(1, today() - days(60)), row(2, today() - days(10), **minor))
    page = client.get("/policies/privacy/").content.decode()
    line = re.search(r'<p class="changed-last[^>]*>.*?</p>', page, re.DOTALL)[0]
    assert "a correction, without a change of meaning" in line
    assert 'href="/policies/privacy/compare/1.0/1.1/"' in line
    assert "A link." not in page.partition("<main")[2].partition('class="document"')[0]


def test_one_version_alone_is_not_called_all(client, today):
    put(a_draft(), row(1, today()))
    assert "All 1" not in client.get("/policies/privacy/").content.decode()


def test_the_contents_lead_to_every_section(client, history):
    page = client.get("/policies/privacy/").content.decode()
    links = re.findall(r'href="#([^"]+)"><span class="number">', page)
    assert links == ["cookies", "contact"]
    assert all(page.count(f'id="{link}"') == 1 for link in links)


def test_the_version_changes_at_midnight_in_london(client, today):
    page = a_draft()
    put(page, row(1, dt.date(2025, 1, 1)), row(2, dt.date(2026, 7, 1)))
    today(dt.date(2026, 6, 30), dt.time(23, 59))
    assertContains(client.get("/policies/privacy/"), "cookies number 1")
    today(dt.date(2026, 7, 1), dt.time(0, 0))  # still 30 June in UTC
    assertContains(client.get("/policies/privacy/"), "cookies number 2")


def test_a_policy_that_is_only_upcoming_says_when_it_begins(client, today):
    put(a_draft(), row(1, today() + days(10)))
    page = client.get("/policies/privacy/")
    assertContains(page, "This policy changes on")
    assertContains(page, "No version of this policy is in force yet")
    assertNotContains(page, "cookies number 1")


def test_a_policy_of_which_everything_was_withdrawn_still_answers(client, today):
    put(a_draft(), row(1, today() + days(10), withdrawn=True))
    assertContains(client.get("/policies/privacy/"), "No version of this policy is in force yet")
    assertContains(client.get("/policies/privacy/versions/"), "It was a mistake.")
    assert client.get("/policies/privacy/on/2026-12-01/").status_code == 404
    assert client.get("/policies/privacy/compare/").status_code == 200


def test_it_costs_at_most_three_queries(client, history, django_assert_max_num_queries):
    client.get("/policies/privacy/")
    with django_assert_max_num_queries(3):
        assert client.get("/policies/privacy/").status_code == 200


def test_search_engines_learn_the_version_in_a_block_that_cannot_be_broken_out_of(client, today):
    document = a_document("cookies are small", title='Privacy </script><script>alert("x")</script> policy')
    put(a_draft(document), row(1, today(), document=document))
    page = client.get("/policies/privacy/").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(block)
    assert data["version"] == "1.0"
    assert data["name"] == document.title
    assert data["datePublished"] == "2026-05-16"
    assert page.count("<script") == 2, "the block, and the script of the site"


def test_an_alias_leads_to_the_policy_it_stands_for(client, privacy):
    alias = privacy.create_alias(update_slug="data-protection")
    assert alias.slug == "data-protection"
    assertRedirects(client.get("/policies/data-protection/"), "/policies/privacy/")
    assertRedirects(
        client.get("/policies/data-protection/on/?date=2199-01-01"),
        "/policies/privacy/on/?date=2199-01-01",
        fetch_redirect_response=False,
    )


def test_an_unknown_policy_is_answered_with_those_there_are(client, privacy):
    page = client.get("/policies/unheard-of/")
    assertContains(page, "There is no policy at this address", status_code=404)
    assertContains(page, '<a href="/policies/privacy/">Privacy policy</a>', status_code=404, html=True)


def test_the_list_shows_each_policy_once_and_what_is_coming(client, history):
    announce(a_draft(a_document("terms of use", title="Terms"), slug="terms"))
    page = client.get("/policies/")
    assertContains(page, "Version 3.0, in force since")
    assertContains(page, "Privacy policy, version 5.0")
    assertContains(page, '<a href="/policies/terms/">Terms</a>', html=True)
    assertNotContains(page, "4.0")


def test_an_empty_site_has_a_list(client):
    assertContains(client.get("/policies/"), "No policy is in force yet.")


@pytest.mark.parametrize("slug", ["datenschutzerklärung", "a_b-9"])
def test_slugs_are_those_that_wagtail_allows(client, slug):
    announce(a_draft(slug=slug))
    assert client.get(f"/policies/{slug}/").status_code == 200
    assert client.get(f"/policies/{slug}/feed.atom").status_code == 200
    text = client.get(f"/policies/{slug}/versions/1.0/text/")
    assert text["Content-Disposition"].isascii()
    assert PolicyPage.objects.get(slug=slug).live
