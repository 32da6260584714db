"""Addresses and telephone numbers in one form each; values that people took out of the list of changes."""

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

import accounts.models.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_dead_addresses"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AddField(
            model_name="detailchange",
            name="taken_out_at",
            field=models.DateTimeField(help_text="When the person took the values out of this list.", null=True),
        ),
        migrations.AlterField(
            model_name="detailchange",
            name="field",
            field=models.CharField(
                choices=[
                    ("email", "E-mail address"),
                    ("first_name", "First name"),
                    ("last_name", "Last name"),
                    ("preferred_name", "What we should call you"),
                    ("phone", "Telephone"),
                    ("postal_address", "Postal address"),
                ],
                max_length=50,
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="email",
            field=accounts.models.fields.AddressField(
                error_messages={"unique": "A user with this e-mail address already exists."},
                max_length=254,
                unique=True,
                verbose_name="e-mail address",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="phone",
            field=accounts.models.fields.TelephoneField(blank=True, max_length=50, verbose_name="telephone"),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    accounts.models.fields.Bytes("email"), django.db.models.functions.text.Length("email")
                ),
                name="accounts_user_email_ascii",
                violation_error_message="The address has a letter that many mail servers do not take.",
            ),
        ),
    ]
