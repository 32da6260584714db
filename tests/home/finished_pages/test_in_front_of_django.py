"""The store in front of the whole site: nobody's own page gets in, and what it sends is what Django would send."""

import datetime as dt
import pickle
import random

import pytest
from django.core.cache import cache as shared_cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from freezegun import freeze_time
from wagtail.models import Site

from accounts.values.organisation import Organisation as Said
from home.context import KEY, Facts
from home.models import Choices, Organisation, PageCount
from home.operations.kept_pages import public_pages_are_kept
from home.statistics import counting
from plum.finished import reader
from tests.making.finished_pages import Raised, a_generation, a_store, ask
from tests.making.images import a_picture
from tests.making.people import a_person
from tests.making.policies import a_draft, announce
from tests.making.versions import days, put, row

pytestmark = pytest.mark.django_db
PUBLIC = [
    "/",
    "/policies/",
    "/policies/feed.atom",
    "/policies/privacy/",
    "/policies/privacy/feed.atom",
    "/policies/privacy/timemap/",
    "/policies/privacy/versions/",
    "/policies/privacy/versions/1.0/",
    "/policies/privacy/versions/2.0/text/",
    "/policies/privacy/versions/2.0/json/",
    "/policies/privacy/compare/",
    "/policies/privacy/compare/1.0/2.0/",
    "/policies/privacy/verify/",
    "/policies/privacy/on/",
    "/about/",
    "/robots.txt",
    "/sitemap.xml",
]
# Of one request, or added for packing. Behind foreign cookies Django cannot know that they are not its own.
OWN = {"Set-Cookie", "X-Request-ID", "Vary", "Date", "Expires", "Cache-Control"}
OF_FORMS = {"Content-Encoding", "Content-Length", "ETag", "Last-Modified"}


def facts(answer, without=OWN):
    """An answer without what is of one request."""
    return answer.status, {name: value for name, value in answer.headers.items() if name not in without}


def test_what_is_sent_is_what_django_sends(history, django, store):
    for path in PUBLIC:
        for _ in range(2):
            through, past = ask(store, path), ask(django, path)
            assert (facts(through), through.body) == (facts(past), past.body), path


def test_the_pages_of_a_policy_are_kept(history, store):
    kept = [path for path in PUBLIC if path.startswith("/policies/privacy/")]
    for path in kept:
        ask(store, path)
    made = store.counts.made
    for path in kept:
        ask(store, path)
    assert (store.counts.made, store.counts.hits, store.counts.passes) == (made, len(kept), 0)


def test_no_page_is_made_of_a_table_that_nothing_watches(history, store, caplog):
    row = Organisation.objects.get_or_create(site=Site.objects.get())[0]
    row.logo, row.picture = a_picture("logo"), a_picture("picture")
    row.save()
    Choices.objects.create(site=row.site, counts_pages=True)
    for path in (*PUBLIC, "/cookies/"):
        ask(store, path)
    assert "a public page is not kept" not in caplog.text


def test_the_check_finds_public_pages_that_read_what_nobody_watches(history, monkeypatch, settings, caplog):
    from home.finished_pages import watched

    settings.FINISHED_PAGES_MB = 1
    assert public_pages_are_kept(databases=["default"]) == []
    assert caplog.records == []  # it asks for nothing that is not there
    assert public_pages_are_kept(databases=None) == []
    monkeypatch.setattr(watched, "watched_tables", lambda: frozenset({"wagtailcore_page"}))
    found = {warning.msg.partition(" ")[0]: warning for warning in public_pages_are_kept(databases=["default"])}
    assert {"/", "/policies/", "/policies/privacy/", "/policies/privacy/versions/"} <= set(found)
    assert "policies_policyversion" in found["/policies/privacy/"].msg
    assert not PageCount.objects.exists() and "a public page is not kept" not in caplog.text
    assert "/contact/" not in found  # it has a form, and is made for each reader anyway
    settings.FINISHED_PAGES_MB = 0
    assert public_pages_are_kept(databases=["default"]) == []


def test_a_page_that_reads_what_nobody_watches_is_not_kept(history, store, caplog, monkeypatch):
    from home.finished_pages import watched

    monkeypatch.setattr(watched, "watched_tables", lambda: frozenset({"wagtailcore_page"}))
    for _ in range(2):
        assert ask(store, "/policies/privacy/").status == 200
    assert (store.counts.hits, store.counts.unwatched) == (0, 1)
    assert "policies_policyversion" in caplog.records[-1].tables


def test_nothing_of_somebody_signed_in_is_kept_or_sent_to_others(history, store, client):
    ann = a_person()
    client.force_login(ann)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    assert ask(store, "/policies/privacy/", cookie=cookie).headers["Cache-Control"].startswith("private")
    assert not store.kept
    for_all = ask(store, "/policies/privacy/")
    assert ask(store, "/policies/privacy/", cookie=cookie).headers["Cache-Control"].startswith("private")
    assert ask(store, "/policies/privacy/").body is for_all.body


def test_forms_with_a_token_and_pages_of_the_account_are_never_kept(history, store):
    for path in ("/account/login/", "/account/", "/data-rights/", "/cms/", "/healthz", "/policies/privacy/changes/"):
        first, second = ask(store, path), ask(store, path)
        assert first.status == second.status
    assert not [key for key, kept in store.kept.items() if hasattr(kept, "body")]


