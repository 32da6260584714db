"""The old address gets a link that undoes a change of address: once, for a week, and for its owner's gain only."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from accounts.flows.closing import ask_to_close
from accounts.flows.undo_mails import send_due_undo_mails
from accounts.flows.undoing import undo, undo_token
from accounts.models import ClosingRequest, DetailChange, SecurityEvent, User
from home.operations.housekeeping import keep_house
from tests.making.people import (
    NEW_PASSWORD,
    PASSWORD,
    a_person,
    an_app,
    an_editor,
    code_of,
    link_in,
    mails_to,
    sign_in,
    text_of,
)

OLD, NEW = "ann@example.org", "thief@example.org"


def change_address(client, new: str) -> str:
    """Change it, and return the link in the mail to the old one."""
    old = User.objects.get(pk=client.session["_auth_user_id"]).email
    client.post("/account/email/", {"email": new, "action_add": ""})
    client.post(link_in(mails_to(new)[-1]))
    assert mails_to(old)[-1].subject == "Your e-mail address was changed"
    return link_in(mails_to(old)[-1])


@pytest.fixture
def thief(client, ann):
    """A browser of somebody who knows Ann's password."""
    sign_in(client)
    return client


@pytest.fixture
def link(thief):
    """What Ann finds in her mailbox after the thief has changed the address."""
    return change_address(thief, NEW)


def choose_password(address: str = OLD) -> None:
    """As the mail that follows says."""
    browser = Client()
    form = browser.get(link_in(mails_to(address)[-1]), follow=True)
    browser.post(form.context["action_url"], {"password1": NEW_PASSWORD})


def test_the_mail_says_what_to_do_and_advises_no_reset_that_must_fail(link):
    message = mails_to(OLD)[-1]
    assert "undo it within seven days. You need not sign in for that" in message.body
    assert "/account/password/reset/" not in message.body
    assert message.body.count("https://testserver/account/") == 1


def test_looking_asks_and_changes_nothing(link, ann):
    page = text_of(Client().get(link))
    assert "Undo the change of your e-mail address?" in page
    assert "a…@example.org" in page
    assert NEW not in page
    ann.refresh_from_db()
    assert ann.email == NEW


def test_it_gives_the_address_back_ends_all_sessions_and_leads_to_a_new_password(link, thief, ann):
    page = text_of(Client().post(link))
    assert "The change is undone" in page
    ann.refresh_from_db()
    assert ann.email == OLD
    only = EmailAddress.objects.get(user=ann)
    assert (only.email, only.verified, only.primary) == (OLD, True, True)
    assert thief.get("/account/").status_code == 302
    assert not UserSession.objects.exists()
    for address in (OLD, NEW):
        assert "is not right" in text_of(sign_in(Client(), address, PASSWORD))
    assert mails_to(OLD)[-1].subject == "Reset your password"
    choose_password()
    assert sign_in(Client(), OLD, NEW_PASSWORD).url == "/account/"


def test_it_stands_in_the_log_and_among_the_changes(link, ann):
    Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0").post(link)
    event = ann.security_events.get(kind=SecurityEvent.Kind.ADDRESS_CHANGE_UNDONE)
    assert event.device == "Firefox on Windows"
    undone, back = ann.detail_changes.order_by("pk")
    assert (undone.old, undone.new, bool(undone.undone_at)) == (OLD, NEW, True)
    assert (back.old, back.new, back.undone_at) == (NEW, OLD, None)


def test_it_works_once(link, ann):
    Client().post(link)
    choose_password()
    again = Client().post(link)
    assert (again.status_code, "This change was undone already" in text_of(again)) == (410, True)
    assert sign_in(Client(), OLD, NEW_PASSWORD).url == "/account/", "the new password was not taken away again"


def test_it_works_for_seven_days(ann, client, freezer):
    sign_in(client)
    link = change_address(client, NEW)
    freezer.tick(dt.timedelta(days=7) - dt.timedelta(seconds=1))
    assert Client().get(link).status_code == 200
    freezer.tick(1)
    for send in (Client().get, Client().post):
        late = send(link)
        assert (late.status_code, "This link is too old" in text_of(late)) == (410, True)
    ann.refresh_from_db()
    assert ann.email == NEW


