"""Makes what due dates and numbers need: added bank holidays, and whether everybody reads the numbers."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

ROLE = "Data protection"
MAY = "change_publicnumbers"


def allow(apps, schema_editor):
    """Let the role show the numbers; the permission is made where it is missing."""
    about, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="rights", model="publicnumbers"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=about, codename=MAY, defaults={"name": "Can change public numbers of requests"}
    )
    role, _ = apps.get_model("auth", "Group").objects.get_or_create(name=ROLE)
    role.permissions.add(permission)


def take_away(apps, schema_editor):
    """The role is the policies', and stays."""
    for role in apps.get_model("auth", "Group").objects.filter(name=ROLE):
        role.permissions.remove(*role.permissions.filter(content_type__app_label="rights", codename=MAY))


class Migration(migrations.Migration):
    dependencies = [
        ("rights", "0002_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HolidaysCounted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.CharField(
                        help_text="A digest of the library's version and of the days added.", max_length=64
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PublicNumbers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shown", models.BooleanField(default=False, verbose_name="show the numbers to everybody")),
            ],
            options={
                "verbose_name": "public numbers of requests",
            },
        ),
        migrations.CreateModel(
            name="ExtraHoliday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "day",
                    models.DateField(help_text="A bank holiday that was announced lately.", unique=True),
                ),
                (
                    "reason",
                    models.CharField(
                        help_text="What it is, such as “Coronation of …”. People whose request it moves read it.",
                        max_length=200,
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "added bank holiday",
                "ordering": ["-day"],
                "default_permissions": (),
            },
        ),
        migrations.RunPython(allow, take_away),
    ]
