"""A reader's own redline: from the version they last saw to the newest announced one."""

import datetime as dt
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from policies.versions.announcing import withdraw
from tests.making.people import PASSWORD, a_person
from tests.making.policies import a_document, a_draft
from tests.making.versions import put, row
from tests.policies.notices.reader.readers import CHANGES, saw, seen_by, signed_in, version


@pytest.fixture
def ann(client, history):
    return signed_in(client)


def ends_of(page) -> tuple[str, str]:
    return page.context["old"].number, page.context["new"].number


def test_it_leads_from_what_was_last_seen_to_the_newest(client, ann):
    saw(ann, "2.0", dt.datetime(2026, 2, 3, 12, tzinfo=dt.UTC))
    page = client.get(CHANGES)
    assert ends_of(page) == ("2.0", "5.0")
    assertContains(page, "What changed since you last read it")
    assertContains(page, 'which you first opened on <time datetime="2026-02-03">3 February 2026</time>')
    assertContains(page, "[added: </span>5<span")
    assertContains(page, "[removed: </span>2<span")
    assertContains(page, "Summary of 3.")
    assertContains(page, "Summary of 5.")
    assertNotContains(page, "Summary of 4.")  # withdrawn
    assertContains(page, "This version comes into force on")


def test_the_newest_seen_counts_and_not_the_last_opened(client, ann):
    saw(ann, "3.0", dt.datetime(2026, 2, 3, tzinfo=dt.UTC))
    saw(ann, "1.0", dt.datetime(2026, 5, 3, tzinfo=dt.UTC))
    assert ends_of(client.get(CHANGES)) == ("3.0", "5.0")


def test_who_never_saw_any_is_shown_what_changed_last(client, ann):
    page = client.get(CHANGES)
    assert ends_of(page) == ("3.0", "5.0")
    assertContains(page, "As far as we know you have not read an older version")
    assertNotContains(page, "since you last read it")


def test_what_somebody_else_saw_does_not_count(client, ann):
    saw(a_person("ben@example.org"), "1.0")
    assert ends_of(client.get(CHANGES)) == ("3.0", "5.0")


def test_a_withdrawn_version_is_neither_start_nor_end(client, ann):
    saw(ann, "2.0")
    saw(ann, "4.0")
    assert ends_of(client.get(CHANGES)) == ("2.0", "5.0")
    withdraw(version("5.0"), reason="Never mind.")
    assert ends_of(client.get(CHANGES)) == ("2.0", "3.0")


def test_the_end_can_be_named_as_mails_do(client, ann):
    saw(ann, "1.0")
    page = client.get(f"{CHANGES}?to=3.0")
    assert ends_of(page) == ("1.0", "3.0")
    assertContains(page, "There is a newer version")
    assertContains(page, "See what changed up to version 5.0")
    assert seen_by(ann) == ["1.0", "3.0"]


def test_a_withdrawn_end_says_so(client, ann):
    saw(ann, "3.0")
    page = client.get(f"{CHANGES}?to=4.0")
    assert ends_of(page) == ("3.0", "4.0")
    assertContains(page, "This version was withdrawn and never came into force")


@pytest.mark.parametrize("number", ["9.0", "05.0", "newest", "%00", "5.0%0A"])
def test_an_end_that_is_not_there_is_said_not_to_be(client, ann, number):
    assertContains(client.get(f"{CHANGES}?to={number}"), "There is no version", status_code=404)
    assert seen_by(ann) == []


def test_the_start_is_found_before_the_page_itself_counts_as_seen(client, ann):
    saw(ann, "1.0")
    client.get(CHANGES)
    assert seen_by(ann) == ["1.0", "5.0"]


def test_a_page_opened_again_says_that_nothing_has_changed_and_still_shows_the_changes(client, ann):
    saw(ann, "1.0")
    client.get(CHANGES)
    page = client.get(CHANGES)
    assertContains(
        page, 'Nothing has changed since you read it on <time datetime="2026-06-15">15 June 2026</time>', html=False
    )
    assert ends_of(page) == ("1.0", "5.0")
    assertContains(page, "[added: </span>5<span")
    assertContains(page, 'href="/policies/privacy/versions/"')
    assertContains(page, 'href="/policies/privacy/compare/1.0/5.0/?view=side"')


