"""A notice may go to people who register later."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="amendmentnotice",
            name="newcomers_too",
            field=models.BooleanField(
                default=False,
                help_text="Whether it goes to people as well who register before the version comes into force.",
            ),
        ),
    ]
