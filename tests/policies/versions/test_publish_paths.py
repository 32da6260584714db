"""Every way in which Wagtail can publish makes exactly one version, or is refused with a reason and keeps the draft."""

import datetime as dt
import json
import threading

import pytest
from django.core import serializers
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.models import GroupApprovalTask, Page, Revision, Workflow, WorkflowTask

from policies.texts.document import canonical_text
from policies.versions.announcing import AnnouncementRefused, Outdated
from policies.versions.models import PolicyVersion
from policies.writing.drafting import sections_data
from policies.writing.models import PolicyIndexPage, PolicyPage
from tests.making.editing import (
    AMENDMENT,
    NEW,
    OTHER,
    PUBLISH,
    Editor,
    a_waiting_draft,
    confirms,
    form_with,
    fresh,
    messages_of,
    numbers_of,
    says,
)
from tests.making.policies import a_document, a_draft, announce

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def edith(cms, privacy) -> Editor:
    return Editor(cms, privacy)


@pytest.fixture
def elsewhere(db) -> PolicyIndexPage:
    """Another parent, where slugs of policies are free in the tree."""
    return Page.objects.get(depth=2).add_child(instance=PolicyIndexPage(title="Old", slug="old"))


def a_draft_under(parent, slug) -> PolicyPage:
    return parent.add_child(instance=PolicyPage(title="Other", slug=slug, sections=sections_data(OTHER)))


@pytest.mark.django_db
class TestTheEditForm:
    def test_publish_announces_once(self, edith, editor):
        edith.announces(NEW)
        assert edith.versions == ["1.0", "2.0"]
        assert edith.page.versions.get(sequence=2).announced_by == editor
        assert edith.row.live
        assert not edith.row.has_unpublished_changes

    def test_publishing_what_is_announced_already_makes_nothing(self, edith):
        edith.announces(NEW)
        response = edith.announces(NEW)
        assert edith.versions == ["1.0", "2.0"]
        assert "Nothing was announced: the text is the same as version 2.0." in messages_of(response)

    def test_a_new_policy_published_at_once_is_version_1(self, cms):
        response = confirms(cms, cms.post(self.add_url(), form_with(NEW, slug="new", **PUBLISH), follow=True))
        assert numbers_of(PolicyPage.objects.get(slug="new")) == ["1.0"]
        assert "version 1.0 announced, in force from today" in messages_of(response)

    def test_a_new_policy_with_the_address_of_another_is_refused_at_the_field(self, cms, elsewhere):
        announce(a_draft_under(elsewhere, "taken"))
        response = cms.post(self.add_url(), form_with(NEW, slug="taken", **PUBLISH))
        assert "has the address" in str(response.context["form"].errors["slug"])

    def test_a_new_policy_whose_address_is_taken_after_the_form_was_checked_stays_as_a_draft(self, cms, elsewhere):
        other = a_draft_under(elsewhere, "taken")
        with hooks.register_temporarily(
            "before_publish_page", lambda request, page: announce(other) and None, order=-1
        ):
            response = cms.post(self.add_url(), form_with(NEW, slug="taken", **PUBLISH), follow=True)
        page = PolicyPage.objects.exclude(pk=other.pk).get()
        assert response.redirect_chain == [(f"/cms/policies/{page.pk}/look/", 302)]
        assert "has the address" in response.text
        assert not response.context["may_confirm"]
        assert not page.live
        assert says(page, NEW)

    def test_a_new_policy_whose_address_is_taken_while_somebody_looks_stays_as_a_draft(self, cms, elsewhere):
        other = a_draft_under(elsewhere, "taken")
        looked = cms.post(self.add_url(), form_with(NEW, slug="taken", **PUBLISH), follow=True)
        announce(other)
        response = confirms(cms, looked)
        page = PolicyPage.objects.exclude(pk=other.pk).get()
        assert response.redirect_chain == [(f"/cms/policies/{page.pk}/look/", 302)]
        assert "has the address" in messages_of(response)
        assert not page.live
        assert says(page, NEW)

    def add_url(self):
        return f"/cms/pages/add/policies/policypage/{PolicyIndexPage.objects.get(slug='policies').pk}/"

    def test_going_back_to_an_old_revision_and_publishing_announces_it_anew(self, edith):
        first = edith.row.live_revision
        edith.announces(NEW)
        text = edith.page.versions.get(sequence=1).document
        edith.announces(text, revision=str(first.pk))
        assert edith.versions == ["1.0", "2.0", "3.0"]

    def test_going_back_without_saying_why_is_refused_at_the_field(self, edith):
        first = edith.row.live_revision
        edith.announces(NEW)
        text = edith.page.versions.get(sequence=1).document
        form = edith.saves(text, revision=str(first.pk), **PUBLISH).context["form"]
        assert "significance" in form.errors

    def test_what_somebody_scheduled_is_not_lost_to_another_editor(self, edith):
        """A scheduled page is locked. So Publish in an old tab goes no further than the form, which clears nothing."""
        edith.announces(NEW, go_live_at=(timezone.now() + HOUR).isoformat())
        response = edith.announces(OTHER)
        assert "locked" in messages_of(response)
        assert edith.row.scheduled_revision
        assert edith.versions == ["1.0"]

    def test_a_busy_database_is_a_message_and_not_an_error(self, edith):
        def busy(execute, sql, params, many, context):
            if sql.startswith('INSERT INTO "policies_policyversion"'):
                raise OperationalError("database is locked")
            return execute(sql, params, many, context)

        with connection.execute_wrapper(busy):
            response = edith.announces(NEW)
        assert "The database is busy" in messages_of(response)
        assert says(edith.page, NEW)
        edith.announces(NEW)
        assert edith.versions == ["1.0", "2.0"]


