"""The CMS: who gets in, and how staff look after people."""

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django_otp import user_has_device
from wagtail.models import ModelLogEntry

from accounts.models import SecurityEvent, User
from tests.making.people import (
    PASSWORD,
    a_person,
    an_app,
    an_editor,
    code_of,
    confirm_identity,
    mails_to,
    sign_in,
    text_of,
)

pytestmark = pytest.mark.django_db


def edit_form(person: User, **fields) -> dict[str, str]:
    names = ("email", "first_name", "last_name", "preferred_name", "phone", "postal_address")
    return {name: getattr(person, name) for name in names} | {"is_active": "on"} | fields


def mailed_code(address: str) -> str:
    message = next(found for found in mails_to(address) if found.subject == "Your code to sign in")
    return message.body.split("\n\n")[2].strip()


def test_an_editor_without_a_second_factor_proves_their_mailbox_and_is_sent_to_set_one_up(client, edith):
    page = sign_in(client, edith.email, follow=True)
    assert "Enter the code from the e-mail" in text_of(page)
    assert "_auth_user_id" not in client.session
    client.post("/account/login/code/confirm/", {"code": mailed_code(edith.email)})
    assert client.get("/cms/").url.startswith("/account/security/second-factor/app/?next=%2Fcms%2F")


def test_a_wrong_mailed_code_is_told_and_counted(client, edith):
    sign_in(client, edith.email)
    page = client.post("/account/login/code/confirm/", {"code": "WRONG"})
    assert "This code is not right." in text_of(page)
    assert edith.security_events.filter(kind="mailed_code_refused").count() == 1
    for _ in range(2):
        page = client.post("/account/login/code/confirm/", {"code": "WRONG"}, follow=True)
    assert "Too many tries." in text_of(page)
    assert "_auth_user_id" not in client.session


def test_a_new_mailed_code_can_be_asked_for(client, edith):
    sign_in(client, edith.email)
    client.post("/account/login/code/confirm/", {"action": "resend"})
    newest = [found for found in mails_to(edith.email) if found.subject == "Your code to sign in"][-1]
    assert (
        client.post("/account/login/code/confirm/", {"code": newest.body.split("\n\n")[2].strip()}).url == "/account/"
    )


def test_an_editor_made_in_the_cms_comes_in_by_the_reset_mail_and_a_code(staff):
    new = {
        "email": "New.Editor@example.org",
        "first_name": "",
        "last_name": "",
        "groups": [Group.objects.get(name="Editors").pk],
    }
    assert staff.post("/cms/users/new/", new).status_code == 302
    person = User.objects.get(email="new.editor@example.org")
    browser = Client()
    browser.post("/account/password/reset/", {"email": person.email})
    link = mails_to(person.email)[-1].body.split("https://testserver")[1].split()[0]
    form = browser.get(link, follow=True)
    browser.post(form.context["action_url"], {"password1": PASSWORD, "password2": PASSWORD})
    sign_in(browser, person.email)
    page = browser.post("/account/login/code/confirm/", {"code": mailed_code(person.email)}, follow=True)
    assert page.status_code == 200
    assert browser.get("/cms/").url.startswith("/account/security/second-factor/app/")


def test_a_visitor_is_not_asked_for_a_mailed_code(client, ann):
    assert sign_in(client).url == "/account/"


def test_a_visitor_gets_a_page_in_the_cms_and_no_loop(signed_in):
    page = signed_in.get("/cms/", follow=True)
    assert (page.status_code, page.redirect_chain) == (403, [])
    assert "You may not open this page" in text_of(page)


def test_an_editor_with_a_second_factor_gets_in(staff):
    assert staff.get("/cms/").status_code == 200


def test_whoever_has_a_second_factor_and_has_not_given_it_is_nobody_in_the_cms(client, edith):
    an_app(edith)
    client.force_login(edith)
    assert client.get("/cms/").url == "/account/login/?next=/cms/"


def test_staff_see_and_change_people(staff):
    ann = a_person(first_name="Ann")
    assert "ann@example.org" in staff.get("/cms/users/").content.decode()
    page = staff.get(f"/cms/users/edit/{ann.pk}/").content.decode()
    assert 'name="preferred_name"' in page
    assert 'name="password1"' not in page
    staff.post(f"/cms/users/edit/{ann.pk}/", edit_form(ann, first_name="Anna", phone="01462 000000"))
    ann.refresh_from_db()
    assert (ann.first_name, ann.phone) == ("Anna", "+441462000000")
    assert {change.field: change.by_someone_else for change in ann.detail_changes.all()} == {
        "first_name": True,
        "phone": True,
    }


def test_staff_need_not_know_a_visitors_name(staff):
    ann = a_person()
    assert staff.post(f"/cms/users/edit/{ann.pk}/", edit_form(ann, phone="01462 000000")).status_code == 302


