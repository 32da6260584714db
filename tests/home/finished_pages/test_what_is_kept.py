"""Which answers of the site are for everybody: pages, what has moved for good, what a known policy does not have."""

import pytest
from django.test import override_settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from home.models import StandardPage
from tests.making.finished_pages import ask

pytestmark = pytest.mark.django_db
ASKED_AGAIN = "public, max-age=0, must-revalidate"


def kept(store, path, **headers):
    """Ask twice; return the answer, and whether the second came from the store."""
    ask(store, path, **headers)
    hits = store.counts.hits
    return ask(store, path, **headers), store.counts.hits > hits


@pytest.mark.parametrize("path", ["/", "/policies/", "/about/"])
def test_the_front_page_and_plain_pages_are_kept(path, history, store):
    Page.objects.get(depth=2).add_child(instance=StandardPage(title="About us", slug="about"))
    answer, was_kept = kept(store, path)
    assert (answer.status, answer.headers["Cache-Control"], was_kept) == (200, ASKED_AGAIN, True)


NOT_THERE = ["versions/9.9/", "versions/9.9/text/", "compare/1.0/9.9/", "on/2026-99-99/", "on/1999-01-01/"]


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_a_known_policy_does_not_have_is_kept(path, history, store):
    answer, was_kept = kept(store, f"/policies/privacy/{path}")
    assert (answer.status, answer.headers["Cache-Control"], was_kept) == (404, ASKED_AGAIN, True)


@pytest.mark.parametrize("path", ["/policies/unknown/", "/policies/unknown/versions/1.0/", "/nonsense/"])
def test_of_names_that_nobody_has_given_none_is_kept(path, history, store):
    answer, was_kept = kept(store, path)
    assert (answer.status, was_kept) == (404, False)
    assert "public" not in answer.headers.get("Cache-Control", "")


MOVED = {
    "a slash is missing": ("/policies/privacy", "/policies/privacy/"),
    "the feed": ("/feed/", "/policies/feed.atom"),
    "an editor says so": ("/old-privacy", "/policies/privacy/"),
}


@pytest.mark.parametrize(("old", "new"), MOVED.values(), ids=MOVED)
def test_what_has_moved_for_good_is_kept_and_asked_about_again(old, new, history, store):
    Redirect.objects.create(old_path="/old-privacy", redirect_link="/policies/privacy/", is_permanent=True)
    answer, was_kept = kept(store, old)
    assert (answer.status, answer.headers["Location"].removeprefix("http://testserver"), was_kept) == (301, new, True)
    assert answer.headers["Cache-Control"] == ASKED_AGAIN


def test_the_way_to_https_is_kept_apart_from_the_page_it_leads_to(history, django, store):
    with override_settings(SECURE_SSL_REDIRECT=True):
        store.application = type(django)()
        answer, was_kept = kept(store, "/policies/privacy/")
        assert (answer.status, was_kept) == (301, True)
        assert ask(store, "/policies/privacy/", **{"wsgi.url_scheme": "https"}).status == 200


def test_what_has_moved_for_the_time_being_and_forms_are_not_kept(history, store):
    for path in ("/privacy", "/policies/privacy/on/2026-06-01/", "/contact/", "/data-rights/"):
        assert not kept(store, path)[1], path


def test_with_a_cookie_of_ours_nothing_is_for_everybody(history, django):
    for path in ("/policies/privacy/versions/9.9/", "/"):
        answer = ask(django, path, cookie="__Host-sessionid=x")
        assert answer.headers["Cache-Control"].startswith("private")
