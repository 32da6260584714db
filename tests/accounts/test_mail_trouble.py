"""A mail server that cannot be reached: a page says what was kept and how to go on; nothing is given away."""

import pytest
from django.core import mail

from accounts.models import User
from tests.making.mail_trouble import back
from tests.making.people import (
    NEW_PASSWORD,
    PASSWORD,
    a_person,
    confirm_identity,
    link_in,
    mails_to,
    sign_in,
    text_of,
)

NEW = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture
def unreachable(settings):
    settings.EMAIL_BACKEND = "tests.making.mail_trouble.Unreachable"
    return settings


def test_a_sign_up_is_kept_and_the_mail_comes_with_the_next_sign_in(client, db, unreachable):
    page = client.post("/account/signup/", NEW)
    assert page.status_code == 503
    assert "We could not send you an e-mail" in text_of(page)
    assert "sign in with your e-mail address and the password you chose" in text_of(page)
    assert User.objects.get().email == "new@example.org"
    back(unreachable)
    assert "Confirm your e-mail address" in text_of(sign_in(client, "new@example.org", follow=True))
    client.post(link_in(mails_to("new@example.org")[0]))
    assert client.get("/account/").status_code == 200


def test_nobody_learns_from_the_trouble_who_has_an_account(client, ann, unreachable):
    pages = [
        client.post("/account/signup/", NEW | {"email": address}) for address in ("ann@example.org", "new@example.org")
    ]
    assert [page.status_code for page in pages] == [503, 503]
    assert text_of(pages[0]) == text_of(pages[1])


@pytest.mark.parametrize("address", ["ann@example.org", "nobody@example.org"])
def test_a_reset_that_could_not_be_mailed_says_so(client, ann, unreachable, address):
    page = client.post("/account/password/reset/", {"email": address})
    assert page.status_code == 503
    assert "Your account and your password are as they were." in text_of(page)


def test_a_code_that_could_not_be_mailed_lets_nobody_in(client, edith, unreachable):
    page = sign_in(client, edith.email)
    assert page.status_code == 503
    assert "You are not signed in." in text_of(page)
    assert "_auth_user_id" not in client.session
    back(unreachable)
    assert "Enter the code" in text_of(sign_in(client, edith.email, follow=True))


def test_a_new_address_waits(signed_in, ann, unreachable):
    confirm_identity(signed_in)
    page = signed_in.post("/account/email/", {"email": "new@example.org", "action_add": ""})
    assert page.status_code == 503
    assert "the new address waits to be confirmed" in text_of(page)
    back(unreachable)
    signed_in.post("/account/email/", {"email": "new@example.org", "action_send": ""})
    assert len(mails_to("new@example.org")) == 1


def test_what_is_done_stays_done_when_the_notice_of_it_is_not_sent(signed_in, ann, unreachable):
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    page = signed_in.post("/account/password/change/", data, follow=True)
    assert "Your password is changed." in text_of(page)
    ann.refresh_from_db()
    assert ann.check_password(NEW_PASSWORD)


def test_mail_is_sent_in_the_organisations_name_and_follows_nobody(client, db, settings):
    from wagtail.models import Site

    from home.context import forget_facts
    from home.models import Organisation

    organisation = Organisation.for_site(Site.objects.get(is_default_site=True))
    organisation.name, organisation.email = "Plum Medical Services", "office@example.org"
    organisation.save()
    forget_facts()
    client.post("/account/signup/", NEW)
    message = mail.outbox[0]
    assert message.from_email == f"Plum Medical Services <{settings.DEFAULT_FROM_EMAIL}>"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert message.body.rstrip().endswith("Plum Medical Services\nhttps://testserver/\noffice@example.org")
    assert message.body.count("http") == 2
    assert not message.alternatives


def test_names_are_not_escaped_in_mail(client, db):
    a_person(first_name="Ann & <Co>")
    client.post("/account/password/reset/", {"email": "ann@example.org"})
    assert "Hello Ann & <Co>," in mail.outbox[0].body


@pytest.mark.parametrize("path", ["signup/", "password/reset/"])
def test_a_mail_for_an_address_without_an_account_says_what_happened(client, ann, path):
    data = {"signup/": NEW | {"email": "ann@example.org"}, "password/reset/": {"email": "nobody@example.org"}}
    client.post(f"/account/{path}", data[path])
    assert mail.outbox[0].subject in {"You have an account already", "There is no account with this e-mail address"}
    assert "Somebody, most likely you," in mail.outbox[0].body
