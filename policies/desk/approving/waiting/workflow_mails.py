"""Wagtail's four mails about workflows, from a task instead of in the request, and leading to the right page."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted
from wagtail.users.models import UserProfile

from accounts.models import User
from policies.desk.approving.mailing import write_to
from policies.desk.approving.models import PolicyApprovalTask, ReviewDuty, is_policy


def connect() -> None:
    """Take the places of Wagtail's own receivers, by their names, whichever app starts first.

    A signal keeps the first receiver of a name: where Wagtail connects later, it is not let in.
    """
    for signal, sender, name, receiver in (
        (task_submitted, TaskState, "group_approval_task_submitted_email_notification", tell_reviewers),
        (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification", tell_nobody_twice),
        (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification", tell_of_changes),
        (workflow_approved, WorkflowState, "workflow_state_approved_email_notification", tell_of_approval),
    ):
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(receiver, sender=sender, dispatch_uid=name)


def tell_nobody_twice(**_: object) -> None:
    """Send nothing when a workflow starts: its first step writes to everybody who is asked."""


def tell_reviewers(instance: TaskState, user: User | None = None, **_: object) -> None:
    """Note until when a policy's draft waits, and write to those who approve it; to administrators if nobody does."""
    task = instance.task.specific
    if not isinstance(task, AbstractGroupApprovalTask):
        return
    if isinstance(task, PolicyApprovalTask):
        ReviewDuty.of(instance)
    asked = [person for person in reviewers(task) if person != user]
    if not asked:
        asked = [person for person in User.objects.filter(is_superuser=True) if person != user]
    write_to(_who_want("submitted", asked), "submitted", {**_about(instance.workflow_state), "by": user})


def reviewers(task: AbstractGroupApprovalTask) -> QuerySet[User]:
    return User.objects.filter(groups__in=task.groups.all(), is_active=True).distinct()


def tell_of_changes(instance: WorkflowState, user: User | None = None, **_: object) -> None:
    step = instance.current_task_state
    words = {**_about(instance), "by": user, "comment": step.comment if step else ""}
    write_to(_who_want("rejected", _asker(instance, user)), "rejected", words)


def tell_of_approval(instance: WorkflowState, user: User | None = None, **_: object) -> None:
    write_to(_who_want("approved", _asker(instance, user)), "approved", {**_about(instance), "by": user})


def _asker(state: WorkflowState, user: User | None) -> list[User]:
    asked_by = state.requested_by
    return [asked_by] if asked_by and asked_by != user else []


def _who_want(kind: str, people: Iterable[User]) -> list[User]:
    """Leave out those who chose in the CMS not to hear of it."""
    return [person for person in people if getattr(UserProfile.get_for_user(person), f"{kind}_notifications")]


def _about(state: WorkflowState) -> dict[str, object]:
    page = state.content_object
    return {"what": page, "title": str(page), "link": link_to(page)}


def link_to(item: object) -> str:
    """Return where a draft is dealt with: a policy on its look, another page where it is edited."""
    if isinstance(item, Page) and is_policy(item):
        return reverse("policies_cms:look", args=[item.pk])
    if isinstance(item, Page):
        return reverse("wagtailadmin_pages:edit", args=[item.pk])
    return reverse("wagtailadmin_home")