def test_who_has_read_on_is_told_so(client, ann):
    saw(ann, "5.0")
    page = client.get(f"{CHANGES}?to=3.0")
    assertContains(page, "You read version 5.0 on")
    assertContains(page, "is newer than version 3.0.")
    assertNotContains(page, "Nothing has changed")
    assertNotContains(page, "There is a newer version")
    assert ends_of(page) == ("2.0", "3.0")


def test_nothing_has_changed_is_not_said_while_a_newer_version_is_unread(client, ann):
    saw(ann, "3.0")
    page = client.get(f"{CHANGES}?to=2.0")
    assertContains(page, "You read version 3.0 on")
    assertContains(page, "See what changed up to version 5.0")
    assertNotContains(page, "Nothing has changed")


def test_a_policy_with_one_version_is_shown_as_it_is(client, today):
    put(a_draft(), row(1, dt.date(2026, 1, 1), document=a_document("cookies are small files")))
    ann = signed_in(client)
    page = client.get(CHANGES)
    assertContains(page, "there is no older version to compare it with")
    assertContains(page, "cookies are small files")
    assertNotContains(page, "Nothing has changed")
    assert seen_by(ann) == ["1.0"]
    assertContains(client.get(CHANGES), "Nothing has changed since you read it on")


def test_a_policy_of_which_all_was_withdrawn_has_its_versions_to_show(client, today):
    put(a_draft(), row(1, dt.date(2026, 7, 1), withdrawn=True))
    signed_in(client)
    assertRedirects(client.get(CHANGES), "/policies/privacy/versions/")


def test_a_policy_that_is_not_there_is_said_not_to_be(client, ann):
    assertContains(client.get("/policies/nonsense/changes/"), "no policy at this address", status_code=404)


def test_who_is_not_signed_in_may_sign_in_or_read_the_public_redline(client, history):
    page = client.get(f"{CHANGES}?to=5.0")
    assertContains(page, "Sign in, and see word by word what changed")
    assertContains(page, 'href="/policies/privacy/compare/3.0/5.0/"')
    assertContains(page, 'href="/policies/privacy/versions/5.0/"')
    assertContains(page, '<meta name="robots" content="noindex">', html=True)


def test_signing_in_leads_back_to_the_same_redline(client, history):
    ann = a_person()
    saw(ann, "1.0")
    page = client.get(f"{CHANGES}?to=3.0")
    link = unescape(page.content.decode().split('class="button" href="')[1].split('"')[0])
    assert parse_qs(urlsplit(link).query) == {"next": [f"{CHANGES}?to=3.0"]}
    form = {"login": ann.email, "password": PASSWORD, "next": parse_qs(urlsplit(link).query)["next"][0]}
    back = client.post(link, form, follow=True)
    assert back.redirect_chain == [(f"{CHANGES}?to=3.0", 302)]
    assert ends_of(back) == ("1.0", "3.0")


def test_a_first_version_has_no_redline_to_offer(client, today):
    put(a_draft(), row(1, dt.date(2026, 1, 1)))
    page = client.get(CHANGES)
    assertNotContains(page, "/compare/")
    assertContains(page, 'href="/policies/privacy/versions/1.0/"')


def test_no_cache_keeps_it_for_whoever_it_is(client, history):
    anonymous = client.get(CHANGES)
    signed_in(client)
    for page in (anonymous, client.get(CHANGES)):
        assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
        assert not page.has_header("ETag")
        assert not page.has_header("Last-Modified")


def test_it_cannot_be_posted_to(client, ann):
    assert client.post(CHANGES).status_code == 405


def test_it_costs_few_queries_however_many_versions_there_are(client, ann, django_assert_max_num_queries):
    saw(ann, "1.0")
    client.get(CHANGES)
    with django_assert_max_num_queries(14):
        client.get(CHANGES)
