"""Lets the group “Data protection” see and take away who was told of versions, has seen them and answered.

Permissions are made after all migrations, so those that are needed are made here where they are missing.
"""

from django.db import migrations

GROUP = "Data protection"
RIGHTS = {
    "view_engagement": "Can view engagement",
    "export_engagement": "Can export who was told of versions and what they did",
}


def allow(apps, schema_editor):
    """Do nothing where nobody has a group of that name any more."""
    for group in apps.get_model("auth", "Group").objects.filter(name=GROUP):
        kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
            app_label="notices", model="engagement"
        )
        for codename, name in RIGHTS.items():
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=kind, codename=codename, defaults={"name": name}
            )
            group.permissions.add(permission)


def take_back(apps, schema_editor):
    rights = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="notices", codename__in=RIGHTS)
    for group in apps.get_model("auth", "Group").objects.filter(name=GROUP):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0009_evidence_for_roles"),
        ("notices", "0004_export_of_engagement"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(allow, take_back)]
