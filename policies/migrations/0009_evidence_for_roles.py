"""Lets approvers take the evidence of versions, and data protection that of people, too.

Permissions are made after all migrations, so those that are needed are made here where they are missing.
"""

from django.db import migrations

OF_VERSION = ("take_evidence", "Can take the evidence of a version, with the names of colleagues")
OF_PERSON = ("take_evidence_of_person", "Can take the evidence of one person and a version")
RIGHTS = {"Policy approvers": [OF_VERSION], "Data protection": [OF_VERSION, OF_PERSON]}


def give(apps, schema_editor):
    """Give the rights to the ready-made groups that are still there."""
    content_types = apps.get_model("contenttypes", "ContentType").objects
    about, _ = content_types.get_or_create(app_label="policies", model="policyversion")
    permissions = apps.get_model("auth", "Permission").objects
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        for codename, name in RIGHTS[group.name]:
            right, _ = permissions.get_or_create(content_type=about, codename=codename, defaults={"name": name})
            group.permissions.add(right)


def take_away(apps, schema_editor):
    """Take them from the ready-made groups again."""
    rights = apps.get_model("auth", "Permission").objects.filter(codename__in=[OF_VERSION[0], OF_PERSON[0]])
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.remove(*rights)


class Migration(migrations.Migration):
    dependencies = [("policies", "0008_struck_words")]
    operations = [migrations.RunPython(give, take_away)]
