"""Who writes, who approves and who may look: the ready-made groups and the workflow of a list of policies."""

from typing import Final

from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Workflow, WorkflowPage

from policies.writing.models import PolicyIndexPage

EDITORS, APPROVERS, DATA_PROTECTION = "Policy editors", "Policy approvers", "Data protection"
WORKFLOW: Final = "Policy approval"
ON_PAGES: Final = {
    EDITORS: ("add_page", "change_page"),
    APPROVERS: ("add_page", "change_page", "publish_page"),
}


def prepare_new_index(
    sender: type[PolicyIndexPage], instance: PolicyIndexPage, created: bool, raw: bool = False, **_: object
) -> None:
    """Let the ready-made groups and the workflow work on a list of policies that is made after the migration."""
    if created and not raw:
        prepare(instance)


def prepare(index: PolicyIndexPage) -> None:
    """Give the groups their rights below a list, and the list its workflow, unless it has one. Safe to repeat.

    Groups or a workflow that somebody deleted or renamed stay as they are.
    """
    for name, codenames in ON_PAGES.items():
        group = Group.objects.filter(name=name).first()
        for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
            if group:
                GroupPagePermission.objects.get_or_create(group=group, page=index, permission=permission)
    workflow = Workflow.objects.filter(name=WORKFLOW, active=True).first()
    if workflow and not WorkflowPage.objects.filter(page=index).exists():
        WorkflowPage.objects.create(page=index, workflow=workflow)
