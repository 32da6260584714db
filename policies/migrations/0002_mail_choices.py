"""What the editor chooses about a policy's mail: newcomers, and whether it is about personal data."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="policypage",
            name="about_personal_data",
            field=models.BooleanField(
                default=True,
                help_text="Then the e-mail about an amendment says that people may object, and complain to the Information Commissioner. Take the tick away for terms, and for whatever else is no matter of data protection.",
                verbose_name="It is about personal data",
            ),
        ),
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
