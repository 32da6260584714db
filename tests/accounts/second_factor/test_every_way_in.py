"""However somebody comes in, without their second factor they are nobody (ASVS 5.0, 6.1.3 and 6.3.4)."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from tests.accounts.second_factor.steps import GIVE, code_now, give, who
from tests.making.people import NEW_PASSWORD, PASSWORD, link_in, mails_to, sign_in


@pytest.fixture(autouse=True)
def ends_as_nobody(client, app):
    """Whatever the way, also where a test below says no more: nobody, asked in each way there is."""
    yield
    assert who(client) == "nobody"
    assert client.get("/whoami/awaited/").content == b"nobody"
    assert client.get("/account/").url.startswith("/account/login/")


def test_by_password(client, app):
    assert sign_in(client).url == GIVE


def test_by_a_password_reset_that_signs_in(client, app, settings):
    settings.ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
    client.post("/account/password/reset/", {"email": app.user.email})
    form = client.get(link_in(mails_to(app.user.email)[0]), follow=True)
    url = form.redirect_chain[-1][0]
    response = client.post(url, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert response.url == GIVE


def test_asvs_6_4_3_by_a_password_reset_and_the_new_password(client, app):
    client.post("/account/password/reset/", {"email": app.user.email})
    form = client.get(link_in(mails_to(app.user.email)[0]), follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert who(client) == "nobody"
    assert sign_in(client, password=NEW_PASSWORD).url == GIVE


def test_by_confirming_an_address(client, app):
    EmailAddress.objects.update(verified=False)
    sign_in(client)
    assert client.post(link_in(mails_to(app.user.email)[0])).url == GIVE


def test_by_a_mailed_code_alone_there_is_no_way_in(client, app):
    assert client.post("/account/login/code/", {"email": app.user.email}).status_code == 404


def test_by_a_mailed_code_asked_for_before_one_had_a_factor(client, app):
    app.user.is_superuser, app.confirmed = True, False
    app.user.save()
    app.save()
    sign_in(client)
    app.confirmed = True
    app.save()
    code = client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["code"]
    assert client.post("/account/login/code/confirm/", {"code": code}).url == GIVE


def test_by_the_mailed_code_that_editors_get(client, app):
    """Who has a factor is asked for that, and for no mail besides."""
    app.user.is_superuser = True
    app.user.save()
    assert sign_in(client).url == GIVE
    assert mails_to(app.user.email) == []


def test_by_django_signing_somebody_in_without_any_form(client, app):
    client.force_login(app.user)


def test_by_a_sign_in_form_that_knows_no_second_factor(client, app):
    response = client.post("/foreign/login/", {"username": app.user.email, "password": PASSWORD})
    assert response.status_code == 302  # it believes that it worked


@pytest.mark.parametrize("path", ["/cms/login/", "/_util/login/"])
def test_by_wagtails_own_forms(client, app, path):
    response = client.post(path, {"username": app.user.email, "password": PASSWORD})
    assert response.url.startswith("/account/login/")


@pytest.mark.parametrize("path", ["/cms/", "/cms/pages/", "/cms/users/", "/cms/account/", "/cms/reports/locked/"])
def test_into_the_cms(client, app, path):
    app.user.is_superuser = True
    app.user.save()
    client.force_login(app.user)
    assert client.get(path).url.startswith("/account/login/?next=")


def test_into_a_private_page(client, app):
    page = Page.objects.filter(depth=2).first().add_child(title="Private", slug="private", live=True)
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    client.force_login(app.user)
    assert client.get("/private/").url == "/account/login/?next=/private/"


def test_into_a_private_page_of_a_group(client, app):
    group = Group.objects.create(name="Friends")
    app.user.groups.add(group)
    page = Page.objects.filter(depth=2).first().add_child(title="Private", slug="private", live=True)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(group)
    client.force_login(app.user)
    assert client.get("/private/").url == "/account/login/?next=/private/"


def test_by_permissions_alone(client, app):
    app.user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(app.user)
    assert client.get(reverse("wagtailadmin_home")).url.startswith("/account/login/")


def test_with_a_session_from_before_one_had_a_factor(client, person, app):
    app.confirmed = False
    app.save()
    sign_in(client)
    assert who(client) == person.email
    app.confirmed = True
    app.save()


def test_by_naming_somebody_elses_device_in_the_session(client, app, stranger):
    client.force_login(app.user)
    session = client.session
    session["otp_device_id"] = stranger.totpdevice_set.get().persistent_id
    session.save()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "name", ["overview", "set_up", "passkey_add", "passkey_add_begin", "passkey_add_complete", "recovery_codes"]
)
def test_into_the_pages_of_the_second_factor(client, app, name, method):
    client.force_login(app.user)
    response = getattr(client, method)(reverse(f"second_factor:{name}"))
    assert response.status_code in {302, 403, 405}


def test_a_wrong_code_after_any_of_these_is_not_enough(client, app):
    client.force_login(app.user)
    assert give(client, app, code_now(app)).url == "/account/login/"
