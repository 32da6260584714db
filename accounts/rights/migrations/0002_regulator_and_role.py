"""Names the regulator of today, and lets the role that handles requests do so and show their numbers.

Permissions are made after all migrations, so those that are needed are made here where they are missing.
"""

from django.db import migrations

from accounts.values.country import COUNTRY

ROLE = "Data protection"
MAY = (
    ("rightsrequest", "handle_rightsrequest", "Can see and answer rights requests and complaints"),
    ("regulatorsetting", "change_regulatorsetting", "Can change regulator"),
    ("publicnumbers", "change_publicnumbers", "Can change public numbers of requests"),
)
FIRST = {
    "since": COUNTRY.REGULATOR.since,
    "name": COUNTRY.REGULATOR.name,
    "short": COUNTRY.REGULATOR.short,
    "url": COUNTRY.REGULATOR.url,
    "postal_address": "\n".join(COUNTRY.REGULATOR.postal_address),
    "phone": COUNTRY.REGULATOR.phone,
}


def prepare(apps, schema_editor):
    setting, _ = apps.get_model("rights", "RegulatorSetting").objects.get_or_create(pk=1)
    apps.get_model("rights", "RegulatorEntry").objects.get_or_create(setting=setting, **FIRST)
    role, _ = apps.get_model("auth", "Group").objects.get_or_create(name=ROLE)
    for model, codename, name in MAY:
        about, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="rights", model=model)
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=about, codename=codename, defaults={"name": name}
        )
        role.permissions.add(permission)


def take_away(apps, schema_editor):
    """The role is the policies', and stays."""
    codenames = [codename for _, codename, _ in MAY]
    for role in apps.get_model("auth", "Group").objects.filter(name=ROLE):
        role.permissions.remove(*role.permissions.filter(content_type__app_label="rights", codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(prepare, take_away)]