@pytest.mark.django_db
class TestWorkflows:
    @pytest.fixture(autouse=True)
    def _submitted(self, edith, editor):
        """A draft that waits for one approval, in a workflow of the site's own, of Wagtail's kind."""
        workflow = Workflow.objects.create(name="Of our own", active=True)
        task = GroupApprovalTask.objects.create(name="Any", active=True)
        WorkflowTask.objects.create(workflow=workflow, task=task)
        a_waiting_draft(edith.page, user=editor)
        self.state = workflow.start(edith.row, editor)

    def approves_in_the_dialog(self, edith, **headers):
        task = self.state.current_task_state
        url = reverse("wagtailadmin_pages:workflow_action", args=[edith.page.pk, "approve", task.pk])
        return edith.client.post(url, {"comment": "Fine."}, follow=True, headers=headers)

    def test_the_last_approval_from_the_form_announces(self, edith, editor):
        fields = {"action-workflow-action": "true", "workflow-action-name": "approve"}
        response = edith.saves(NEW, **AMENDMENT, **fields)
        assert edith.versions == ["1.0", "2.0"]
        assert edith.page.versions.get(sequence=2).announced_by == editor
        assert "version 2.0 announced" in messages_of(response)

    def test_the_same_approval_sent_twice_announces_once_and_says_so(self, edith):
        fields = AMENDMENT | {"action-workflow-action": "true", "workflow-action-name": "approve"}
        edith.saves(NEW, **fields)
        again = edith.saves(NEW, **fields)
        assert again.status_code == 200
        assert "This step was taken already" in messages_of(again)
        assert edith.versions == ["1.0", "2.0"]

    def test_an_error_of_another_kind_is_not_hidden(self, edith, monkeypatch):
        def fail(*args, **kwargs):
            raise AttributeError("a mistake of somebody's")

        monkeypatch.setattr(GroupApprovalTask, "on_action", fail)
        fields = AMENDMENT | {"action-workflow-action": "true", "workflow-action-name": "approve"}
        with pytest.raises(AttributeError, match="a mistake"):
            edith.saves(NEW, **fields)

    def test_the_last_approval_from_the_dialog_announces(self, edith):
        self.approves_in_the_dialog(edith)
        assert edith.versions == ["1.0", "2.0"]

    def test_what_was_approved_is_announced_and_not_what_was_saved_later(self, edith):
        a_waiting_draft(edith.page, OTHER)
        self.approves_in_the_dialog(edith)
        assert edith.page.versions.get(sequence=2).text == canonical_text(NEW)
        assert says(edith.page, OTHER)

    @pytest.mark.parametrize("headers", [{}, {"x-requested-with": "XMLHttpRequest"}])
    def test_an_approval_that_is_refused_leaves_the_workflow_as_it_was(self, edith, headers):
        draft = a_waiting_draft(edith.page, OTHER, change_summary="")
        self.state.current_task_state.revision = draft
        self.state.current_task_state.save()
        response = self.approves_in_the_dialog(edith, **headers)
        assert response.status_code == 200
        if headers:
            assert response.json() == {"step": "success", "redirect": edith.url}
            response = edith.opens()
        assert "Say in plain words what changes and why" in messages_of(response)
        self.state.refresh_from_db()
        assert self.state.status == "in_progress"
        assert says(edith.page, OTHER)
        assert edith.versions == ["1.0"]

    def test_approving_from_the_form_asks_as_announcing_does(self, edith):
        fields = {"action-workflow-action": "true", "workflow-action-name": "approve"}
        assert "change_summary" in edith.saves(NEW, significance="amendment", **fields).context["form"].errors


