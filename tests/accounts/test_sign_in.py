"""Signing up, in and out: each page says what happened and what to do."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.making.people import NEW_PASSWORD, PASSWORD, a_person, link_in, mails_to, sign_in, text_of

NEW = {"email": "New@Example.org", "password1": PASSWORD, "password2": PASSWORD}
IS_SIGNED_IN = "_auth_user_id"


def test_somebody_signs_up_confirms_and_is_signed_in(client, db):
    response = client.post("/account/signup/", NEW, follow=True)
    assert "Confirm your e-mail address" in text_of(response)
    assert IS_SIGNED_IN not in client.session
    confirmed = client.post(link_in(mails_to("new@example.org")[0]), follow=True)
    assert "Your e-mail address new@example.org is confirmed." in text_of(confirmed)
    assert "You can sign in" not in text_of(confirmed), "they are signed in already"
    assert client.get("/account/").status_code == 200
    person = User.objects.get()
    assert (person.email, person.security_events.filter(kind="signed_up").count()) == ("new@example.org", 1)


def test_an_address_that_is_not_confirmed_opens_nothing(client, db):
    a_person(verified=False)
    response = sign_in(client, follow=True)
    assert "Confirm your e-mail address" in text_of(response)
    assert IS_SIGNED_IN not in client.session
    assert mails_to("ann@example.org")[0].subject == "Confirm your e-mail address"


def test_the_mailed_link_asks_before_it_confirms(client, db):
    client.post("/account/signup/", NEW)
    page = client.get(link_in(mail.outbox[0]))
    assert "Is new@example.org your e-mail address?" in text_of(page)
    assert not EmailAddress.objects.get().verified


def test_a_link_opened_in_another_browser_confirms_and_does_not_sign_in(client, db):
    client.post("/account/signup/", NEW)
    other = Client()
    response = other.post(link_in(mail.outbox[0]), follow=True)
    assert "Your e-mail address new@example.org is confirmed. Sign in" in text_of(response)
    assert IS_SIGNED_IN not in other.session


def test_a_link_used_twice_says_so(client, db):
    client.post("/account/signup/", NEW)
    link = link_in(mail.outbox[0])
    Client().post(link)
    again = Client().get(link)
    assert again.status_code == 200
    assert "This link does not work any more" in text_of(again)


def test_a_link_that_is_too_old_says_so(client, db, freezer):
    client.post("/account/signup/", NEW)
    freezer.tick(4 * 24 * 3600)
    assert "This link does not work any more" in text_of(client.get(link_in(mail.outbox[0])))


def test_a_damaged_link_posted_is_a_page_and_no_error(client, db):
    assert client.post("/account/confirm-email/nonsense/").status_code == 404


def test_an_address_counts_whatever_its_case(client, ann):
    assert sign_in(client, "ANN@Example.ORG").url == "/account/"


def test_a_wrong_password_is_told_without_saying_which_is_wrong(client, ann):
    texts = [text_of(sign_in(client, who, "wrong password 123")) for who in ("ann@example.org", "nobody@example.org")]
    assert texts[0] == texts[1]
    assert "The e-mail address or the password is not right." in texts[0]


def test_an_account_that_is_switched_off_says_so_to_its_owner_only(client, ann):
    ann.is_active = False
    ann.save()
    assert "switched off" in text_of(sign_in(client, follow=True))
    assert "is not right" in text_of(sign_in(client, password="wrong password 123"))


def test_signing_in_leads_where_one_wanted_to_go(client, ann):
    asked = client.get("/account/details/")
    assert asked.url == "/account/login/?next=/account/details/"
    form = client.get(asked.url).context["redirect_field"]
    assert 'value="/account/details/"' in form
    data = {"login": ann.email, "password": PASSWORD, "next": "/account/details/"}
    assert client.post("/account/login/", data).url == "/account/details/"


def test_nobody_is_led_to_another_website(client, ann):
    data = {"login": ann.email, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/account/login/", data).url == "/account/"


def test_signing_out_is_one_button_on_each_page(signed_in):
    page = signed_in.get("/account/details/").content.decode()
    assert '<form method="post" action="/account/logout/">' in page
    assert "You are signed out." in text_of(signed_in.post("/account/logout/", follow=True))
    assert IS_SIGNED_IN not in signed_in.session


def test_who_is_signed_in_is_not_asked_again(signed_in):
    assert signed_in.get("/account/login/").url == "/account/"


def test_the_sign_in_page_helps_password_managers(client, db):
    html = client.get("/account/login/").content.decode()
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert html.count("placeholder=") == 0


def test_the_sign_up_page_helps_password_managers(client, db):
    html = client.get("/account/signup/").content.decode()
    assert html.count('autocomplete="new-password"') == 1
    assert 'autocomplete="email"' in html


def test_with_cookies_off_the_page_says_what_to_do(ann):
    strict = Client(enforce_csrf_checks=True)
    response = sign_in(strict)
    assert response.status_code == 403
    assert "allow cookies" in text_of(response)


def test_a_password_is_reset_by_mail_and_needs_signing_in(client, ann):
    client.post("/account/password/reset/", {"email": "ann@example.org"})
    form = client.get(link_in(mails_to(ann.email)[0]), follow=True)
    done = client.post(form.context["action_url"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}, follow=True)
    assert "Your password is changed" in text_of(done)
    assert IS_SIGNED_IN not in client.session
    assert [message.subject for message in mails_to(ann.email)] == ["Reset your password", "Your password was reset"]
    assert sign_in(client, password=NEW_PASSWORD).url == "/account/"


def test_a_reset_link_works_once_and_for_an_hour(client, ann, freezer):
    client.post("/account/password/reset/", {"email": "ann@example.org"})
    link = link_in(mails_to(ann.email)[0])
    freezer.tick(3601)
    assert "This link does not work any more" in text_of(Client().get(link))


def test_somebody_elses_reset_link_is_no_way_in(client, ann):
    a_person("bob@example.org")
    client.post("/account/password/reset/", {"email": "ann@example.org"})
    link = link_in(mails_to(ann.email)[0])
    bobs = link.replace("/key/", "/key/zz", 1)
    assert "This link does not work any more" in text_of(client.get(bobs, follow=True))


@pytest.mark.parametrize(
    "path", ["login/", "signup/", "password/reset/", "password/reset/done/", "confirm-email/", "inactive/"]
)
def test_every_entrance_page_is_in_the_sites_design(client, db, path):
    html = client.get(f"/account/{path}").content.decode()
    assert '<header class="page-header">' in html
    assert html.count("<h1") == 1
    assert '<a class="skip-link" href="#content">' in html
    assert '<meta name="robots" content="noindex">' in html