@pytest.mark.parametrize("token", ["1", "1:abc", "x" * 300, "1:%00", "½"])
def test_a_link_that_is_not_ours_undoes_nothing(link, ann, token):
    for send in (Client().get, Client().post):
        page = send(f"/account/email/undo/{token}/")
        assert (page.status_code, "This link is not whole" in text_of(page)) == (404, True)
    ann.refresh_from_db()
    assert ann.email == NEW


def test_changed_twice_the_first_address_wins_and_the_second_link_is_dead(link, thief, ann):
    """Else the thief, whose address the second change left, would undo the undoing."""
    thiefs = change_address(thief, "other@example.org")
    Client().post(link)
    ann.refresh_from_db()
    assert ann.email == OLD
    assert "undone already" in text_of(Client().post(thiefs))
    ann.refresh_from_db()
    assert ann.email == OLD


def test_the_second_link_undoes_the_second_change_and_the_first_still_works(link, thief, ann):
    second = change_address(thief, "other@example.org")
    Client().post(second)
    ann.refresh_from_db()
    assert ann.email == NEW
    Client().post(link)
    ann.refresh_from_db()
    assert ann.email == OLD


def test_a_change_the_thief_had_only_asked_for_comes_to_nothing(link, thief, ann):
    thief.post("/account/email/", {"email": "third@example.org", "action_add": ""})
    waiting = link_in(mails_to("third@example.org")[-1])
    Client().post(link)
    Client().post(waiting)
    ann.refresh_from_db()
    assert ann.email == OLD


def test_a_reset_the_thief_had_asked_for_comes_to_nothing(link, ann):
    Client().post("/account/password/reset/", {"email": NEW})
    reset = link_in(mails_to(NEW)[-1])
    Client().post(link)
    assert "This link does not work any more" in text_of(Client().get(reset, follow=True))


def test_whoever_knows_the_link_and_not_the_mailbox_gains_nothing(link, thief):
    """It is no way in: the new password is chosen by the mail to the old address."""
    page = thief.post(link)
    assert "_auth_user_id" not in thief.session
    assert "/password/reset/key/" not in page.content.decode()
    assert [message.to for message in mail.outbox if "reset/key" in message.body] == [[OLD]]


def test_the_second_factor_stays(client, ann):
    phone = an_app(ann)
    sign_in(client)
    client.post("/account/login/second-factor/", {"otp_device": phone.persistent_id, "otp_token": code_of(phone)})
    Client().post(change_address(client, NEW))
    choose_password()
    browser = Client()
    assert sign_in(browser, OLD, NEW_PASSWORD).url == "/account/login/second-factor/"
    assert browser.get("/account/").status_code == 302


def test_a_sign_in_half_done_ends_too(ann):
    phone = an_app(ann)
    owner, half = Client(), Client()
    sign_in(owner)
    owner.post("/account/login/second-factor/", {"otp_device": phone.persistent_id, "otp_token": code_of(phone)})
    link = change_address(owner, NEW)
    sign_in(half, NEW)
    Client().post(link)
    half.post("/account/login/second-factor/", {"otp_device": phone.persistent_id, "otp_token": code_of(phone)})
    assert half.get("/account/").status_code == 302
    assert not any("_auth_user_id" in found.get_decoded() for found in Session.objects.all())


def test_an_account_the_thief_closed_is_open_again(link, ann):
    ask_to_close(User.objects.get(pk=ann.pk))
    page = text_of(Client().post(link))
    assert "Now choose a new password" in page
    assert not ClosingRequest.objects.open().exists()
    choose_password()
    assert sign_in(Client(), OLD, NEW_PASSWORD).url == "/account/"


def test_an_account_that_staff_closed_stays_closed(link, ann):
    ask_to_close(User.objects.get(pk=ann.pk), by=an_editor(), reason=ClosingRequest.Reason.MISUSE)
    assert "has switched the account off" in text_of(Client().post(link))
    assert ClosingRequest.objects.open().exists()
    assert "Reset your password" not in [message.subject for message in mail.outbox]


