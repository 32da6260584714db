"""Whoever is entered in the CMS is invited by mail, sets a password by the link, and signs in with a second step."""

import datetime as dt
from smtplib import SMTPException

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone
from freezegun import freeze_time
from pytest_django.asserts import assertContains
from wagtail.models import ModelLogEntry

from accounts.flows.inviting import BadLink, accept
from accounts.flows.origins import Origin
from accounts.models import SecurityEvent, User
from tests.making.people import PASSWORD, a_person, link_in, mails_to, sign_in

pytestmark = pytest.mark.django_db
NEW = "ned@example.org"
BOTH = {"password1": PASSWORD, "password2": PASSWORD}


def enter(staff, **fields):
    return staff.post("/cms/users/new/", {"email": NEW, "first_name": "Ned", "last_name": "New"} | fields, follow=True)


def invitation() -> str:
    return link_in(mails_to(NEW)[-1])


def test_the_form_says_how_the_person_comes_in(staff):
    assertContains(staff.get("/cms/users/new/"), "an invitation is mailed to the address")


def test_whoever_is_entered_chooses_a_password_by_the_mailed_link_and_signs_in(staff):
    page = enter(staff, groups=str(Group.objects.get(name="Editors").pk))
    assertContains(page, f"An invitation was sent to {NEW}")
    message = mails_to(NEW)[0]
    assert message.subject == "An account was made for you: choose your password"
    assert "Edith Editor has made an account for you at https://testserver/" in message.body
    assert "You are asked to set up a second step" in message.body

    visitor = Client()
    assertContains(visitor.get(invitation()), "Choose your password")
    done = visitor.post(invitation(), BOTH)
    assert done.url == "/account/login/?next=/cms/"
    ned = User.objects.get(email=NEW)
    assert ned.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=ned).verified
    kinds = set(ned.security_events.values_list("kind", flat=True))
    assert kinds >= {SecurityEvent.Kind.INVITED, SecurityEvent.Kind.INVITATION_ACCEPTED}
    assert ModelLogEntry.objects.filter(action="accounts.invite", object_id=str(ned.pk)).count() == 1
    assert sign_in(visitor, NEW).url == "/account/login/code/confirm/"  # then the second step is set up


def test_somebody_without_a_role_is_not_told_of_a_second_step(staff):
    enter(staff)
    assert "second step" not in mails_to(NEW)[0].body
    assert Client().post(invitation(), BOTH).url == "/account/login/?next=/account/"


def test_looking_at_the_link_uses_nothing_up(staff):
    enter(staff)
    for _ in range(3):
        assert Client().get(invitation()).status_code == 200
    assert Client().head(invitation()).status_code == 200


def test_the_link_is_good_once(staff):
    enter(staff)
    Client().post(invitation(), BOTH)
    again = Client().post(invitation(), {"password1": "violin cloud 9 basket", "password2": "violin cloud 9 basket"})
    assertContains(again, "This invitation does not work", status_code=410)
    assert User.objects.get(email=NEW).check_password(PASSWORD)


def test_of_two_at_once_the_second_does_not_count(staff, monkeypatch):
    """Both have looked at the link; the first was written before the second takes the row."""
    enter(staff)
    token = invitation().split("/")[-2]
    stale = User.objects.get(email=NEW)
    accept(token, PASSWORD, Origin())
    monkeypatch.setattr("accounts.flows.inviting.invited_by", lambda token: stale)
    with pytest.raises(BadLink):
        accept(token, "violin cloud 9 basket", Origin())
    assert User.objects.get(email=NEW).check_password(PASSWORD)


def test_the_link_ends_after_seven_days(staff):
    enter(staff)
    with freeze_time(timezone.now() + dt.timedelta(days=6, hours=23)):
        assert Client().get(invitation()).status_code == 200
    with freeze_time(timezone.now() + dt.timedelta(days=7, minutes=1)):
        assert Client().get(invitation()).status_code == 410


def test_a_new_invitation_ends_the_earlier_one(staff):
    enter(staff)
    first, ned = invitation(), User.objects.get(email=NEW)
    assertContains(staff.get("/cms/users/"), "Send the invitation again")
    assertContains(staff.get(f"/cms/accounts/{ned.pk}/invite/"), "Send the invitation")
    staff.post(f"/cms/accounts/{ned.pk}/invite/")
    assert first != invitation()
    assert Client().get(first).status_code == 410
    assert Client().get(invitation()).status_code == 200


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "other@example.org"}])
def test_a_changed_or_switched_off_account_is_not_entered_by_an_old_link(staff, change):
    enter(staff)
    User.objects.filter(email=NEW).update(**change)
    assert Client().get(invitation()).status_code == 410


@pytest.mark.parametrize("token", ["nonsense", "1.abc", "99999999999999999999999.abc:1a2b:c3d4", "1:1", ":", "%00"])
def test_what_is_no_link_of_ours_is_said_to_be_none(token):
    assert Client().get(f"/account/invitation/{token}/").status_code in {404, 410}


def test_a_link_with_another_persons_number_does_not_work(staff):
    enter(staff)
    ann = a_person()
    ann.set_unusable_password()
    ann.save()
    ned = User.objects.get(email=NEW)
    assert Client().get(invitation().replace(f"/{ned.pk}.", f"/{ann.pk}.")).status_code == 410


def test_a_weak_password_is_refused_and_the_link_stays_good(staff):
    enter(staff)
    page = Client().post(invitation(), {"password1": "short", "password2": "short"})
    assert page.context["form"].errors["password1"]
    assert not User.objects.get(email=NEW).has_usable_password()
    assert Client().get(invitation()).status_code == 200


def test_nobody_who_has_a_password_is_invited(staff):
    ann = a_person()
    assert staff.post(f"/cms/accounts/{ann.pk}/invite/").status_code == 302
    assert ann.email not in [address for message in mail.outbox for address in message.to]
    assert User.objects.get(pk=ann.pk).check_password(PASSWORD)


def test_an_administrator_is_invited_by_administrators_only(verified):
    helper = a_person("help@example.org")
    names = ("add_user", "change_user", "access_admin")
    helper.user_permissions.set(Permission.objects.filter(codename__in=names))
    root = User.objects.create_superuser("root@example.org", None)
    before = root.password
    verified(client := Client(), helper)
    client.post(f"/cms/accounts/{root.pk}/invite/")
    assert User.objects.get(pk=root.pk).password == before
    assert mail.outbox == []


class Broken(EmailBackend):
    def send_messages(self, messages):
        raise SMTPException("not today")


def test_a_mail_server_that_is_away_loses_nobody(staff, settings):
    settings.EMAIL_BACKEND = f"{Broken.__module__}.Broken"
    page = enter(staff)
    assertContains(page, "could not be sent")
    assert User.objects.filter(email=NEW).exists()
