"""Nothing of one reader's, nothing secret and nothing forged comes into what the store sends to others."""

import pytest
from django.contrib.messages import INFO
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import Page, PageViewRestriction

from home.cookies.consent import question
from home.models import StandardPage
from policies.reading.views import policies as views
from policies.writing.models import PolicyPage
from tests.making.choices import the_site_chooses
from tests.making.finished_pages import ask
from tests.making.people import an_editor
from tests.making.policies import a_document, announce
from tests.making.versions import days

pytestmark = pytest.mark.django_db
PRIVACY = "/policies/privacy/"


def bodies(store):
    """Return everything that the store would send again, each page in each of its forms' plain words."""
    return [kept.body for kept in store.kept.values() if hasattr(kept, "body")]


def cookies_of(client):
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


@pytest.fixture
def editor(client, verified):
    """Somebody who is signed in with both steps and may do everything."""
    person = an_editor()
    verified(client, person)
    return person


@pytest.fixture
def secret_page():
    home = Page.objects.get(depth=2)
    return home.add_child(instance=StandardPage(title="Secret", slug="secret", introduction="The vault is open."))


def test_who_has_given_only_the_first_of_two_steps_is_nobody_and_is_not_kept(history, store, client):
    person = an_editor()
    TOTPDevice.objects.create(user=person, name="phone", confirmed=True)
    client.force_login(person)
    for _ in range(2):
        answer = ask(store, PRIVACY, cookie=cookies_of(client))
        assert answer.headers["Cache-Control"].startswith("private")
    assert bodies(store) == []


def test_a_message_to_one_reader_is_told_to_nobody_else(history, store):
    messages = CookieStorage(RequestFactory().get("/"))
    messages.add(INFO, "Your tooth is ready.")
    sent = HttpResponse()
    messages.update(sent)
    cookie = f"messages={sent.cookies['messages'].coded_value}"
    assert "Your tooth is ready." in ask(store, PRIVACY, cookie=cookie).body.decode()
    assert "Your tooth is ready." not in ask(store, PRIVACY).body.decode()
    assert not [body for body in bodies(store) if b"tooth" in body]


def test_previews_and_drafts_are_seen_by_their_editor_alone(history, store, client, editor):
    draft = PolicyPage.objects.get(pk=history.pk)
    draft.title = "Unannounced words"
    draft.save_revision()
    seen = ask(store, f"/cms/pages/{draft.pk}/view_draft/", cookie=cookies_of(client))
    assert "Unannounced" in seen.body.decode()
    for path in (f"/cms/pages/{draft.pk}/edit/", PRIVACY):
        ask(store, path, cookie=cookies_of(client))
    assert "Unannounced" not in ask(store, PRIVACY).body.decode()
    assert not [body for body in bodies(store) if b"Unannounced" in body]


RESTRICTIONS = {
    "to who signs in": {"restriction_type": PageViewRestriction.LOGIN},
    "to a group": {"restriction_type": PageViewRestriction.GROUPS},
    "to who knows a password": {"restriction_type": PageViewRestriction.PASSWORD, "password": "open sesame"},
}


@pytest.mark.parametrize("kind", RESTRICTIONS.values(), ids=RESTRICTIONS)
def test_a_page_that_is_not_for_everybody_is_kept_for_nobody(kind, store, client, editor, secret_page):
    PageViewRestriction.objects.create(page=secret_page, **kind)
    for cookie in ("", cookies_of(client), ""):
        ask(store, "/secret/", **({"cookie": cookie} if cookie else {}))
    assert b"The vault is open." not in ask(store, "/secret/").body
    assert bodies(store) == []


def test_a_page_that_is_closed_is_closed_for_who_saw_it_open(store, secret_page):
    assert b"The vault is open." in ask(store, "/secret/").body
    PageViewRestriction.objects.create(page=secret_page, restriction_type=PageViewRestriction.LOGIN)
    store.generation._source.raises("all", "site")
    assert (ask(store, "/secret/").status, ask(store, "/secret/").status) == (302, 302)


CONSENTS = {"asked": {}, "refuses by signal": {"sec_gpc": "1"}}


@pytest.mark.parametrize("first", CONSENTS.values(), ids=CONSENTS)
def test_what_one_reader_agreed_to_counts_for_nobody_else(first, history, store, client):
    the_site_chooses(analytics_id="G-ABC123DEF4")
    said = {"answer": "yes", "next": "/policies/", "digest": question.question().digest}
    client.post("/cookies/answer/", said, headers={"Sec-Fetch-Site": "same-origin"})
    agreed = cookies_of(client)
    ask(store, PRIVACY, **first)
    assert b"G-ABC123DEF4" in ask(store, PRIVACY, cookie=agreed).body
    for cookie in (agreed, "cookie_choice=forged"):
        ask(store, PRIVACY, cookie=cookie)
    for headers in ({}, {"sec_gpc": "1"}):
        answer = ask(store, PRIVACY, **headers)
        assert b"G-ABC123DEF4" not in answer.body
        assert "google" not in answer.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in answer.headers
    assert (b"cookie" in ask(store, PRIVACY).body, len(bodies(store))) == (True, 2)


