"""The ready-made groups and the workflow: what each may do, by address and by POST."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, Workflow, WorkflowPage

from accounts.models import User
from policies.desk.approving.models import PolicyApprovalTask, TwoPeopleRule
from policies.desk.approving.people.roles import APPROVERS, DATA_PROTECTION, EDITORS, WORKFLOW
from policies.writing.models import PolicyIndexPage
from tests.making.approving import said_yes
from tests.making.editing import AMENDMENT, NEW, PUBLISH, a_waiting_draft, form_with, fresh, numbers_of
from tests.making.people import a_person
from tests.making.staff import confirmed

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest(db):
    return a_person("guest@example.org")


@pytest.fixture
def browsers(signed_in, guest, wanda, archie, dora, editor):
    people = {"guest": guest, "writer": wanda, "approver": archie, "data protection": dora, "administrator": editor}
    return {"nobody": Client(), **{name: signed_in(person) for name, person in people.items()}}


ALL = {"writer", "approver", "data protection", "administrator"}
WHO_SEES = {
    "/cms/": ALL,
    "/cms/policies/two-people/": {"approver", "data protection", "administrator"},
    "/cms/policies/{page}/reviews/": {"writer", "approver", "administrator"},
    "/cms/policies/{page}/reviews/ask/": {"approver", "administrator"},
    "/cms/policies/{page}/versions/": ALL,
    "/cms/pages/{page}/edit/": {"writer", "approver", "administrator"},
    "/cms/pages/{page}/history/": {"writer", "approver", "administrator"},
    "/cms/workflows/list/": {"administrator"},
}


@pytest.mark.parametrize("address", WHO_SEES)
def test_who_sees_a_page(browsers, privacy, two_people, address):
    a_waiting_draft(privacy)
    path = address.format(page=privacy.pk)
    assert {name for name, browser in browsers.items() if browser.get(path).status_code == 200} == WHO_SEES[address]


def test_who_may_announce_by_the_form(browsers, privacy):
    """Whoever may not publishes nothing: the form only saves, or is refused."""
    for name in ("nobody", "guest", "writer", "data protection"):
        browsers[name].post(f"/cms/pages/{privacy.pk}/edit/", form_with(NEW, **AMENDMENT, **PUBLISH))
        browsers[name].post(f"/cms/api/main/pages/{privacy.pk}/action/publish/")
    assert numbers_of(privacy) == ["1.0"]


def test_who_may_switch_the_rule(browsers, two_people):
    said = {"is_on": "", "reason": "We trust everybody."}
    for name in ("nobody", "guest", "writer", "approver", "data protection"):
        browsers[name].post("/cms/policies/two-people/", said)
    assert TwoPeopleRule.in_force() == two_people
    unconfirmed = browsers["administrator"].post("/cms/policies/two-people/", said)
    assert "/reauthenticate/" in unconfirmed.url
    assert TwoPeopleRule.in_force() == two_people
    administrator = User.objects.get(is_superuser=True)
    confirmed(browsers["administrator"], administrator, "a long enough password").post(
        "/cms/policies/two-people/", said
    )
    assert not TwoPeopleRule.in_force().is_on


def test_who_may_claim_and_set_a_day(browsers, privacy, two_people, wanda):
    a_waiting_draft(privacy, user=wanda)
    state = fresh(privacy).get_workflow().start(fresh(privacy), wanda)
    duty = state.current_task_state.review_duty
    for name in ("nobody", "guest", "writer", "data protection"):
        browsers[name].post(f"/cms/policies/{privacy.pk}/reviews/claim/")
        browsers[name].post(f"/cms/policies/{privacy.pk}/reviews/due/", {"due_on": "2099-01-01"})
        duty.refresh_from_db()
        assert (duty.claimed_by, duty.due_on.year < 2099) == (None, True), name
    browsers["approver"].post(f"/cms/policies/{privacy.pk}/reviews/claim/")
    browsers["approver"].post(f"/cms/policies/{privacy.pk}/reviews/due/", {"due_on": "2099-01-01"})
    duty.refresh_from_db()
    assert (duty.claimed_by.first_name, duty.due_on.year) == ("Archie", 2099)


def test_the_rights_can_be_given_to_a_role(browsers):
    page = browsers["administrator"].get(f"/cms/groups/edit/{Group.objects.get(name=APPROVERS).pk}/").text
    for words in ("Can switch the rule that two people", "Can announce a policy alone", "Can ask somebody without"):
        assert words in page


def test_a_deed_is_not_done_by_a_link(browsers, privacy):
    for deed in ("claim", "due"):
        assert browsers["approver"].get(f"/cms/policies/{privacy.pk}/reviews/{deed}/").status_code == 405


class TestTheWorkflow:
    def test_policies_have_it_and_not_wagtails(self, privacy):
        assert fresh(privacy).get_workflow().name == WORKFLOW
        task = PolicyApprovalTask.objects.get()
        assert [group.name for group in task.groups.all()] == [APPROVERS]

    def test_a_list_made_later_has_it_too(self, elsewhere):
        assert elsewhere.get_workflow().name == WORKFLOW
        rights = {(row.group.name, row.permission.codename) for row in elsewhere.group_permissions.all()}
        assert rights == {
            (EDITORS, "add_page"), (EDITORS, "change_page"),
            (APPROVERS, "add_page"), (APPROVERS, "change_page"), (APPROVERS, "publish_page"),
        }  # fmt: skip

    def test_one_whose_groups_were_deleted_is_made_all_the_same(self, db):
        Group.objects.filter(name__in=[EDITORS, APPROVERS]).delete()
        Workflow.objects.all().delete()
        page = Page.objects.get(depth=2).add_child(instance=PolicyIndexPage(title="Old", slug="old"))
        assert not WorkflowPage.objects.filter(page=page).exists()

    def test_the_writer_is_offered_no_approval(self, privacy, two_people, archie):
        a_waiting_draft(privacy, user=archie)
        page = fresh(privacy)
        page.get_workflow().start(page, archie)
        assert [name for name, *_ in fresh(privacy).current_workflow_task.get_actions(fresh(privacy), archie)] == [
            "reject"
        ]

    def test_one_who_is_in_no_group_is_offered_nothing(self, privacy, wanda):
        a_waiting_draft(privacy, user=wanda)
        page = fresh(privacy)
        page.get_workflow().start(page, wanda)
        assert fresh(privacy).current_workflow_task.get_actions(fresh(privacy), wanda) == []

    def test_switching_it_off_ends_no_rule(self, privacy, two_people, editor):
        """Then Wagtail's own workflow would approve; the door asks all the same."""
        from policies.versions.announcing import AnnouncementRefused

        Workflow.objects.get(name=WORKFLOW).deactivate()
        revision = a_waiting_draft(privacy, user=editor)
        with pytest.raises(AnnouncementRefused, match="must approve"):
            revision.publish(user=editor)


