"""The last step of a workflow announces exactly once, or is refused with a reason and leaves the workflow as it was."""

import datetime as dt

import pytest
import wagtail
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from policies.texts.document import canonical_text
from tests.making.editing import (
    AMENDMENT,
    NEW,
    OTHER,
    Editor,
    a_waiting_draft,
    messages_of,
    says,
)

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def edith(cms, privacy) -> Editor:
    return Editor(cms, privacy)


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
        # Wagtail 8 takes the second one for saving; before, it fails, and we say why.
        said = "has been updated" if wagtail.VERSION >= (8,) else "This step was taken already"
        assert said in messages_of(again)
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
