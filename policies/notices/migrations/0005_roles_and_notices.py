"""Lets the ready-made groups look at notices, and those who announce steer them.

Permissions are made after all migrations, so those that are needed are made here where they are missing.
"""

from django.db import migrations

LOOK = ("view_amendmentnotice", "Can view amendment notice")
STEER = ("steer_amendmentnotice", "Can stop, pause, resume, retry and correct amendment notices")
# Ours, and Wagtail's own.
RIGHTS = {
    "Policy editors": [LOOK],
    "Policy approvers": [LOOK, STEER],
    "Editors": [LOOK],
    "Moderators": [LOOK, STEER],
}


def give(apps, schema_editor):
    for group, permissions in _of_groups(apps):
        group.permissions.add(*permissions)


def take_away(apps, schema_editor):
    for group, permissions in _of_groups(apps):
        group.permissions.remove(*permissions)


def _of_groups(apps):
    """Yield each of the groups that is there, with the permissions it is to have."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="notices", model="amendmentnotice"
    )
    Permission = apps.get_model("auth", "Permission")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        yield (
            group,
            [
                Permission.objects.get_or_create(content_type=kind, codename=codename, defaults={"name": name})[0]
                for codename, name in RIGHTS[group.name]
            ],
        )


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0004_export_of_engagement"),
        ("policies", "0006_roles_and_workflow"),
        ("wagtailcore", "0002_initial_data"),
    ]
    operations = [migrations.RunPython(give, take_away)]