def test_data_protection_can_be_asked_about_drafts_by_nobody(signed_in, privacy, dora, two_people, wanda):
    """The versions are read; drafts, their redline and their reviews are not."""
    a_waiting_draft(privacy, user=wanda)
    said_yes(privacy, wanda)
    browser = signed_in(dora)
    assert "large files" not in browser.get(f"/cms/policies/{privacy.pk}/versions/").text
    assert browser.get(f"/cms/policies/{privacy.pk}/redline/").status_code == 302
    assert DATA_PROTECTION in {group.name for group in dora.groups.all()}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_migration_goes_back_and_forth():
    call_command("migrate", "policies", "0001", verbosity=0)
    try:
        ours = Group.objects.filter(name__in=[EDITORS, APPROVERS, DATA_PROTECTION])
        assert ours.count() == 3, "people may be in them"
        assert not ours.filter(permissions__content_type__app_label__in=["policies", "notices"]).exists()
        assert not Workflow.objects.filter(name=WORKFLOW).exists()
        assert not Group.objects.filter(permissions__codename="steer_amendmentnotice").exists()
    finally:
        call_command("migrate", verbosity=0)
    assert Group.objects.filter(name__in=[EDITORS, APPROVERS, DATA_PROTECTION]).count() == 3
    assert PolicyIndexPage.objects.get().get_workflow().name == WORKFLOW