def test_staff_cannot_give_two_people_one_address(staff):
    a_person("bob@example.org")
    ann = a_person()
    page = staff.post(f"/cms/users/edit/{ann.pk}/", edit_form(ann, email="BOB@example.org"))
    assert page.status_code == 200
    ann.refresh_from_db()
    assert ann.email == "ann@example.org"


def test_an_address_replaced_by_staff_stops_being_a_login_at_once(staff):
    ann = a_person()
    staff.post(f"/cms/users/edit/{ann.pk}/", edit_form(ann, email="New@Example.org"))
    assert "is not right" in text_of(sign_in(Client(), "ann@example.org"))
    assert not EmailAddress.objects.filter(email="ann@example.org").exists()
    browser = Client()
    assert "Confirm your e-mail address" in text_of(sign_in(browser, "new@example.org", follow=True))
    assert mails_to("ann@example.org")[0].subject == "Your e-mail address was replaced"
    assert SecurityEvent.objects.filter(person=ann, kind="address_replaced_by_staff").exists()


def test_staff_help_somebody_who_lost_their_phone(staff):
    ann = a_person()
    phone, browser = an_app(ann), Client()
    sign_in(browser)
    give = {"otp_device": phone.persistent_id, "otp_token": code_of(phone)}
    assert browser.post("/account/login/second-factor/", give).url == "/account/"

    assert "Reset second factor and end sessions" in staff.get("/cms/users/").content.decode()
    asked = staff.get(f"/cms/accounts/{ann.pk}/reset/")
    assert "They are signed out on every device." in text_of(asked)
    assert user_has_device(ann)
    assert staff.post(f"/cms/accounts/{ann.pk}/reset/").url == "/cms/users/"

    assert not user_has_device(ann)
    assert browser.get("/account/").status_code == 302
    assert sign_in(browser).url == "/account/"
    entry = ModelLogEntry.objects.get(action="accounts.reset_second_factor")
    assert (entry.object_id, entry.user) == (str(ann.pk), User.objects.get(email="edith@example.org"))
    assert ann.security_events.filter(kind="factor_reset_by_staff").count() == 1
    notice = mails_to("ann@example.org")[0]
    assert notice.subject == "Your second step was reset"
    assert "Where:" not in notice.body


def test_helping_asks_who_one_is(client, verified):
    verified(client, an_editor())
    ann = a_person()
    an_app(ann)
    for send in (client.get, client.post):
        assert send(f"/cms/accounts/{ann.pk}/reset/").url.startswith("/account/reauthenticate/")
    assert user_has_device(ann)


def test_helping_needs_the_permission_for_it(client, verified):
    editor = a_person("editor@example.org", first_name="E")
    editor.groups.add(Group.objects.get(name="Editors"))
    ann = a_person()
    verified(client, editor)
    device = editor.totpdevice_set.get()
    confirm_identity(client, otp_device=device.persistent_id, otp_token=code_of(device))
    assert client.get(f"/cms/accounts/{ann.pk}/reset/").status_code in {302, 403}
    assert client.post(f"/cms/accounts/{ann.pk}/reset/", follow=True).status_code in {200, 403}
    assert not ModelLogEntry.objects.filter(action="accounts.reset_second_factor").exists()

    editor.user_permissions.add(Permission.objects.get(codename="reset_second_factor"))
    assert client.post(f"/cms/accounts/{ann.pk}/reset/").url == "/cms/users/"


def test_nobody_resets_their_own_or_as_a_mere_editor_an_administrators(client, verified, staff):
    edith = User.objects.get(email="edith@example.org")
    assert staff.post(f"/cms/accounts/{edith.pk}/reset/", follow=True).status_code in {200, 403}
    assert user_has_device(edith)

    helper = a_person("helper@example.org")
    helper.groups.add(Group.objects.get(name="Editors"))
    helper.user_permissions.add(Permission.objects.get(codename="reset_second_factor"))
    browser = verified(Client(), helper)
    device = helper.totpdevice_set.get()
    confirm_identity(browser, otp_device=device.persistent_id, otp_token=code_of(device))
    browser.post(f"/cms/accounts/{edith.pk}/reset/")
    assert user_has_device(edith)


def test_the_permission_can_be_given_to_a_group(staff):
    page = staff.get(f"/cms/groups/edit/{Group.objects.get(name='Editors').pk}/").content.decode()
    assert "reset a person" in page.lower()


def test_switching_somebody_off_ends_what_they_do(staff):
    ann = a_person()
    browser = Client()
    sign_in(browser)
    staff.post(f"/cms/users/edit/{ann.pk}/", edit_form(ann) | {"is_active": ""})
    assert browser.get("/account/").status_code == 302
    assert UserSession.objects.filter(user=ann).count() <= 1
