"""The banner for signed-in readers while something they were to be told of is unseen."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from accounts.personal_data.forgetting import forgetting
from policies.notices.models import AmendmentNotice, Delivery
from policies.notices.reader.seen import unseen_by
from policies.versions.announcing import withdraw
from tests.making.policies import a_document, a_draft
from tests.making.versions import put, row
from tests.policies.notices.reader.readers import CHANGES, saw, seen_by, signed_in, told, version


@pytest.fixture
def ann(client, history):
    return signed_in(client)


def banner_of(response) -> str:
    """What the banner says, without tags; empty where there is none."""
    found = re.search(r'<aside class="banner.*?</aside>', response.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def links_in_banner(response) -> list[str]:
    found = re.search(r'<aside class="banner.*?</aside>', response.content.decode(), re.S)
    return re.findall(r'href="([^"]+)"', found[0])


def another_policy(slug: str, title: str, **facts):
    """With a version 2.0 that comes after the history fixture's."""
    first = row(1, dt.date(2025, 1, 1), document=a_document("terms apply", title=title))
    second = row(2, dt.date(2026, 9, 1), document=a_document("terms apply too", title=title), **facts)
    put(a_draft(a_document("terms apply", title=title), slug), first, second)


@pytest.mark.parametrize("address", ["/", "/policies/", "/policies/privacy/", "/account/details/", "/nonsense/"])
def test_it_says_what_changes_and_when_on_every_page(client, ann, address):
    told(ann, "5.0")
    page = client.get(address)
    assert banner_of(page).startswith("Privacy policy changes on 1 August 2026 .")
    assert links_in_banner(page) == [CHANGES]


def test_it_knows_what_has_begun(client, ann):
    told(ann, "3.0")
    assert banner_of(client.get("/policies/")).startswith("Privacy policy changed on 1 January 2026 .")


def test_it_calls_a_new_policy_new(client, ann):
    told(ann, "1.0")
    assert banner_of(client.get("/policies/")).startswith("Privacy policy is a new policy, in force since")


@pytest.mark.parametrize("address", [CHANGES, "/policies/privacy/versions/5.0/", "/policies/privacy/compare/1.0/5.0/"])
def test_the_page_that_shows_it_has_none_and_so_have_all_others_afterwards(client, ann, address):
    told(ann, "5.0")
    assert banner_of(client.get(address)) == ""
    assert banner_of(client.get("/policies/")) == ""


def test_the_page_that_shows_it_has_none_even_if_nothing_was_written(client, ann):
    told(ann, "5.0")
    assert banner_of(client.get(CHANGES, headers={"Sec-Purpose": "prefetch"})) == ""
    assert seen_by(ann) == []


def test_reading_an_older_version_does_not_end_it(client, ann):
    told(ann, "5.0")
    client.get("/policies/privacy/")
    assert banner_of(client.get("/policies/"))


def test_who_has_seen_a_newer_version_need_not_go_back(client, ann):
    told(ann, "3.0")
    saw(ann, "5.0")
    assert banner_of(client.get("/policies/")) == ""


def test_several_versions_of_a_policy_are_one_change(client, ann):
    for number in ("2.0", "3.0", "5.0"):
        told(ann, number)
    told(ann, "5.0", kind="reminder")
    assert banner_of(client.get("/policies/")).count("Privacy policy changes on 1 August 2026") == 1
    assert len(links_in_banner(client.get("/policies/"))) == 1


def test_several_policies_stand_in_one_banner_the_soonest_first(client, ann):
    another_policy("terms", "Terms of use")
    told(ann, "2.0", slug="terms")
    told(ann, "5.0")
    assert links_in_banner(client.get("/")) == [CHANGES, "/policies/terms/changes/"]
    assert links_in_banner(client.get(CHANGES)) == ["/policies/terms/changes/"]


def test_many_policies_are_counted(client, ann):
    told(ann, "5.0")
    for slug in "abcd":
        another_policy(slug, f"Policy {slug}")
        told(ann, "2.0", slug=slug)
    page = client.get("/")
    assert "See all 5 that are new to you" in banner_of(page)
    assert links_in_banner(page)[-1] == "/account/policies/"
    assert len(links_in_banner(page)) == 4


def test_a_withdrawn_version_drops_out(client, ann):
    told(ann, "5.0")
    withdraw(version("5.0"), reason="Never mind.")
    assert banner_of(client.get("/policies/")) == ""


@pytest.mark.parametrize(
    ("state", "reason", "shown"),
    [
        ("pending", "", True),
        ("pending", "later", True),
        ("sending", "", True),
        ("sent", "", True),
        ("failed", "refused", True),
        ("unreachable", "no-address", True),
        ("skipped", "preference", False),
        ("skipped", "stopped", False),
    ],
)
def test_it_is_for_those_who_were_to_be_told(client, ann, state, reason, shown):
    told(ann, "5.0", state, reason=reason)
    assert bool(banner_of(client.get("/policies/"))) is shown