@pytest.mark.django_db
class TestInBulk:
    def publishes(self, cms, *pages):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        ids = "&".join(f"id={page.pk}" for page in pages)
        return cms.post(f"{url}?{ids}&next=/cms/", {"include_descendants": ""}, follow=True)

    def test_policies_are_announced_one_at_a_time(self, edith, cms):
        other = a_draft(slug="terms")
        a_waiting_draft(edith.page)
        response = self.publishes(cms, edith.page, other)
        assert response.status_code == 409
        assert "Announce policies one at a time" in response.text
        assert (edith.versions, numbers_of(other)) == (["1.0"], [])
        assert says(edith.page, NEW)

    def test_that_is_said_before_anybody_is_asked_whether_they_are_sure(self, edith, cms):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        response = cms.get(f"{url}?id={edith.page.pk}")
        assert (response.status_code, edith.page.title in response.text) == (409, True)

    def test_nor_are_they_announced_with_the_page_they_stand_under(self, cms):
        draft = a_draft(slug="terms")
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        response = cms.post(f"{url}?id={draft.get_parent().pk}", {"include_descendants": "on"})
        assert response.status_code == 409
        assert numbers_of(draft) == []

    def test_other_pages_are_published_in_bulk_as_ever(self, cms, privacy):
        home = Page.objects.get(depth=2)
        response = self.publishes(cms, home)
        assert response.status_code == 200
        assert "published" in messages_of(response)


@pytest.mark.django_db
class TestTheSchedule:
    def test_scheduling_from_the_form_announces_nothing_until_then(self, edith):
        response = edith.announces(NEW, go_live_at=(timezone.now() + HOUR).isoformat())
        assert "will be announced on" in messages_of(response)
        assert edith.versions == ["1.0"]
        assert edith.draft.change_summary == "Clearer words."

    def test_scheduling_asks_as_announcing_does(self, edith):
        response = edith.saves(NEW, go_live_at=(timezone.now() + HOUR).isoformat(), **PUBLISH)
        assert "significance" in response.context["form"].errors

    def test_a_date_before_the_scheduled_day_is_refused_at_its_field(self, edith):
        later, today = timezone.now() + dt.timedelta(days=2), timezone.localdate()
        response = edith.announces(NEW, go_live_at=later.isoformat(), effective_from=today.isoformat())
        assert "effective_from" in response.context["form"].errors

    def test_the_words_do_not_linger_after_the_scheduled_announcement(self, edith):
        edith.announces(NEW, go_live_at=(timezone.now() + HOUR).isoformat())
        revision = edith.row.scheduled_revision
        past = timezone.now() - HOUR
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
        call_command("housekeeping")
        assert edith.versions == ["1.0", "2.0"]
        assert edith.form().instance.change_summary == ""


