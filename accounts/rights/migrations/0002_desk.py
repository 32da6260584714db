"""Makes what the desk needs: the regulator, receipts of erasures, and the role that handles requests."""

import datetime as dt

import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
from django.db import migrations, models

ROLE = "Data protection"
MAY = (
    ("rightsrequest", "handle_rightsrequest", "Can see and answer rights requests and complaints"),
    ("regulatorsetting", "change_regulatorsetting", "Can change regulator"),
)
FIRST = {
    "since": dt.date(2018, 5, 25),
    "name": "Information Commissioner’s Office",
    "short": "ICO",
    "url": "https://ico.org.uk/make-a-complaint/",
    "postal_address": "Wycliffe House\nWater Lane\nWilmslow\nCheshire\nSK9 5AF",
    "phone": "0303 123 1113",
}


def prepare(apps, schema_editor):
    """Name the regulator of today, and let the role handle requests; permissions are made where they are missing."""
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

    operations = [
        migrations.CreateModel(
            name="RegulatorSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "regulator",
            },
        ),
        migrations.CreateModel(
            name="RegulatorEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(unique=True, verbose_name="in force from")),
                ("name", models.CharField(help_text="Without an article: it is written after “the”.", max_length=200)),
                ("short", models.CharField(blank=True, max_length=40, verbose_name="short name")),
                ("url", models.URLField(verbose_name="page on which one complains")),
                ("postal_address", models.TextField(blank=True, help_text="One line of the address on each line.")),
                ("phone", models.CharField(blank=True, max_length=50, verbose_name="telephone")),
                (
                    "setting",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="rights.regulatorsetting",
                    ),
                ),
            ],
            options={
                "ordering": ["since"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ErasureReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.BigIntegerField(
                        help_text="That the account had, nobody has it now; 0 where there was none."
                    ),
                ),
                ("erased_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("first", models.JSONField(default=dict)),
                ("looked_again_at", models.DateTimeField(blank=True, null=True)),
                ("second", models.JSONField(default=dict)),
                (
                    "left",
                    models.PositiveIntegerField(
                        blank=True, help_text="Rows to delete that are there still.", null=True
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="receipts", to="rights.rightsrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left", None), ("looked_again_at", None)),
                            models.Q(("left__isnull", False), ("looked_again_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="rights_receipt_of_two_passes",
                    )
                ],
            },
        ),
        migrations.RunPython(prepare, take_away),
    ]
