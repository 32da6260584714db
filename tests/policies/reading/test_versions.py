"""Each version for ever: its page, its text, its JSON, and the list of them all."""

import datetime as dt
import hashlib
import json

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from policies.texts.document import digest, from_json
from policies.versions.announcing import chain_of, withdraw
from policies.versions.models import PolicyVersion
from tests.making.policies import a_document, a_draft, announce
from tests.making.versions import days, put, row


@pytest.mark.parametrize(
    ("number", "tag", "words"),
    [
        ("1.0", "superseded", "It applied until"),
        ("3.0", "in-force", "cookies number 3"),
        ("4.0", "withdrawn", "It was a mistake."),
        ("5.0", "upcoming", "comes into force on"),
    ],
)
def test_a_version_says_where_it_stands(client, history, number, tag, words):
    page = client.get(f"/policies/privacy/versions/{number}/")
    assertContains(page, f"tag--{tag}")
    assertContains(page, words)


@pytest.mark.parametrize("number", ["1.0", "4.0", "5.0"])
def test_a_version_not_in_force_links_to_the_one_that_is(client, history, number):
    assertContains(client.get(f"/policies/privacy/versions/{number}/"), 'href="/policies/privacy/">')


def test_a_version_links_to_its_neighbours(client, history):
    page = client.get("/policies/privacy/versions/2.0/")
    assertContains(page, 'href="/policies/privacy/versions/1.0/" rel="prev"')
    assertContains(page, 'href="/policies/privacy/versions/3.0/" rel="next"')


@pytest.mark.parametrize(
    ("number", "canonical", "hidden"),
    [
        ("1.0", "versions/1.0/", True),
        ("3.0", "", False),
        ("4.0", "versions/4.0/", True),
        ("5.0", "versions/5.0/", False),
    ],
)
def test_search_engines_are_led_to_the_text_in_force(client, history, number, canonical, hidden):
    page = client.get(f"/policies/privacy/versions/{number}/").content.decode()
    assert f'<link rel="canonical" href="https://testserver/policies/privacy/{canonical}">' in page
    assert ('name="robots" content="noindex"' in page) is hidden


def test_the_plain_text_hashes_to_the_digest(client, history):
    response = client.get("/policies/privacy/versions/2.0/text/")
    version = PolicyVersion.objects.get(major=2)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert hashlib.sha256(response.content).hexdigest() == version.digest
    assertContains(client.get("/policies/privacy/versions/2.0/"), "/versions/2.0/text/ | sha256sum")


def test_the_json_is_enough_to_compute_digest_and_chain_again(client, privacy):
    announce(privacy, a_document("cookies are larger files"))
    one, two = (client.get(f"/policies/privacy/versions/{number}/json/").json() for number in ("1.0", "2.0"))
    assert one["previous"] is None
    assert two["previous"] == {"number": "1.0", "digest": one["digest"], "chain": one["chain"]}
    assert digest(from_json(two["document"])) == two["digest"]
    again = PolicyVersion(
        slug=two["policy"], sequence=two["sequence"], major=2, minor=0, significance=two["significance"],
        change_summary=two["change_summary"], effective_from=dt.date.fromisoformat(two["effective_from"]),
        announced_at=dt.datetime.fromisoformat(two["announced_at"]), title=two["title"], content=two["document"],
        digest=two["digest"], kinds=two["kinds"],
    )  # fmt: skip
    assert chain_of(again, two["previous"]["chain"]) == two["chain"]


def test_text_and_json_stay_the_same_to_the_byte_when_a_version_is_withdrawn(client, today):
    put(a_draft(), row(1, today()), row(2, today() + days(10)))
    kept = [client.get(f"/policies/privacy/versions/2.0/{form}/").content for form in ("text", "json")]
    withdraw(PolicyVersion.objects.get(major=2), reason="Never mind.")
    assert [client.get(f"/policies/privacy/versions/2.0/{form}/").content for form in ("text", "json")] == kept


def test_what_was_announced_before_this_website_says_so(client, today):
    recorded = timezone.now() - days(1)
    put(a_draft(), row(1, dt.date(2019, 5, 1), recorded_at=recorded.replace(microsecond=0)))
    page = client.get("/policies/privacy/versions/1.0/").content.decode()
    assert "before this website kept versions (added on" in page
    assert '<time datetime="2026-06-14">' in page


def test_printed_it_names_its_version_date_and_digest(client, history):
    page = client.get("/policies/privacy/versions/2.0/").content.decode()
    footer = page[page.index('class="print-footer"') :].replace("<wbr>", "")
    assert "version 2.0" in footer
    assert "1 March 2025" in footer
    assert PolicyVersion.objects.get(major=2).digest in footer


def test_the_list_has_every_version_with_its_facts(client, history):
    page = client.get("/policies/privacy/versions/").content.decode().replace("<wbr>", "")
    for version in PolicyVersion.objects.all():
        assert version.get_absolute_url() in page
        assert version.digest in page
        assert version.change_summary in page
    assert "/policies/privacy/compare/3.0/5.0/" in page
    assert "It was a mistake." in page


def test_two_versions_of_the_same_second_are_told_apart(client, today):
    at = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
    put(a_draft(), row(1, today(), announced_at=at), row(2, today(), announced_at=at))
    assertContains(client.get("/policies/privacy/"), "cookies number 2")
    assertContains(client.get("/policies/privacy/versions/1.0/"), "Another version replaced it")
    assert client.get("/policies/privacy/versions/").status_code == 200
    assert client.get("/policies/feed.atom").status_code == 200


def test_five_hundred_versions_cost_as_many_queries_as_five(client, history, today, django_assert_num_queries):
    document = a_document("cookies are small files")
    first = today() - days(600)
    put(a_draft(slug="long"), *(row(n, first + days(n), document=document) for n in range(1, 501)))
    client.get("/policies/privacy/versions/")
    for slug in ("privacy", "long"):
        with django_assert_num_queries(1):
            page = client.get(f"/policies/{slug}/versions/")
    assertContains(page, "Summary of 500.")
    with django_assert_num_queries(2):
        assertContains(client.get("/policies/long/"), "cookies are small files")


@pytest.mark.parametrize("number", ["9.0", "01.0", "1.00", "1", "one", "1.0.0", "١.٠", "99999999999999999999.0", "%00"])
def test_an_unknown_version_is_answered_with_those_there_are(client, history, number):
    for form in ("", "text/", "json/"):
        page = client.get(f"/policies/privacy/versions/{number}/{form}")
        assertContains(page, 'href="/policies/privacy/versions/3.0/"', status_code=404)


def test_a_version_number_from_the_address_is_escaped(client, history):
    page = client.get("/policies/privacy/versions/<script>alert(1)<%2Fscript>/")
    assertNotContains(page, "<script>alert", status_code=404)


def test_json_is_json(client, history):
    response = client.get("/policies/privacy/versions/3.0/json/")
    assert response["Content-Type"] == "application/json"
    data = json.loads(response.content)
    assert data["links"]["text"] == "https://testserver/policies/privacy/versions/3.0/text/"
    assert "standing" not in data
