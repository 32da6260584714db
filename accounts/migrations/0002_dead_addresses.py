import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DeadAddress",
            fields=[
                (
                    "address",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="dead",
                        serialize=False,
                        to="account.emailaddress",
                    ),
                ),
                ("since", models.DateTimeField(default=django.utils.timezone.now)),
                ("words", models.CharField(blank=True, help_text="Why, in the mail system's words.", max_length=500)),
            ],
        ),
    ]
