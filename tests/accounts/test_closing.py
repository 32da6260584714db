"""Closing an account: asked for, taken back, carried out, and tried again when it fails."""

import datetime as dt
import logging

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, Site

from accounts.flows.closing import ask_to_close, close_what_is_due, take_back
from accounts.flows.recipients import recipients
from accounts.models import ClosingRequest, User
from accounts.personal_data import ledger
from home.context import forget_facts
from home.models import Organisation
from home.operations.housekeeping import keep_house
from tests.accounts.personal_data.failing import allow_to_delete_from, refuse_to_delete_from
from tests.accounts.personal_data.whole_database import changed, everything, where_is
from tests.making.mail_trouble import Unreachable, back
from tests.making.people import (
    PASSWORD,
    a_person,
    a_while_later,
    an_app,
    an_editor,
    code_of,
    confirm_identity,
    link_in,
    mails_to,
    sign_in,
    text_of,
)

DAYS_14 = dt.timedelta(days=14)
UNREACHABLE = f"{Unreachable.__module__}.{Unreachable.__name__}"


@pytest.fixture(autouse=True)
def ledger_file(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"
    return settings.ERASURE_LEDGER


def close(client, **code):
    """Press the button, and give the password that is asked for; the page resumes by itself."""
    asked = a_while_later(client).post("/account/close/")
    assert asked.url.startswith("/account/reauthenticate/")
    return client.post(asked.url, {"password": PASSWORD} | code, follow=True)


@pytest.fixture
def closed(signed_in, ann):
    """Ann's account, closed by herself; the closing."""
    close(signed_in)
    return ClosingRequest.objects.get()


def make_due(closing: ClosingRequest) -> None:
    ClosingRequest.objects.filter(pk=closing.pk).update(due_at=timezone.now() - dt.timedelta(minutes=1))


def test_the_page_says_what_goes_and_what_stays_and_why(signed_in):
    said = text_of(signed_in.get("/account/close/"))
    goes, stays = said.index("What goes"), said.index("What stays, and why")
    assert goes < said.index("Your account and details") < stays < said.index("Security log, without anything that")
    assert "attacks on many accounts can still be counted" in said
    assert "for 14 days" in said


def test_closing_needs_the_password_again(signed_in, ann):
    assert a_while_later(signed_in).post("/account/close/").url.startswith("/account/reauthenticate/")
    signed_in.post("/account/reauthenticate/?next=/account/close/", {"password": "not the password"})
    assert not ClosingRequest.objects.exists()


def test_closing_needs_the_code_of_who_has_one(client, ann):
    phone, code = an_app(ann), {}
    sign_in(client)
    code = {"otp_device": phone.persistent_id, "otp_token": code_of(phone)}
    client.post("/account/login/second-factor/", code)
    asked = a_while_later(client).post("/account/close/")
    client.post(asked.url, {"password": PASSWORD})
    assert not ClosingRequest.objects.exists()
    close(client, **code | {"otp_token": code_of(phone)})
    assert ClosingRequest.objects.get().person == ann


def test_all_sessions_end_and_nobody_can_sign_in(signed_in, ann):
    elsewhere = Client()
    sign_in(elsewhere)
    page = close(signed_in)
    assert "Your account is closed" in text_of(page)
    assert signed_in.get("/account/").status_code == elsewhere.get("/account/").status_code == 302
    said = text_of(sign_in(Client(), follow=True))
    assert "You cannot sign in with this account" in said
    assert "follow the link in the e-mail" in said
    assert text_of(sign_in(Client(), password="not the password")) == text_of(
        sign_in(Client(), "nobody@example.org", password="not the password")
    ).replace("nobody@", "ann@")


def test_no_other_mail_comes_meanwhile(closed, ann):
    assert not recipients().exists()
    Client().post("/account/password/reset/", {"email": ann.email})
    assert not [message for message in mails_to(ann.email) if "Reset your password" in message.subject]


def test_the_mailed_link_asks_first_and_then_opens_the_account(closed, ann, client):
    message = mails_to(ann.email)[-1]
    assert message.subject == "Your account is closed"
    assert "Your account is erased" not in message.body
    link = link_in(message)
    assert "Open your account again?" in text_of(client.get(link))
    assert ClosingRequest.objects.open().exists(), "looking must not act"
    assert "Your account is open again" in text_of(client.post(link))
    assert sign_in(Client()).url == "/account/"
    assert mails_to(ann.email)[-1].subject == "Your account is open again"
    closed.refresh_from_db()
    assert (closed.state, closed.mail_due) == ("taken_back", "")
    assert "This link has been used" in text_of(client.post(link))


def test_closed_again_the_old_link_does_not_open_it(closed, ann, client):
    old = link_in(mails_to(ann.email)[-1])
    client.post(old)
    sign_in(client)
    close(client)
    client.post(old)
    assert ClosingRequest.objects.open().count() == 1
    client.post(link_in(mails_to(ann.email)[-1]))
    assert not ClosingRequest.objects.open().exists()


@pytest.mark.parametrize("token", ["1", "1:abc", "x" * 300, "1:%00"])
def test_a_link_that_is_not_ours_opens_nothing(closed, client, token):
    for send in (client.get, client.post):
        page = send(f"/account/close/back/{token}/")
        assert page.status_code == 404
        assert "This link is not whole" in text_of(page)
    assert ClosingRequest.objects.open().exists()


def test_asking_twice_is_asking_once(ann):
    assert ask_to_close(ann).pk == ask_to_close(ann).pk


def test_nothing_is_erased_before_the_time_is_over(closed, ann):
    keep_house()
    assert User.objects.get() == ann
    assert closed.due_at - closed.asked_at == DAYS_14


def test_afterwards_the_person_is_erased_and_told_and_forgotten(closed, ann, client):
    link = link_in(mails_to(ann.email)[-1])
    make_due(closed)
    assert keep_house().erased == 1
    assert not User.objects.exists()
    assert where_is("ann@example.org") == where_is("archer") == []
    assert mails_to("ann@example.org")[-1].subject == "Your account is erased"
    assert "is not right" in text_of(sign_in(Client()))
    page = client.post(link)
    assert (page.status_code, "It is too late" in text_of(page)) == (410, True)
    closed.refresh_from_db()
    assert (closed.state, closed.person, closed.last_address, closed.mail_due) == ("erased", None, "", "")
    assert [line.what.value for line in ledger.read().lines] == ["erasing", "erased"]
    assert keep_house().erased == 0


def test_the_mail_is_signed_in_the_organisations_name(closed, ann):
    site = Site.objects.get(is_default_site=True)
    words = {"name": "Damson Care", "email": "help@example.net"}
    Organisation.objects.update_or_create(site=site, defaults=words)
    forget_facts()
    make_due(closed)
    keep_house()
    message = mails_to("ann@example.org")[-1]
    assert "Damson Care" in message.from_email
    assert message.body.rstrip().endswith("help@example.net")


def test_they_can_come_back_as_somebody_new(closed, client):
    make_due(closed)
    keep_house()
    client.post("/account/signup/", {"email": "ann@example.org", "password1": PASSWORD, "password2": PASSWORD})
    call_command("reapply_erasures")
    assert User.objects.filter(email="ann@example.org").exists()


def test_the_last_mail_is_sent_when_the_server_is_there_again(closed, settings, freezer):
    make_due(closed)
    settings.EMAIL_BACKEND = UNREACHABLE
    keep_house()
    closed.refresh_from_db()
    assert (closed.state, closed.last_address) == ("erased", "ann@example.org")
    back(settings)
    freezer.tick(dt.timedelta(minutes=11))
    keep_house()
    assert mails_to("ann@example.org")[-1].subject == "Your account is erased"
    assert where_is("ann@example.org") == []


def test_an_address_is_not_kept_for_ever_for_a_mail_that_cannot_be_sent(closed, settings, freezer):
    make_due(closed)
    settings.EMAIL_BACKEND = UNREACHABLE
    keep_house()
    freezer.tick(dt.timedelta(days=8))
    keep_house()
    assert where_is("ann@example.org") == []


def test_the_first_mail_too_is_sent_later_if_it_must(signed_in, ann, settings, freezer):
    signed_in.post("/account/reauthenticate/", {"password": PASSWORD})
    settings.EMAIL_BACKEND = UNREACHABLE
    assert "Your account is closed" in text_of(signed_in.post("/account/close/", follow=True))
    back(settings)
    freezer.tick(dt.timedelta(minutes=11))
    keep_house()
    assert "account/close/back/" in mails_to(ann.email)[-1].body


def test_a_failure_changes_nothing_is_counted_and_tried_again(closed, ann, caplog):
    make_due(closed)
    refuse_to_delete_from("account_emailaddress")
    before = everything()
    with caplog.at_level(logging.INFO):
        assert keep_house().failed == 1
    found = changed(before, but={("accounts_closingrequest", str(closed.pk))})
    by_the_way = ("notices_heartbeat", "rights_holidayscounted")  # that the housekeeping runs, and goes by the holidays
    assert [line for line in found if not line.startswith(by_the_way)] == []
    closed.refresh_from_db()
    assert (closed.state, closed.failures, closed.person) == ("asked", 1, ann)
    assert closed.last_error.endswith("at “addresses”")
    assert "example.org" not in caplog.text
    assert not ledger.read().lines
    allow_to_delete_from("account_emailaddress")
    assert keep_house().erased == 1


def test_without_its_ledger_nobody_is_erased(closed, ann, settings, tmp_path):
    make_due(closed)
    (tmp_path / "a file").touch()
    settings.ERASURE_LEDGER = tmp_path / "a file" / "erasures.jsonl"
    assert keep_house().failed == 1
    closed.refresh_from_db()
    assert closed.last_error.endswith("at the erasure ledger")
    assert User.objects.filter(pk=ann.pk).exists()


def test_taking_back_after_a_try_that_broke_off_is_kept_by_the_ledger(closed, ann):
    """A process was killed after it had announced the erasing and before it committed it."""
    ledger.write(ledger.What.ERASING, ledger.erased_person(ann, (), "own_wish"))
    make_due(closed)
    closed.refresh_from_db()
    take_back(closed)
    call_command("reapply_erasures")
    assert User.objects.filter(pk=ann.pk, is_active=True).exists()


@pytest.mark.django_db
def test_the_last_superuser_cannot_close(client, verified):
    edith = an_editor()
    verified(client, edith)
    device = edith.totpdevice_set.get()
    confirm_identity(client, otp_device=device.persistent_id, otp_token=code_of(device))
    page = client.get("/account/close/")
    assert "You are the last administrator" in text_of(page)
    assert "Close my account" not in text_of(page)
    assert "You are the last administrator" in text_of(client.post("/account/close/", follow=True))
    assert not ClosingRequest.objects.exists()
    an_editor("other@example.org")
    client.post("/account/close/")
    assert ClosingRequest.objects.get().person == edith


@pytest.fixture
def staff(client, verified):
    """An administrator in the CMS, who has just confirmed who they are."""
    edith = an_editor()
    verified(client, edith)
    device = edith.totpdevice_set.get()
    confirm_identity(client, otp_device=device.persistent_id, otp_token=code_of(device))
    return client


def test_staff_close_for_somebody_else_with_a_reason(staff, ann):
    assert "Close account" in staff.get("/cms/users/").content.decode()
    assert "is signed out on every device" in text_of(staff.get(f"/cms/accounts/{ann.pk}/close/"))
    page = staff.post(f"/cms/accounts/{ann.pk}/close/", {})
    assert "Choose a reason." in page.content.decode()
    words = {"reason": "asked_staff", "note": "You asked on the telephone."}
    assert staff.post(f"/cms/accounts/{ann.pk}/close/", words).url == "/cms/accounts/closings/"
    closing = ClosingRequest.objects.get()
    assert (closing.person, closing.by.email, closing.reason) == (ann, "edith@example.org", "asked_staff")
    message = mails_to(ann.email)[-1]
    assert "The person asked us to close it. You asked on the telephone." in message.body
    assert ModelLogEntry.objects.filter(action="accounts.close", object_id=str(ann.pk)).exists()
    assert "Cooling off" in staff.get("/cms/accounts/closings/").content.decode()


def test_staff_open_an_account_again(staff, ann):
    closing = ask_to_close(ann)
    staff.post(f"/cms/accounts/closings/{closing.pk}/take-back/")
    ann.refresh_from_db()
    assert ann.is_active
    assert ModelLogEntry.objects.filter(action="accounts.close_taken_back").exists()


def test_who_was_switched_off_before_stays_so_when_it_is_taken_back(ann):
    User.objects.filter(pk=ann.pk).update(is_active=False)
    take_back(ask_to_close(ann, by=an_editor(), reason=ClosingRequest.Reason.DIED))
    assert not User.objects.get(pk=ann.pk).is_active


def test_staff_see_what_failed_on_their_first_page_and_in_the_list(staff, ann):
    closing = ask_to_close(ann)
    make_due(closing)
    refuse_to_delete_from("account_emailaddress")
    keep_house()
    assert "1 account could not be erased" in staff.get("/cms/").content.decode()
    page = staff.get("/cms/accounts/closings/").content.decode()
    assert "Erasing failed once: " in page
    assert "at “addresses”" in page


def test_closing_others_needs_the_permission_and_never_an_administrator_or_oneself(verified, ann):
    edith, helper = an_editor(), a_person("helper@example.org")
    helper.groups.add(Group.objects.get(name="Editors"))
    browser = verified(Client(), helper)
    device = helper.totpdevice_set.get()
    confirm_identity(browser, otp_device=device.persistent_id, otp_token=code_of(device))
    words = {"reason": "asked_staff"}
    browser.post(f"/cms/accounts/{ann.pk}/close/", words)
    assert not ClosingRequest.objects.exists()
    helper.user_permissions.add(Permission.objects.get(codename="close_closingrequest"))
    for person in (edith, helper):
        browser.post(f"/cms/accounts/{person.pk}/close/", words)
    assert not ClosingRequest.objects.exists()
    browser.post(f"/cms/accounts/{ann.pk}/close/", words)
    assert ClosingRequest.objects.get().person == ann


def test_wagtails_own_deleting_leads_to_closing(staff, ann):
    assert staff.post(f"/cms/users/delete/{ann.pk}/").url == f"/cms/accounts/{ann.pk}/close/"
    staff.post(f"/cms/bulk/accounts/user/delete/?id={ann.pk}&next=/cms/users/")
    assert User.objects.filter(pk=ann.pk).exists()


def test_a_person_removed_by_hand_does_not_stop_the_others(closed, ann):
    User.objects.filter(pk=ann.pk).delete()
    assert close_what_is_due() == (0, 0)
    closed.refresh_from_db()
    assert closed.state == "erased"


def test_the_security_log_says_who_asked_and_who_took_it_back(ann, edith):
    take_back(ask_to_close(ann))
    take_back(ask_to_close(ann, by=edith, reason=ClosingRequest.Reason.ASKED_STAFF), by=edith)
    said = [f"{event.get_kind_display()} {event.detail}".strip() for event in ann.security_events.order_by("pk")]
    asked, back = "Closing the account asked for", "Closing the account taken back"
    assert said == [asked, back, f"{asked} by our staff", f"{back} by our staff"]