@pytest.mark.django_db
class TestCode:
    def test_publishing_a_revision(self, privacy):
        a_waiting_draft(privacy).publish()
        assert numbers_of(privacy) == ["1.0", "2.0"]

    def test_publishing_it_again_makes_nothing(self, privacy):
        revision = a_waiting_draft(privacy)
        revision.publish()
        Revision.objects.get(pk=revision.pk).publish()
        assert numbers_of(privacy) == ["1.0", "2.0"]

    def test_publishing_an_old_revision_is_refused_and_changes_nothing(self, privacy):
        first = privacy.live_revision
        announce(privacy, NEW)
        with pytest.raises(AnnouncementRefused, match="meaning"):
            Revision.objects.get(pk=first.pk).publish()
        assert numbers_of(privacy) == ["1.0", "2.0"]
        assert canonical_text(fresh(privacy).document) == canonical_text(NEW)

    def test_a_refused_publication_keeps_the_schedule(self, privacy):
        a_waiting_draft(privacy, go_live_at=timezone.now() + HOUR).publish()
        with pytest.raises(AnnouncementRefused):
            a_waiting_draft(privacy, OTHER, change_summary="").publish()
        assert fresh(privacy).scheduled_revision

    def test_switching_a_draft_on_is_refused(self):
        page = a_draft()
        page.live = True
        with pytest.raises(AnnouncementRefused, match="not by switching the page on"):
            page.save()
        assert not fresh(page).live

    def test_saving_a_live_page_with_another_text_is_refused(self, privacy):
        privacy.sections = sections_data(NEW)
        with pytest.raises(AnnouncementRefused, match="by announcing a draft"):
            privacy.save()
        assert not says(privacy, NEW)

    def test_saving_a_live_page_unchanged_makes_nothing(self, privacy):
        privacy.save()
        assert numbers_of(privacy) == ["1.0"]

    def test_taking_a_policy_offline_is_refused(self, privacy):
        for attempt in (privacy.unpublish, Page.objects.get(pk=privacy.pk).unpublish):
            with pytest.raises(AnnouncementRefused, match="stays online"):
                attempt()
        assert fresh(privacy).live

    def test_what_walks_past_the_door_makes_no_version(self, privacy, client):
        """The base class, a raw update and a fixture: the public reads versions, so it sees nothing of them."""
        base = Page.objects.get(pk=privacy.pk)
        base.title = "LEAK"
        base.save()
        PolicyPage.objects.filter(pk=privacy.pk).update(sections=json.dumps(sections_data(NEW)), title="LEAK")
        for row in serializers.deserialize("json", serializers.serialize("json", [fresh(privacy)])):
            row.object.title = "LEAK"
            row.save()
        assert numbers_of(privacy) == ["1.0"]
        for number in ("", "versions/1.0/text/", "versions/1.0/json/"):
            body = client.get(f"/policies/privacy/{number}").text
            assert "LEAK" not in body
            assert "large files" not in body

    def test_a_policy_that_was_switched_off_past_the_door_can_still_be_edited(self, edith):
        PolicyPage.objects.filter(pk=edith.page.pk).update(live=False)
        edith.saves(NEW)
        assert says(edith.page, NEW)
        edith.announces(NEW)
        assert edith.versions == ["1.0", "2.0"]
        assert edith.row.live


@pytest.mark.django_db
def test_moving_among_its_siblings_makes_nothing(privacy, cms):
    a_draft(slug="terms")
    cms.post(f"/cms/pages/{privacy.pk}/set_position/?position=1")
    assert numbers_of(privacy) == ["1.0"]
    assert [page.slug for page in privacy.get_parent().get_children()] == ["terms", "privacy"]


@pytest.mark.django_db
def test_purging_revisions_keeps_every_announced_one(privacy):
    for number in range(3):
        announce(privacy, a_document(f"cookies are {number} files"))
        a_waiting_draft(privacy, a_document(f"draft {number}"))
    call_command("purge_revisions")
    assert PolicyVersion.objects.filter(revision__isnull=False).count() == 4
    assert Revision.objects.filter(policy_version__isnull=False).count() == 4


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_editors_who_announce_at_once_make_one_version_and_one_refusal():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite in memory knows one connection (DATABASE_URL=postgres://…)")
    page = a_draft()
    announce(page)
    drafts = [a_waiting_draft(page, a_document(f"cookies of {n}"), amends=1) for n in range(6)]
    ready, outcomes = threading.Barrier(len(drafts)), []

    def press(revision):
        try:
            ready.wait()
            Revision.objects.get(pk=revision.pk).publish()
            outcomes.append("announced")
        except Outdated:
            outcomes.append("outdated")
        except Exception as error:
            outcomes.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[draft]) for draft in drafts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(outcomes) == ["announced"] + ["outdated"] * 5
    assert numbers_of(page) == ["1.0", "2.0"]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_announcements_at_once_that_take_each_other_in_leave_no_gap():
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: SQLite in memory knows one connection (DATABASE_URL=postgres://…)")
    page = a_draft()
    announce(page)
    drafts = [a_waiting_draft(page, a_document(f"cookies of {n}"), amends=None) for n in range(6)]

    def press(revision):
        try:
            Revision.objects.get(pk=revision.pk).publish()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=[draft]) for draft in drafts]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert numbers_of(page) == [f"{n}.0" for n in range(1, 8)]
    newest = page.versions.order_by("-sequence").first()
    row = fresh(page)
    assert row.live_revision_id == newest.revision_id
    assert canonical_text(row.document) == newest.text
