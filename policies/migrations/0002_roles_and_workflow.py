"""Makes the groups and the workflow of policies, and lets them work on the list of policies if there is one.

Permissions are made after all migrations, so those that are needed are made here where they are missing.
"""

from django.db import migrations

EDITORS, APPROVERS, DATA_PROTECTION = "Policy editors", "Policy approvers", "Data protection"
WORKFLOW, TASK = "Policy approval", "Approve"

ENTER = ("wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
ASK = ("policies", "outsidereview", "ask_outsiders", "Can ask somebody without an account to review a policy")
EVIDENCE = (
    "policies", "policyversion", "take_evidence",
    "Can take the evidence of a version, with the names of colleagues",
)  # fmt: skip
EVIDENCE_OF_PERSON = (
    "policies", "policyversion", "take_evidence_of_person",
    "Can take the evidence of one person and a version",
)  # fmt: skip
LOOK = ("notices", "amendmentnotice", "view_amendmentnotice", "Can view amendment notice")
STEER = (
    "notices", "amendmentnotice", "steer_amendmentnotice",
    "Can stop, pause, resume, retry and correct amendment notices",
)  # fmt: skip
OF_PEOPLE = [
    ("policies", "policyversion", "view_policyversion", "Can view policy version"),
    ("notices", "delivery", "view_delivery", "Can view delivery"),
    ("notices", "engagement", "view_engagement", "Can view engagement"),
    ("notices", "engagement", "export_engagement", "Can export who was told of versions and what they did"),
]
RIGHTS = {
    EDITORS: [ENTER, LOOK],
    APPROVERS: [ENTER, ASK, EVIDENCE, LOOK, STEER],
    DATA_PROTECTION: [ENTER, EVIDENCE, EVIDENCE_OF_PERSON, LOOK, *OF_PEOPLE],
}
# Groups that Wagtail makes, where they are still there.
OF_WAGTAILS = {"Editors": [LOOK], "Moderators": [LOOK, STEER]}
ON_PAGES = {EDITORS: ("add", "change"), APPROVERS: ("add", "change", "publish")}


def prepare(apps, schema_editor):
    """Make what is missing; whoever has such groups or such a workflow already keeps them as they are."""
    Group = apps.get_model("auth", "Group")
    index = apps.get_model("policies", "PolicyIndexPage").objects.order_by("path").first()
    groups = {}
    for name, rights in RIGHTS.items():
        groups[name], _ = Group.objects.get_or_create(name=name)
        groups[name].permissions.add(*(_permission(apps, *right) for right in rights))
    for group in Group.objects.filter(name__in=OF_WAGTAILS):
        group.permissions.add(*(_permission(apps, *right) for right in OF_WAGTAILS[group.name]))
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
    """Take the workflow away again, unless something was approved by it. The groups stay, without
    their rights: people may be in them.
    """
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW).delete()
    for task in apps.get_model("policies", "PolicyApprovalTask").objects.filter(name=TASK):
        task.delete()
    rights = RIGHTS | OF_WAGTAILS
    for group in apps.get_model("auth", "Group").objects.filter(name__in=rights):
        group.permissions.remove(*(_permission(apps, *right) for right in rights[group.name]))


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0001_initial"),
        ("home", "0002_first_pages"),
        ("notices", "0001_initial"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(prepare, take_away)]
