"""What Wagtail does when a workflow ends: publish the draft that was approved, and not a later one.

Named by the setting WAGTAIL_FINISH_WORKFLOW_ACTION, which Wagtail reads while it imports its models: so none here.
"""

from typing import Protocol


class Publishable(Protocol):
    def publish(self, user: object = None) -> None: ...


class Drafted(Protocol):
    def get_latest_revision(self) -> Publishable: ...


class Step(Protocol):
    revision: Publishable


class Workflow(Protocol):
    current_task_state: Step | None
    content_object: Drafted


def publish_what_was_approved(workflow_state: Workflow, user: object = None) -> None:
    """Publish the draft at the last step; the newest one where no step was active."""
    step = workflow_state.current_task_state
    revision = step.revision if step else workflow_state.content_object.get_latest_revision()
    revision.publish(user=user)
