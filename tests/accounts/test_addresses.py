"""Every address of the site: one sign-in, and nothing of the CMS without the guard."""

import pytest
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.test import Client
from django.urls import URLPattern, get_resolver

from accounts.second_factor.guard import editors_only
from tests.making.patterns import all_patterns
from tests.making.people import PASSWORD, an_app

GUARD = editors_only(lambda request: None).__code__
SAMPLES = {"int": "1", "row": "1", "uuid": "6a8f2b3c-0000-4000-8000-000000000000"}
REDIRECTS = {"cms/login/", "cms/password_reset/"}


def cms_patterns() -> dict[str, URLPattern]:
    return {path: pattern for path, pattern in all_patterns() if path.startswith("cms/") and path not in REDIRECTS}


def an_address(path: str) -> str | None:
    """An address that fits the pattern, where that is easy to say."""
    parts = (SAMPLES.get(part[1:].partition(":")[0], "x") if part[:1] == "<" else part for part in path.split("/"))
    address = "/" + "/".join(parts)
    return address if not set(address) & set("^$()?*[]\\<>") else None


def layers(view):
    for _ in range(50):  # deeper than any; a lazy object would say that it wraps for ever
        if view is not None:
            yield view
            view = getattr(view, "__wrapped__", None)


def is_a_login(view) -> bool:
    made_of = [getattr(layer, "view_class", None) for layer in layers(view)]
    forms = [getattr(found, "form_class", None) for found in made_of if found]
    return any(found and issubclass(found, LoginView) for found in made_of) or any(
        isinstance(form, type) and issubclass(form, AuthenticationForm) for form in forms
    )


def test_every_view_of_the_cms_is_behind_the_guard():
    """The guard is the outermost layer of each, those that hooks add included."""
    found = cms_patterns()
    assert len(found) > 150
    assert [path for path, pattern in found.items() if pattern.callback.__code__ is not GUARD] == []


@pytest.mark.django_db
def test_every_address_of_the_cms_sends_nobody_to_the_sign_in():
    asked = [address for path in cms_patterns() if (address := an_address(path))]
    assert len(asked) > 120
    browser = Client()
    answers = {address: browser.get(address) for address in asked}
    assert [
        at for at, answer in answers.items() if answer.status_code != 302 or answer.url != f"/account/login/?next={at}"
    ] == []


@pytest.mark.django_db
def test_every_address_of_the_cms_sends_an_editor_without_a_second_factor_to_set_one_up(client, edith):
    client.force_login(edith)
    for address in filter(None, map(an_address, cms_patterns())):
        assert client.get(address).url.startswith("/account/security/second-factor/app/"), address


@pytest.mark.django_db
def test_every_login_view_but_allauths_is_shadowed(client):
    """First come, first served: an address whose pattern is a login must be answered by an earlier redirect."""
    logins = [path for path, pattern in all_patterns() if is_a_login(pattern.callback)]
    assert {"cms/login/", "_util/login/"} <= set(logins)
    for path in logins:
        answer = client.get(f"/{path}?next=/account/")
        assert (answer.status_code, answer.url) == (302, "/account/login/?next=/account/")
        assert client.post(f"/{path}", {"username": "x", "password": "x"}).status_code in {302, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/cms/login/", "/_util/login/"])
def test_a_shadowed_login_signs_nobody_in(client, edith, path):
    client.post(path, {"username": edith.email, "login": edith.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_wagtails_password_reset_leads_to_the_accounts(client):
    assert client.get("/cms/password_reset/").url == "/account/password/reset/"


@pytest.mark.django_db
def test_djangos_admin_is_not_mounted(client):
    assert client.get("/admin/", follow=True).status_code == 404
    assert "admin" not in get_resolver().namespace_dict


@pytest.mark.django_db
def test_no_second_table_of_factors_is_installed(settings):
    assert not {"allauth.mfa", "django_otp.plugins.otp_static", "wagtail.api.v3"} & set(settings.INSTALLED_APPS)


@pytest.mark.django_db
def test_a_private_page_asks_for_the_second_factor_too(client, ann):
    """Wagtail's page restrictions look at request.user, which is nobody until the second factor is given."""
    from wagtail.models import PageViewRestriction

    from home.models import HomePage, StandardPage

    page = HomePage.objects.get().add_child(instance=StandardPage(title="Private", slug="private"))
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/private/").url == "/account/login/?next=/private/"
    client.force_login(ann)
    assert client.get("/private/").status_code == 200
    an_app(ann)
    assert client.get("/private/").url == "/account/login/?next=/private/"