def test_a_draft_is_not_there_and_is_there_once_announced(store):
    raised = store.generation._source
    page = a_draft()
    assert ask(store, "/policies/privacy/").status == 404
    announce(page)
    raised.raises("all", "site", "policies/privacy")
    assert ask(store, "/policies/privacy/").status == 200


def test_pages_are_counted_as_often_as_they_are_sent_not_as_they_are_made(history, django, monkeypatch):
    Choices.objects.create(site=Site.objects.get(), counts_pages=True)
    monkeypatch.setattr(counting, "COUNTS", counting.Counts())
    monkeypatch.setattr(counting.COUNTS, "_written", float("inf"))
    store = a_store(django, opened=counting.count_opening)
    store.reader = reader()
    known = ask(store).headers["ETag"]
    for headers in ({}, {"accept_encoding": "br"}, {"if_none_match": known}, {"cookie": "theme=dark"}):
        ask(store, **headers)
    for not_opened in ({"sec_purpose": "prefetch;prerender"}, {"sec_gpc": "1"}, {"cookie": "not_counted=1"}):
        ask(store, **not_opened)
    ask(store, method="HEAD")
    ask(store, "/policies/privacy/feed.atom")
    assert list(counting.COUNTS._waiting.items()) == [((timezone.localdate(), "/policies/privacy/"), 5)]


def test_what_another_process_has_changed_is_not_taken_from_a_cache(history, django, store):
    ask(django, "/")  # now its facts are remembered
    Organisation.objects.update_or_create(site=Site.objects.get(), defaults={"name": "Acme Dental"})
    shared_cache.set(KEY, pickle.dumps(Facts(Said(name="Old Name"))))
    assert "Old Name" in ask(django, "/policies/privacy/").body.decode()
    assert "Acme Dental" in ask(store, "/policies/privacy/").body.decode()


def test_what_all_pages_show_is_looked_up_once_until_it_changes(history, django):
    raised = Raised()
    store = a_store(django, source=raised)
    store.reader = reader()
    ask(store, "/policies/privacy/")
    with CaptureQueriesContext(connection) as queries:
        ask(store, "/policies/privacy/versions/")
    assert len(queries) == 1
    Organisation.objects.update_or_create(site=Site.objects.get(), defaults={"name": "Acme Dental"})
    raised.raises("all", "site")
    assert "Acme Dental" in ask(store, "/policies/privacy/").body.decode()


def test_a_version_comes_into_force_at_midnight_with_nobody_doing_anything(django):
    today = timezone.localdate()
    put(a_draft(), row(1, today), row(2, today + days(1)))
    generation = a_generation(Raised(), timezone.localtime())
    store = a_store(django, generation=generation)
    store.reader = reader()
    before = ask(store, "/policies/privacy/").body
    midnight = timezone.make_aware(dt.datetime.combine(today + days(1), dt.time()))
    with freeze_time(midnight, ignore=["home"]):
        generation.at = midnight.timestamp()
        after = ask(store, "/policies/privacy/")
        assert after.body != before
        assert after.body == ask(django, "/policies/privacy/").body


METHODS = ["GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "DELETE"]
HEADERS = {
    "accept_encoding": ["gzip", "br", "identity", "br;q=0"],
    "if_none_match": ["*", '"x"'],
    "cookie": ["_ga=1", "messages=x", "csrftoken=abc"],
    "range": ["bytes=0-9"],
    "host": ["testserver", "localhost", "evil.example"],
    "x_forwarded_host": ["evil.example"],
    "x_forwarded_proto": ["https"],
    "accept_language": ["cy"],
    "user_agent": ["curl"],
}
ODD = ["/policies/privacy", "/policies//privacy/", "/policies/../cms/", "/policies/privacy/versions/9.9/", "/nonsense/",
       "/policies/privacy/on/2026-01-01/", "/policies/privacy/%00", "/about/"]  # fmt: skip
QUERIES = ["", "", "view=side", "utm_source=x", "%76iew=side", "date=2026-01-01", "from=1.0&to=2.0"]


@pytest.mark.parametrize("seed", range(6))
def test_through_the_store_and_past_it_the_same_comes_back(seed, history, django, store):
    dice = random.Random(seed)
    for _ in range(60):
        path, method, query = dice.choice([*PUBLIC, *ODD]), dice.choice(METHODS), dice.choice(QUERIES)
        headers = {name: dice.choice(values) for name, values in HEADERS.items() if dice.random() < 0.25}
        through = ask(store, path, method=method, query=query, **headers)
        past = ask(django, path, method=method, query=query, **headers)
        asked = (path, method, query, headers)
        if through.status == 304 or past.status == 304:
            assert through.status == past.status, asked
            continue
        assert facts(through, OWN | OF_FORMS) == facts(past, OWN | OF_FORMS), asked
        if method != "HEAD":  # it is the web server that leaves out its body
            # A link that leads back here leads to the page, not to where its reader came from.
            alike = {answer.content.replace(b"?utm_source=x", b"") for answer in (through, past)}
            assert len(alike) == 1, asked
