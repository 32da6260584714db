"""Nobody grows by themselves: helpers make no administrators, change none, and give no more than their own."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from wagtail.models import GroupPagePermission, ModelLogEntry, Page

from accounts.models import User
from tests.making.people import a_person, an_app, an_editor, mails_to, text_of
from tests.making.staff import a_helper, a_role, confirmed, form_of, role_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper() -> User:
    return a_helper()


@pytest.fixture
def desk(client, verified, helper) -> Client:
    """The browser of somebody of the help desk, who has just confirmed who they are."""
    return confirmed(verified(client, helper), helper)


@pytest.fixture
def ann() -> User:
    return a_person(first_name="Ann", last_name="Archer")


def fresh(person: User) -> User:
    return User.objects.get(pk=person.pk)


def save(client: Client, person: User, **changes):
    return client.post(f"/cms/users/edit/{person.pk}/", form_of(person, **changes))


def many(client: Client, action: str, *people: User, **said):
    ids = "&".join(f"id={person.pk}" for person in people)
    return client.post(f"/cms/bulk/accounts/user/{action}/?{ids}&next=/cms/users/", said, follow=True)


def new(client: Client, **said):
    return client.post("/cms/users/new/", {"email": "new@example.org", "first_name": "", "last_name": ""} | said)


def test_a_helper_makes_nobody_an_administrator(desk, ann):
    page = save(desk, ann, is_superuser="on")
    assert "Only an administrator can make somebody an administrator." in text_of(page)
    assert not fresh(ann).is_superuser


def test_a_helper_adds_no_administrator(desk):
    page = new(desk, is_superuser="on")
    assert "Only an administrator can make somebody an administrator." in text_of(page)
    assert not User.objects.filter(email="new@example.org").exists()


def test_who_may_only_add_adds_no_administrator_and_no_approver(client, verified):
    helper = a_helper("add_user")
    desk = confirmed(verified(client, helper), helper)
    new(desk, is_superuser="on")
    page = new(desk, groups=[Group.objects.get(name="Moderators").pk])
    assert "“Moderators” may do more than you" in text_of(page)
    assert not User.objects.filter(email="new@example.org").exists()
    assert new(desk).status_code == 302
    assert User.objects.filter(email="new@example.org", is_superuser=False, groups=None).exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"is_superuser": None, "email": "evil@example.org"},
        {"is_superuser": None},
        {"is_active": None},
        {"email": "evil@example.org"},
        {"groups": []},
        {"phone": "01462 420420"},
    ],
)
def test_a_helper_changes_nothing_of_an_administrator(desk, changes):
    boss = an_editor("boss@example.org")
    an_editor("another@example.org")
    before = User.objects.filter(pk=boss.pk).values().get()
    assert save(desk, boss, **changes).url == "/cms/users/"
    assert "Only an administrator can change the account of an administrator." in text_of(desk.get("/cms/users/"))
    assert User.objects.filter(pk=boss.pk).values().get() == before
    assert desk.get(f"/cms/users/edit/{boss.pk}/").status_code == 302


def test_the_whole_way_to_somebody_elses_account_is_shut(client, verified):
    helper = a_helper("change_user", "reset_second_factor")
    desk = confirmed(verified(client, helper), helper)
    boss = an_editor("boss@example.org")
    an_app(boss)
    save(desk, boss, is_superuser=None, email="evil@example.org")
    desk.post(f"/cms/accounts/{boss.pk}/reset/")
    save(desk, boss, is_superuser="on")
    assert (fresh(boss).email, fresh(boss).is_superuser) == ("boss@example.org", True)
    assert boss.totpdevice_set.count() == 1


def test_a_helper_gives_no_role_that_may_do_more_not_even_to_themselves(desk, helper, ann):
    mighty = a_role("Mighty", "change_user", "close_closingrequest")
    for person in (ann, helper):
        roles = [*person.groups.values_list("pk", flat=True), mighty.pk]
        page = save(desk, person, groups=roles)
        assert "“Mighty” may do more than you" in text_of(page)
        assert not person.groups.filter(pk=mighty.pk).exists()


def test_a_helper_gives_what_they_have_themselves(desk, ann):
    listers = a_role("Listers", "change_user")
    assert save(desk, ann, groups=[listers.pk]).status_code == 302
    assert list(ann.groups.all()) == [listers]


@pytest.mark.parametrize("changes", [{"email": "evil@example.org"}, {"is_active": None}, {"groups": []}])
def test_a_helper_takes_over_nobody_who_may_do_more(desk, changes):
    approver = a_person("approver@example.org", first_name="Abe")
    approver.groups.add(Group.objects.get(name="Moderators"))
    page = save(desk, approver, **changes)
    assert "Abe may do more than you" in text_of(page)
    assert (fresh(approver).email, fresh(approver).is_active) == ("approver@example.org", True)
    assert approver.groups.count() == 1


def test_a_helper_keeps_the_details_of_those_who_may_do_more(desk):
    approver = a_person("approver@example.org", first_name="Abe")
    approver.groups.add(Group.objects.get(name="Moderators"))
    assert save(desk, approver, first_name="Abraham").status_code == 302
    assert fresh(approver).first_name == "Abraham"


def test_who_is_switched_off_and_may_do_more_is_not_taken_over_either(desk):
    approver = a_person("approver@example.org", is_active=False)
    approver.user_permissions.add(Permission.objects.get(codename="reset_second_factor"))
    save(desk, approver, email="evil@example.org")
    save(desk, approver, is_active="on")
    assert (fresh(approver).email, fresh(approver).is_active) == ("approver@example.org", False)


def test_many_at_once_are_given_no_more_either(desk, ann):
    moderators = Group.objects.get(name="Moderators")
    page = many(desk, "assign_role", ann, role=moderators.pk)
    assert "Nothing was changed. “Moderators” may do more than you" in text_of(page)
    assert not ann.groups.exists()


def test_many_at_once_are_switched_off_without_an_administrator_among_them(desk, ann):
    boss = an_editor("boss@example.org")
    page = many(desk, "set_active_state", ann, boss, mark_as_active="False")
    assert "Nothing was changed. Only an administrator can change" in text_of(page)
    assert fresh(ann).is_active
    assert fresh(boss).is_active
    many(desk, "set_active_state", ann, mark_as_active="False")
    assert not fresh(ann).is_active


def test_nobody_is_copied(desk, ann):
    assert desk.get(f"/cms/users/copy/{ann.pk}/").status_code == 404


def permission(codename: str) -> Permission:
    return Permission.objects.get(codename=codename)


def test_a_helper_gives_a_role_no_more_than_their_own(desk, helper):
    role = helper.groups.get()
    own = list(role.permissions.all())
    page = desk.post(f"/cms/groups/edit/{role.pk}/", role_form(role, *own, permission("close_closingrequest")))
    assert "You cannot give a role more than you may do yourself: Can see which accounts" in text_of(page)
    assert set(role.permissions.all()) == set(own)
    page = desk.post("/cms/groups/new/", role_form(Group(name="Mine"), permission("close_closingrequest")))
    assert "You cannot give a role more than you may do yourself" in text_of(page)
    assert not Group.objects.filter(name="Mine").exists()


@pytest.mark.parametrize("panel", ["page", "collection", "document", "image"])
def test_nor_pages_nor_collections(desk, panel):
    place, codename = {
        "page": ("page", "publish_page"),
        "collection": ("collection", "change_collection"),
        "document": ("collection", "add_document"),
        "image": ("collection", "choose_image"),
    }[panel]
    name = f"{panel}_permissions"
    chosen = codename if panel == "page" else permission(codename).pk
    given = {f"{name}-TOTAL_FORMS": "1", f"{name}-0-{place}": "1", f"{name}-0-permissions": [chosen]}
    page = desk.post("/cms/groups/new/", role_form(Group(name="Mine"), **given))
    assert "You cannot give a role more than you may do yourself" in text_of(page)
    assert not Group.objects.filter(name="Mine").exists()


def test_what_one_has_for_a_part_of_the_tree_is_given_for_that_part_only(desk, helper):
    home, root = Page.objects.get(depth=2), Page.objects.get(depth=1)
    GroupPagePermission.objects.create(group=helper.groups.get(), page=home, permission=permission("publish_page"))
    for name, page, status in (("Below", home, 302), ("Above", root, 200)):
        given = {
            "page_permissions-TOTAL_FORMS": "1",
            "page_permissions-0-page": page.pk,
            "page_permissions-0-permissions": ["publish_page"],
        }
        assert desk.post("/cms/groups/new/", role_form(Group(name=name), **given)).status_code == status
    assert set(Group.objects.filter(name__in=["Below", "Above"]).values_list("name", flat=True)) == {"Below"}


def test_a_role_that_approves_in_a_workflow_is_more(desk, ann):
    moderators = Group.objects.get(name="Moderators")
    moderators.permissions.clear()
    moderators.page_permissions.all().delete()
    moderators.collection_permissions.all().delete()
    page = save(desk, ann, groups=[moderators.pk])
    assert "“Moderators” may do more than you" in text_of(page)


def test_a_helper_takes_from_a_role_what_they_have_and_renames_it(desk):
    role = a_role("Old", "change_user", "add_user")
    role_new = role_form(Group(name="New"), permission("change_user"))
    assert desk.post(f"/cms/groups/edit/{role.pk}/", role_new).status_code == 302
    role.refresh_from_db()
    assert (role.name, list(role.permissions.values_list("codename", flat=True))) == ("New", ["change_user"])


def test_an_administrator_may_all_of_it(client, verified, ann):
    boss = an_editor("boss@example.org")
    staff = confirmed(verified(client, boss), boss)
    moderators = Group.objects.get(name="Moderators")
    assert save(staff, ann, is_superuser="on", groups=[moderators.pk]).status_code == 302
    assert fresh(ann).is_superuser
    assert staff.post("/cms/groups/new/", role_form(Group(name="Mine"), permission("add_user"))).status_code == 302
    assert Group.objects.get(name="Mine").permissions.get().codename == "add_user"


def test_who_may_not_change_people_is_stopped_before_all_this(client, verified, ann):
    reader = a_helper("close_closingrequest")
    browser = confirmed(verified(client, reader), reader)
    for answer in (save(browser, ann, phone="1"), new(browser), many(browser, "set_active_state", ann)):
        assert answer.status_code in {302, 200}
    assert fresh(ann).phone == ""
    assert not User.objects.filter(email="new@example.org").exists()
    assert not ModelLogEntry.objects.filter(action="accounts.position").exists()
    assert mails_to(ann.email) == [] == mail.outbox