def test_it_waits_for_the_end_of_the_hold(client, ann):
    told(ann, "5.0", "pending", held=True)
    assert banner_of(client.get("/policies/")) == ""
    AmendmentNotice.objects.update(state="sending")  # somebody ended the hold before its time
    assert banner_of(client.get("/policies/"))


@pytest.mark.parametrize(("state", "reason"), [("failed", "gave-up"), ("unreachable", "bounced")])
def test_who_could_not_be_reached_is_told_so(client, ann, state, reason):
    told(ann, "5.0", state, reason=reason)
    page = client.get("/policies/")
    assert "Our e-mail about it did not reach you: check your e-mail address" in banner_of(page)
    assert links_in_banner(page) == [CHANGES, "/account/email/"]


def test_who_may_have_been_reached_is_not_told_otherwise(client, ann):
    told(ann, "5.0", "failed", reason="in-doubt")
    page = client.get("/policies/")
    assert banner_of(page)
    assert "did not reach you" not in banner_of(page)


def test_the_last_mail_counts_for_who_could_not_be_reached(client, ann):
    told(ann, "5.0", "failed", reason="refused")
    told(ann, "5.0", kind="reminder")
    assert "did not reach you" not in banner_of(client.get("/policies/"))


def test_nobody_sees_what_somebody_else_was_told(client, ann):
    told(ann, "5.0")
    signed_in(client, "ben@example.org")
    assert banner_of(client.get("/policies/")) == ""


def test_the_account_overview_says_it_as_a_task(client, ann):
    told(ann, "5.0", "failed", reason="refused")
    page = client.get("/account/")
    assert banner_of(page) == ""
    assertContains(page, "Read what we announced: Privacy policy")
    assertContains(page, "Our e-mail about a policy did not reach you")
    client.get(CHANGES)
    assertNotContains(client.get("/account/"), "Read what we announced")


def test_visitors_cost_no_query_and_get_a_page_for_all(client, history, django_assert_num_queries):
    client.get("/policies/privacy/versions/")
    with django_assert_num_queries(1):
        page = client.get("/policies/privacy/versions/")
    assert page["Cache-Control"].startswith("public, ")
    assert not page.has_header("Vary")


def test_knowing_what_is_unseen_costs_one_query(ann, django_assert_num_queries):
    for number in ("2.0", "3.0", "5.0"):
        told(ann, number)
    with django_assert_num_queries(1) as queries:
        assert [unseen.number for unseen in unseen_by(ann)] == ["5.0"]
    assert "message" not in queries.captured_queries[0]["sql"]
    assert '"content"' not in queries.captured_queries[0]["sql"]


def test_a_signed_in_reader_costs_one_query_more_than_knowing_who_it_is(client, ann):
    told(ann, "5.0")
    client.get("/policies/privacy/versions/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/policies/privacy/versions/")
    about_policies = [query for query in queries if "policies_" in query["sql"]]
    assert len(about_policies) == 2  # the versions, and what is unseen


PUBLIC = [
    "/policies/",
    "/policies/privacy/",
    "/policies/privacy/versions/",
    "/policies/privacy/versions/1.0/",
    "/policies/privacy/compare/1.0/3.0/",
    "/policies/privacy/on/",
    "/policies/privacy/verify/",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_page_with_a_banner_is_kept_for_nobody_else(client, ann, address):
    told(ann, "5.0")
    page = client.get(address)
    assert banner_of(page)
    assert page["Cache-Control"].startswith("private, ")
    assert "Cookie" in page["Vary"]


def test_a_plain_page_with_a_banner_varies_with_its_reader(client, ann):
    told(ann, "5.0")
    page = client.get("/")
    assert banner_of(page)
    assert "Cookie" in page["Vary"]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_date_alone_never_says_that_a_readers_page_is_the_same(client, ann, address):
    """The date of what is read does not know who reads."""
    told(ann, "5.0")
    with_banner = client.get(address)
    assert not with_banner.has_header("Last-Modified")
    with forgetting():
        Delivery.objects.all().delete()
    for headers in ({"If-Modified-Since": "Wed, 01 Jan 2098 00:00:00 GMT"}, {"If-None-Match": with_banner["ETag"]}):
        again = client.get(address, headers=headers)
        assert again.status_code == 200
        assert banner_of(again) == ""


@pytest.mark.parametrize("address", PUBLIC)
def test_who_signs_in_is_not_shown_the_page_of_before(client, history, address):
    before = client.get(address)
    told(signed_in(client), "5.0")
    kept = {"If-None-Match": before["ETag"], "If-Modified-Since": before["Last-Modified"]}
    page = client.get(address, headers=kept)
    assert page.status_code == 200
    assert banner_of(page)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_reader_who_has_the_same_page_still_gets_304(client, ann, address):
    told(ann, "5.0")
    client.get(address)
    page = client.get(address)
    assert client.get(address, headers={"If-None-Match": page["ETag"]}).status_code == 304
