"""The editor may ask that people are told who register later."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="policypage",
            name="tell_newcomers",
            field=models.BooleanField(
                default=False,
                help_text="By the same e-mail, once their address is confirmed. They see it in their account in any case.",
                verbose_name="Also tell people who register before it comes into force",
            ),
        ),
    ]
