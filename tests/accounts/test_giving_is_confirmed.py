"""Whatever staff give or take is confirmed anew, logged, and told to the person and to all administrators."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from wagtail.models import ModelLogEntry

from accounts.models import User
from tests.making.people import a_person, an_editor, code_of, mails_to, text_of
from tests.making.staff import a_role, confirmed, form_of, role_form

pytestmark = pytest.mark.django_db
OTHER = "second@example.org"
TOLD = "Staff changed who may do what"


@pytest.fixture
def boss() -> User:
    an_editor(OTHER)
    return an_editor("boss@example.org")


@pytest.fixture
def unconfirmed(client, verified, boss) -> Client:
    return verified(client, boss)


@pytest.fixture
def staff(unconfirmed, boss) -> Client:
    return confirmed(unconfirmed, boss)


@pytest.fixture
def ann() -> User:
    return a_person(first_name="Ann")


def kinds(person: User) -> list[str]:
    return list(person.security_events.order_by("pk").values_list("kind", "detail"))


def save(client: Client, person: User, **changes):
    return client.post(f"/cms/users/edit/{person.pk}/", form_of(person, **changes))


ACTS = {
    "is_superuser": ({"is_superuser": "on"}, [("administrator_made", "")], "Made an administrator by staff"),
    "is_active": ({"is_active": None}, [("switched_off", "")], "Account switched off by staff"),
    "email": (
        {"email": "new@example.org"},
        [("address_replaced_by_staff", "")],
        "E-mail address replaced by staff",
    ),
    "groups": ({"groups": "Editors"}, [("role_given", "Editors")], "Role given by staff: Editors"),
}


def act(name: str) -> tuple[dict[str, object], list[tuple[str, str]], str]:
    changes, events, words = ACTS[name]
    if "groups" in changes:
        changes = {"groups": [Group.objects.get(name=changes["groups"]).pk]}
    return changes, events, words


@pytest.mark.parametrize("name", ACTS)
def test_each_act_asks_who_one_is_and_is_done_once_that_is_said(unconfirmed, boss, ann, name):
    changes, events, _ = act(name)
    assert save(unconfirmed, ann, **changes).url.startswith("/account/reauthenticate/")
    assert kinds(ann) == []
    assert mail.outbox == []
    device = boss.totpdevice_set.get()
    said = {"password": "horse lamp river 74", "otp_device": device.persistent_id, "otp_token": code_of(device)}
    address = f"/account/reauthenticate/?next=/cms/users/edit/{ann.pk}/"
    assert unconfirmed.post(address, said).url == "/cms/users/"
    assert kinds(ann) == events


@pytest.mark.parametrize("name", ACTS)
def test_each_act_is_logged_and_told(staff, boss, ann, name):
    changes, events, words = act(name)
    assert save(staff, ann, **changes).status_code == 302
    assert kinds(ann) == events
    entry = ModelLogEntry.objects.get(action="accounts.position")
    assert (entry.object_id, entry.user, entry.data) == (str(ann.pk), boss, {"changes": [words]})
    (to_ann,) = mails_to("ann@example.org")
    if name == "email":
        assert to_ann.subject == "Your e-mail address was replaced"
    else:
        assert to_ann.subject == "Staff changed your account"
        assert f"- {words}" in to_ann.body
    assert mails_to("new@example.org") == []
    for address in (OTHER, "boss@example.org"):
        told = [message for message in mails_to(address) if message.subject == TOLD]
        assert len(told) == 1
        assert f"Edith Editor has changed the account of Ann:\n\n- {words}" in told[0].body


def test_details_alone_ask_nothing_and_are_told_nobody(unconfirmed, ann):
    assert save(unconfirmed, ann, phone="01462 420420").url == "/cms/users/"
    assert (kinds(ann), mail.outbox) == ([], [])


def test_adding_somebody_with_a_role_asks_and_somebody_without_does_not(unconfirmed, boss):
    plain = {"email": "plain@example.org", "first_name": "", "last_name": ""}
    assert unconfirmed.post("/cms/users/new/", plain).url == "/cms/users/"
    editors = Group.objects.get(name="Editors")
    for more in ({"groups": [editors.pk]}, {"is_superuser": "on"}):
        answer = unconfirmed.post("/cms/users/new/", plain | {"email": "new@example.org"} | more)
        assert answer.url.startswith("/account/reauthenticate/")
    confirmed(unconfirmed, boss)
    unconfirmed.post("/cms/users/new/", plain | {"email": "new@example.org", "groups": [editors.pk]})
    assert kinds(User.objects.get(email="new@example.org")) == [("invited", ""), ("role_given", "Editors")]
    assert [message.subject for message in mails_to(OTHER)] == [TOLD]


def bulk(client: Client, action: str, *people: User, **said):
    ids = "&".join(f"id={person.pk}" for person in people)
    return client.post(f"/cms/bulk/accounts/user/{action}/?{ids}&next=/cms/users/", said)


def test_many_at_once_ask_are_logged_and_told(unconfirmed, boss, ann):
    ben, editors = a_person("ben@example.org"), Group.objects.get(name="Editors")
    assert bulk(unconfirmed, "assign_role", ann, ben, role=editors.pk).url.startswith("/account/reauthenticate/")
    off = bulk(unconfirmed, "set_active_state", ann, ben, mark_as_active="False")
    assert off.url.startswith("/account/reauthenticate/")
    assert (kinds(ann), mail.outbox) == ([], [])
    confirmed(unconfirmed, boss)
    assert bulk(unconfirmed, "assign_role", ann, ben, role=editors.pk).url == "/cms/users/"
    bulk(unconfirmed, "set_active_state", ann, ben, mark_as_active="False")
    assert kinds(ann) == kinds(ben) == [("role_given", "Editors"), ("switched_off", "")]


def test_many_at_once_are_told_once_it_is_sure(staff, ann, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bulk(staff, "set_active_state", ann, mark_as_active="False")
        assert mail.outbox == []
    assert [message.subject for message in mails_to("ann@example.org")] == ["Staff changed your account"]
    assert [message.subject for message in mails_to(OTHER)] == [TOLD]


def test_what_changes_nothing_is_told_nobody(staff, ann, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        bulk(staff, "set_active_state", ann, mark_as_active="True")
    assert (kinds(ann), mail.outbox) == ([], [])


def test_a_role_that_may_do_more_or_less_is_confirmed_logged_and_told(unconfirmed, boss, ann):
    role = a_role("Desk", "add_user", "change_user")
    ann.groups.add(role)
    said = role_form(role, *role.permissions.filter(codename="add_user"))
    assert unconfirmed.post(f"/cms/groups/edit/{role.pk}/", said).url.startswith("/account/reauthenticate/")
    assert role.permissions.count() == 2
    confirmed(unconfirmed, boss)
    page = unconfirmed.post(f"/cms/groups/edit/{role.pk}/", said, follow=True)
    assert "The role “Desk” is saved." in text_of(page)
    assert [one.codename for one in role.permissions.all()] == ["add_user"]
    assert kinds(ann) == [("role_changed", "Desk")]
    assert "- May no longer: Can change user" in mails_to("ann@example.org")[0].body
    assert "has changed the role “Desk”" in mails_to(OTHER)[0].body
    assert ModelLogEntry.objects.get(action="accounts.position").data == {"changes": ["May no longer: Can change user"]}


def test_a_role_that_is_only_renamed_is_told_nobody(unconfirmed):
    role = a_role("Desk", "add_user")
    said = role_form(role, *role.permissions.all(), name="Help desk")
    assert unconfirmed.post(f"/cms/groups/edit/{role.pk}/", said).url == "/cms/groups/"
    assert mail.outbox == []


def test_a_role_that_is_deleted_is_confirmed_and_told(unconfirmed, boss, ann):
    role = a_role("Desk", "add_user")
    ann.groups.add(role)
    assert unconfirmed.post(f"/cms/groups/delete/{role.pk}/").url.startswith("/account/reauthenticate/")
    assert Group.objects.filter(pk=role.pk).exists()
    confirmed(unconfirmed, boss)
    assert unconfirmed.post(f"/cms/groups/delete/{role.pk}/").url == "/cms/groups/"
    assert not Group.objects.filter(pk=role.pk).exists()
    assert "- May no longer: Can add user" in mails_to("ann@example.org")[0].body
    assert "The role is deleted" in mails_to(OTHER)[0].body


def test_the_person_sees_it_in_their_own_security_log(staff, ann):
    save(staff, ann, groups=[Group.objects.get(name="Editors").pk])
    browser = Client()
    browser.force_login(ann)
    assert "Role given by staff: Editors" in text_of(browser.get("/account/security/"))