@pytest.mark.parametrize(("error", "status"), [(RuntimeError("boom"), 500), (OperationalError("gone"), 503)])
def test_a_page_that_failed_is_not_what_the_next_reader_gets(error, status, history, store, monkeypatch):
    def fails(*_):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(views, "policy_context", fails)
        assert [ask(store, PRIVACY).status for _ in range(2)] == [status, status]
    assert bodies(store) == []
    assert ask(store, PRIVACY).status == 200


def test_a_part_of_a_page_is_never_kept_for_the_whole(history, store):
    whole = ask(store, PRIVACY, range="bytes=0-9")
    assert (whole.status, ask(store, PRIVACY).body == whole.body, len(whole.body) > 1000) == (200, True, True)


FORGED = {
    "x_forwarded_host": "evil.example",
    "x_forwarded_server": "evil.example",
    "x_forwarded_proto": "https",
    "x_forwarded_port": "666",
    "x_forwarded_prefix": "/evil.example",
    "x_forwarded_for": "192.0.2.66",
    "x_real_ip": "192.0.2.66",
    "x_original_url": "/cms/",
    "x_rewrite_url": "/cms/",
    "x_http_method_override": "DELETE",
    "x_host": "evil.example",
    "forwarded": "host=evil.example;proto=https",
    "origin": "https://evil.example",
    "referer": "https://evil.example/",
    "accept_language": "evil.example",
    "user_agent": "evil.example",
    "x_request_id": "66666666666666666666666666666666",
}


@pytest.mark.parametrize("name", FORGED)
def test_no_header_of_one_reader_poisons_the_page_of_the_next(name, history, store, django):
    forged = ask(store, PRIVACY, **{name: FORGED[name]})
    clean = ask(store, PRIVACY)
    known = ask(django, PRIVACY)
    assert forged.body == clean.body == known.body
    everything = str(clean.headers) + clean.body.decode()
    assert not [word for word in ("evil.example", "192.0.2.66", ":666", "6666666666666666") if word in everything]


@pytest.mark.parametrize(
    "query", ["utm_source=evil.example", "x=<script>evil.example", "view=evil.example", "%00=evil"]
)
def test_no_query_of_one_reader_poisons_the_page_of_the_next(query, history, store, django):
    ask(store, PRIVACY, query=query)
    assert ask(store, PRIVACY).body == ask(django, PRIVACY).body
    assert not [body for body in bodies(store) if b"evil" in body]


def test_by_a_name_that_is_not_ours_nothing_comes_and_nothing_is_kept(history, store):
    for host in ("evil.example", "testserver.evil.example", "testserver:666", "testserver@evil.example", ""):
        ask(store, PRIVACY, host=host)
    assert {key[0] for key in store.kept} <= {"testserver"}
    assert "evil" not in ask(store, PRIVACY).body.decode()


# In the forms of an address behind which others' caches have kept what is somebody's own.
OWN = [
    "/account/", "/account/details/", "/account/details/style.css", "/account/security/;x.js", "/account/data/%0a.png",
    "//account/", "/./account/", "/policies/../account/", "/policies/privacy/../../account/", "/Account/",
    "/policies/privacy/changes/", "/policies/privacy/changes/x.css", "/static/../account/", "/cms/", "/CMS/",
]  # fmt: skip
OTHERWISE = [
    "/policies//privacy/", "/policies/privacy//", "/policies/privacy/./", "/policies/%2e%2e/", "/policies/PRIVACY/",
    "/policies/privacy/\x00", "/policies/privacy/versions/1.0/../2.0/",
]  # fmt: skip


@pytest.mark.parametrize("path", OWN)
def test_no_trick_with_a_path_brings_in_what_is_somebodys_own(path, history, store, client, editor):
    mine = ask(store, path, cookie=cookies_of(client))
    assert not [body for body in bodies(store) if b"Edith" in body]
    others = ask(store, path)
    assert b"Edith" not in others.body
    assert "public" not in mine.headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", OTHERWISE)
def test_no_other_way_to_write_an_address_gets_the_page_of_that_address(path, history, store, django):
    ask(store, PRIVACY)
    for _ in range(2):
        through, past = ask(store, path), ask(django, path)
        assert (through.status, through.body) == (past.status, past.body)


def test_what_is_sent_and_what_is_asked_in_another_way_is_not_kept(history, store):
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE", "BREW", "get"):
        ask(store, f"{PRIVACY}verify/", method=method)
        ask(store, PRIVACY, method=method)
    assert not store.kept


def test_an_announcement_for_later_shows_no_word_of_it_on_the_page_in_force(store, privacy):
    announce(privacy, a_document("biscuits are crumbs"), effective_from=timezone.localdate() + days(30))
    store.generation._source.raises("all", "policies/privacy")
    assert "biscuits" not in ask(store, PRIVACY).body.decode().lower()
