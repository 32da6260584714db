"""The guard: costs nothing where nobody is asked for, fails closed where somebody is."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import URLPattern, get_resolver
from django_otp import DEVICE_ID_SESSION_KEY

from accounts.second_factor.changing import remove, reset
from accounts.second_factor.factors import find_factor
from accounts.second_factor.guard import editors_only
from home.cookies.remembering import choices
from tests.accounts.second_factor.steps import sign_in_with_app, who


@pytest.fixture(autouse=True)
def _the_site_is_known(db):
    """What it has chosen about cookies is asked for once a second, not for each page."""
    choices()


def test_a_page_that_asks_for_nobody_costs_no_query_and_varies_on_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/public/")
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    assert not response.cookies


def test_that_is_so_for_who_is_signed_in_as_well(whole, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert "Cookie" not in whole.get("/public/").get("Vary", "")


def test_who_was_sent_away_has_no_session_left(client, app):
    client.force_login(app.user)
    key = client.session.session_key
    who(client)
    assert client.session.session_key != key
    assert DEVICE_ID_SESSION_KEY not in client.session


def test_a_device_that_is_gone_ends_the_sessions_it_verified(whole, enrolled, app):
    enrolled.totpdevice_set.create(name="Another")
    app.delete()
    assert who(whole) == "nobody"


def test_it_does_so_even_if_it_was_the_only_one(client, app):
    sign_in_with_app(client, app)
    app.delete()
    assert who(client) == "nobody"


def test_asvs_6_5_6_a_device_no_longer_confirmed_ends_them_too(whole, app):
    app.confirmed = False
    app.save()
    assert who(whole) == "nobody"


def test_another_device_that_is_removed_leaves_the_session(whole, enrolled):
    tablet = enrolled.totpdevice_set.create(name="Tablet")
    remove(find_factor(enrolled, "app", tablet.pk))
    assert who(whole) == enrolled.email


def test_views_that_await_see_nobody_either(client, app):
    client.force_login(app.user)
    assert client.get("/whoami/awaited/").content == b"nobody"


def test_views_that_await_see_the_same_person(whole, enrolled):
    assert whole.get("/whoami/awaited/").content.decode() == enrolled.email


def test_after_signing_out_and_for_who_is_switched_off_the_cookie_is_nobody(whole, enrolled):
    enrolled.is_active = False
    enrolled.save()
    assert who(whole) == "nobody"


def test_an_editor_without_a_factor_is_sent_to_set_one_up_and_back(client, editor):
    client.force_login(editor)
    response = client.get("/cms/pages/?x=1")
    assert response.url == "/account/security/second-factor/app/?next=%2Fcms%2Fpages%2F%3Fx%3D1"


def test_what_an_editor_without_a_factor_posts_is_not_done(client, editor):
    client.force_login(editor)
    assert client.post("/cms/pages/").url == "/account/security/second-factor/app/"


def test_an_editor_with_a_factor_enters(client, editor):
    sign_in_with_app(client, editor.totpdevice_set.create(name="Phone", tolerance=0))
    assert client.get("/cms/").status_code == 200


def test_who_has_no_rights_in_the_cms_gets_no_loop(client, person):
    client.force_login(person)
    refused = client.get("/cms/")
    assert refused.status_code == 403
    assert "<h1>You may not open this page</h1>" in refused.text
    assert 'class="site-nav"' in refused.text and 'href="/policies/"' in refused.text


def test_rights_are_asked_for_before_a_factor(client, person):
    """Who must not enter is not told to set something up for it."""
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(person)
    assert client.get("/cms/").url.startswith("/account/security/second-factor/app/")


def test_a_script_that_is_not_signed_in_is_refused_and_not_redirected(client, db):
    assert client.get("/cms/", headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def cms_views(patterns, path=""):
    for pattern in patterns:
        route = path + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        else:
            yield from cms_views(pattern.url_patterns, route)


def test_resetting_ends_every_session_and_takes_every_factor(whole, enrolled, app):
    enrolled.totpdevice_set.create(name="Begun", confirmed=False)
    other = Client()
    other.force_login(enrolled)
    assert reset(enrolled) == 1
    assert who(whole) == "nobody"
    assert not enrolled.totpdevice_set.exists()
    assert not enrolled.recoverydevice_set.exists()


@pytest.mark.parametrize("times", [1, 2])
def test_resetting_who_has_nothing_left_does_no_harm(person, times):
    assert [reset(person) for _ in range(times)][-1] == 0


def test_the_guard_is_on_every_view_of_the_cms():
    views = [
        (path, view)
        for path, view in cms_views(get_resolver("plum.urls").url_patterns)
        if path.startswith("cms/") and path not in {"cms/login/", "cms/password_reset/"}
    ]
    assert len(views) > 150
    guard = editors_only(lambda request: None).__code__
    assert [path for path, view in views if guard not in wrappers(view)] == []


def wrappers(view):
    while view is not None:
        if hasattr(view, "__code__"):
            yield view.__code__
        view = getattr(view, "__wrapped__", None)
