"""Makes the groups and the workflow of policies, and lets them work on the list of policies if there is one.

Permissions are made after all migrations, so those that are needed are made here where they are missing.
"""

from django.db import migrations

EDITORS, APPROVERS, DATA_PROTECTION = "Policy editors", "Policy approvers", "Data protection"
WORKFLOW, TASK = "Policy approval", "Approve"
ENTER = ("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
ASK = ("policies", "outsidereview", "ask_outsiders", "Can ask somebody without an account to review a policy")
READ = [
    ("policies", "policyversion", "view_policyversion", "Can view policy version"),
    ("notices", "amendmentnotice", "view_amendmentnotice", "Can view amendment notice"),
    ("notices", "delivery", "view_delivery", "Can view delivery"),
]
RIGHTS = {EDITORS: [ENTER], APPROVERS: [ENTER, ASK], DATA_PROTECTION: [ENTER, *READ]}
ON_PAGES = {EDITORS: ("add", "change"), APPROVERS: ("add", "change", "publish")}


def prepare(apps, schema_editor):
    """Make what is missing; whoever has such groups or such a workflow already keeps them as they are."""
    Group = apps.get_model("auth", "Group")
    index = apps.get_model("policies", "PolicyIndexPage").objects.order_by("path").first()
    groups = {}
    for name, rights in RIGHTS.items():
        groups[name], _ = Group.objects.get_or_create(name=name)
        groups[name].permissions.add(*(_permission(apps, *right) for right in rights))
    if index:
        for name, deeds in ON_PAGES.items():
            for deed in deeds:
                permission = _permission(apps, "wagtailcore", "page", f"{deed}_page", f"Can {deed} page")
                apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                    group=groups[name], page_id=index.pk, permission=permission
                )
    workflow = _workflow(apps, groups[APPROVERS])
    of_pages = apps.get_model("wagtailcore", "WorkflowPage").objects
    if index and workflow and not of_pages.filter(page_id=index.pk).exists():
        of_pages.create(page_id=index.pk, workflow=workflow)


def _workflow(apps, approvers):
    """Return the workflow, with one step that the approvers take; None where somebody has one of that name."""
    workflow, made = apps.get_model("wagtailcore", "Workflow").objects.get_or_create(name=WORKFLOW)
    if not made:
        return None
    task = apps.get_model("policies", "PolicyApprovalTask").objects.create(
        name=TASK, active=True, content_type=_content_type(apps, "policies", "policyapprovaltask")
    )
    task.groups.add(approvers)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task_id=task.task_ptr_id, sort_order=0
    )
    return workflow


def _content_type(apps, app, model):
    return apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)[0]


def _permission(apps, app, model, codename, name):
    return apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=_content_type(apps, app, model), codename=codename, defaults={"name": name}
    )[0]


def take_away(apps, schema_editor):
    """Take the groups and the workflow away again; what was approved keeps them from going."""
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).delete()
    for task in apps.get_model("policies", "PolicyApprovalTask").objects.filter(name=TASK):
        task.delete()
    apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0005_approving"),
        ("home", "0002_first_pages"),
        ("notices", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]
    operations = [migrations.RunPython(prepare, take_away)]
