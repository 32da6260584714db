"""One mailbox, one account, however its address is spelled."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts.models import User
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

PLAIN = "ann.o@xn--exmple-cua.org"
SPELLINGS = [
    "ann.o@exämple.org",
    "Ann.O@EXÄMPLE.org",
    "ann.o@xn--exmple-cua.org",
    "ANN.O@XN--EXMPLE-CUA.ORG",
    "ａｎｎ．ｏ@exämple.org",
    "ann.o＠ｅｘäｍｐｌｅ．org",
]
FEW = SPELLINGS[-2:]
NO_MAILBOXES = {
    "annı@example.org": "a letter before the @ that many mail servers do not take",
    "аnn@example.org": "a letter before the @ that many mail servers do not take",
    "ann@exa_mple.org": "domain of the address is not one that can exist",
    "ann": "The address has no @",
    "ann@[192.0.2.1]": "names a computer by its number",
}


def sign_up(client, address: str):
    return client.post(
        "/account/signup/", {"email": address, "password1": PASSWORD, "password2": PASSWORD}, follow=True
    )


@pytest.mark.django_db
@pytest.mark.parametrize("first", FEW)
def test_whoever_signs_up_is_kept_under_the_one_spelling(first):
    sign_up(Client(), first)
    assert User.objects.get().email == EmailAddress.objects.get().email == PLAIN
    assert [message.to for message in mail.outbox] == [[PLAIN]]


@pytest.mark.django_db
@pytest.mark.parametrize("second", SPELLINGS)
def test_no_second_account_is_made_and_nobody_learns_that_there_is_one(second):
    a_person(PLAIN)
    page = text_of(sign_up(Client(), second))
    stranger = text_of(sign_up(Client(), "somebody@else.example"))
    assert "Confirm your e-mail address" in page
    assert page.replace(PLAIN, "…") == stranger.replace("somebody@else.example", "…")
    assert User.objects.filter(email__contains="exmple").count() == 1
    assert mails_to(PLAIN)[-1].subject != mails_to("somebody@else.example")[-1].subject


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_signs_in(spelling):
    person = a_person(PLAIN)
    browser = Client()
    sign_in(browser, spelling)
    assert browser.session["_auth_user_id"] == str(person.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", FEW)
def test_every_spelling_resets_the_password(spelling):
    a_person(PLAIN)
    browser = Client()
    browser.post("/account/password/reset/", {"email": spelling})
    [message] = mails_to(PLAIN)
    link = browser.get(link_in(message)).url
    browser.post(link, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert User.objects.get().check_password(NEW_PASSWORD)


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", FEW)
def test_an_address_that_somebody_has_is_not_taken_over_by_changing_ones_own(signed_in, ann, spelling):
    a_person(PLAIN)
    confirm_identity(signed_in)
    page = text_of(signed_in.post("/account/email/", {"email": spelling, "action_add": ""}, follow=True))
    assert f"Follow the link that we sent to {PLAIN}" in page
    for message in mails_to(PLAIN):
        Client().post(link_in(message))
    ann.refresh_from_db()
    assert ann.email == "ann@example.org"
    assert not EmailAddress.objects.filter(user=ann, email=PLAIN, verified=True).exists()


@pytest.mark.django_db
def test_ones_own_address_spelled_otherwise_is_no_change(signed_in):
    confirm_identity(signed_in)
    page = signed_in.post("/account/email/", {"email": "ＡＮＮ@example.org", "action_add": ""}, follow=True)
    assert "This is already your e-mail address." in text_of(page)


@pytest.mark.django_db
def test_a_new_address_is_confirmed_under_its_one_spelling(signed_in, ann):
    confirm_identity(signed_in)
    signed_in.post("/account/email/", {"email": "Ann@Straße.example", "action_add": ""})
    [message] = mails_to("ann@xn--strae-oqa.example")
    signed_in.post(link_in(message))
    ann.refresh_from_db()
    assert ann.email == "ann@xn--strae-oqa.example"


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "words"), NO_MAILBOXES.items())
@pytest.mark.parametrize("path", ["signup", "password/reset"])
def test_what_no_mail_can_be_sent_to_is_refused_in_words(client, path, address, words):
    fields = {"email": address, "password1": PASSWORD, "password2": PASSWORD}
    assert words in text_of(client.post(f"/account/{path}/", fields))
    assert not User.objects.exists()
    assert not mail.outbox


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", FEW)
def test_staff_make_no_second_account_either(staff, spelling):
    a_person(PLAIN)
    page = staff.post("/cms/users/new/", {"email": spelling})
    assert "A user with this e-mail address already exists." in page.content.decode()
    assert User.objects.filter(email=PLAIN).count() == 1


@pytest.mark.django_db
def test_staff_are_told_what_is_no_address(staff):
    page = staff.post("/cms/users/new/", {"email": "annı@example.org"})
    assert "a letter before the @ that many mail servers do not take" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("spelling", FEW)
def test_no_rule_of_ours_can_make_a_second_one(spelling):
    a_person(PLAIN)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(spelling)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email=spelling)])
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=a_person("bob@example.org").pk).update(email=spelling)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["ann.o@exämple.org", "ANN.O@xn--exmple-cua.org", "annı.o@xn--exmple-cua.org"])
def test_the_database_itself_refuses_a_second_one(address):
    a_person(PLAIN)
    bob = a_person("bob@example.org")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET email = %s WHERE id = %s", [address, bob.pk])


@pytest.mark.django_db
def test_staff_find_a_person_by_any_spelling(tmp_path):
    a_person(PLAIN)
    call_command("export_user", "Ann.O@exämple.org", output=str(tmp_path / "data.zip"))
    assert (tmp_path / "data.zip").stat().st_size > 1000