def test_a_sign_up_with_the_old_address_that_nobody_confirmed_does_not_block_its_owner(link, ann):
    Client().post("/account/signup/", {"email": OLD, "password1": PASSWORD})
    assert User.objects.filter(email=OLD).exclude(pk=ann.pk).exists()
    Client().post(link)
    assert User.objects.get().pk == ann.pk
    assert User.objects.get().email == OLD


@pytest.mark.parametrize("confirmed", [True, False])
def test_an_account_that_somebody_uses_keeps_its_address(link, ann, confirmed):
    other = a_person(OLD, verified=confirmed)
    if not confirmed:
        User.objects.filter(pk=other.pk).update(is_superuser=True)
    page = Client().post(link)
    assert (page.status_code, "Another account has this address now" in text_of(page)) == (410, True)
    assert User.objects.get(email=OLD).pk == other.pk
    ann.refresh_from_db()
    assert (ann.email, ann.has_usable_password()) == (NEW, True)


def test_after_the_person_is_erased_there_is_nothing_to_undo(link, ann):
    User.objects.filter(pk=ann.pk).delete()
    assert Client().post(link).status_code == 404


def test_a_change_of_another_detail_is_no_change_of_address(ann):
    """Such a link is never mailed; a token for it would be forged."""
    change = DetailChange.objects.create(person=ann, field="phone", old="1", new="2", by=ann)
    assert Client().post(f"/account/email/undo/{undo_token(change)}/").status_code == 404


def test_a_mail_server_out_of_reach_keeps_the_undoing_and_says_how_to_go_on(link, ann, settings):
    settings.EMAIL_BACKEND = "tests.making.mail_trouble.Unreachable"
    page = Client().post(link)
    assert (page.status_code, "We could not send you an e-mail" in text_of(page)) == (503, True)
    ann.refresh_from_db()
    assert ann.email == OLD


def test_forgery_needs_the_page(link):
    assert Client(enforce_csrf_checks=True).post(link).status_code == 403


@pytest.fixture
def unsent(thief, settings, freezer):
    """The mail server was away when the mail with the link was to be sent."""
    thief.post("/account/email/", {"email": NEW, "action_add": ""})
    confirm = link_in(mails_to(NEW)[-1])
    mail.outbox.clear()
    settings.EMAIL_BACKEND = "tests.making.mail_trouble.Unreachable"
    thief.post(confirm)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert User.objects.get().email == NEW
    assert mail.outbox == []
    return freezer


def test_the_mail_with_the_link_is_sent_as_soon_as_the_mail_server_is_back(unsent, thief, ann):
    keep_house()
    assert mail.outbox == [], "it may be on its way just now"
    unsent.tick(dt.timedelta(minutes=11))
    keep_house()
    keep_house()
    (only,) = mail.outbox
    assert (only.to, only.subject) == ([OLD], "Your e-mail address was changed")
    assert "The change is undone" in text_of(Client().post(link_in(only)))
    ann.refresh_from_db()
    assert ann.email == OLD


def test_it_is_tried_until_it_is_sent(unsent, settings):
    settings.EMAIL_BACKEND = "tests.making.mail_trouble.Unreachable"
    for _ in range(3):
        unsent.tick(dt.timedelta(minutes=11))
        assert send_due_undo_mails() == (0, 1)
        assert send_due_undo_mails() == (0, 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    unsent.tick(dt.timedelta(minutes=11))
    assert send_due_undo_mails() == (1, 0)


@pytest.mark.parametrize("over", ["undone", "too late"])
def test_it_is_not_sent_when_its_link_is_of_no_use_any_more(unsent, over):
    if over == "undone":
        undo(DetailChange.objects.get())
    unsent.tick(dt.timedelta(days=7 if over == "too late" else 1))
    assert send_due_undo_mails() == (0, 0)
    assert not DetailChange.objects.exclude(mail_due_at=None).exists()
    assert mail.outbox == []


def test_what_was_sent_at_once_is_not_sent_again(link, freezer):
    freezer.tick(dt.timedelta(days=1))
    assert send_due_undo_mails() == (0, 0)
