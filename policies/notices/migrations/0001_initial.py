import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("policies", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hold_minutes",
                    models.PositiveSmallIntegerField(
                        default=15,
                        help_text="In which the notice can still be stopped. 0 sends at once.",
                        validators=[django.core.validators.MaxValueValidator(10080)],
                        verbose_name="minutes between announcing and the first mail",
                    ),
                ),
                (
                    "remind_days_before",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="0 sends no reminder.",
                        validators=[django.core.validators.MaxValueValidator(365)],
                        verbose_name="remind this many days before a version comes into force",
                    ),
                ),
                (
                    "mail_on_the_day",
                    models.BooleanField(
                        default=False, verbose_name="write again on the day a version comes into force"
                    ),
                ),
            ],
            options={
                "verbose_name": "notices",
            },
        ),
        migrations.CreateModel(
            name="NoticeWorker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("leased_until", models.DateTimeField(db_index=True)),
                ("place", models.CharField(blank=True, help_text="Host and process, for people.", max_length=100)),
            ],
            options={
                "verbose_name": "notice worker",
            },
        ),
        migrations.CreateModel(
            name="AmendmentNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("announced", "Announced"),
                            ("reminder", "Reminder before it comes into force"),
                            ("in-force", "On the day it comes into force"),
                        ],
                        default="announced",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("staging", "Writing down the recipients"),
                            ("held", "Waiting for the hold to end"),
                            ("sending", "Sending"),
                            ("paused", "Paused"),
                            ("stopped", "Stopped"),
                            ("done", "Done"),
                        ],
                        default="staging",
                        max_length=10,
                    ),
                ),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now)),
                ("state_reason", models.TextField(blank=True, help_text="Why it was paused or stopped.")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("held_until", models.DateTimeField(help_text="Nothing is sent before.")),
                ("staged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "always_because",
                    models.TextField(blank=True, help_text="Why it goes to people who chose no mail, too; else empty."),
                ),
                (
                    "newcomers_too",
                    models.BooleanField(
                        default=False,
                        help_text="Whether it goes to people as well who register before the version comes into force.",
                    ),
                ),
                (
                    "message",
                    models.TextField(
                        blank=True, help_text="The mail as it is sent, frozen: policies.notices.letter.message."
                    ),
                ),
                (
                    "recipients",
                    models.PositiveIntegerField(default=0, help_text="All deliveries, whatever became of them."),
                ),
                ("sent", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("unreachable", models.PositiveIntegerField(default=0)),
                ("skipped", models.PositiveIntegerField(default=0)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="policies.policyversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment notice",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(blank=True, help_text="The address proved when staged.", max_length=320)),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="As it stands in To:, frozen with the address.", max_length=310
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("sending", "Being sent"),
                            ("sent", "Accepted by the mail server"),
                            ("failed", "Failed"),
                            ("unreachable", "No address that works"),
                            ("skipped", "Not sent"),
                        ],
                        default="pending",
                        max_length=11,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no-address", "No confirmed e-mail address"),
                            ("preference", "Chose not to get such mail"),
                            ("stopped", "The notice was stopped"),
                            ("refused", "Refused by the mail server"),
                            ("bad-address", "The address cannot be written to"),
                            ("gave-up", "Not accepted for three days"),
                            ("in-doubt", "No answer after handing over, more than once"),
                            ("later", "The mail server asked to come back later"),
                            ("bounced", "Came back as undeliverable"),
                        ],
                        default="",
                        max_length=11,
                    ),
                ),
                (
                    "reply",
                    models.CharField(blank=True, default="", help_text="The mail server's own words.", max_length=500),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "doubts",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="How often no answer came after handing it over."
                    ),
                ),
                ("first_tried_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("worker", models.BigIntegerField(blank=True, null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="notices.amendmentnotice",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="policy_deliveries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
            },
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("notified", "Told by e-mail"),
                            ("seen", "Seen"),
                            ("acknowledged", "Acknowledged"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="policy_engagements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="engagements",
                        to="policies.policyversion",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="amendmentnotice",
            constraint=models.UniqueConstraint(fields=("version", "kind"), name="notices_notice_once_an_occasion"),
        ),
        migrations.AddConstraint(
            model_name="amendmentnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["staging", "held", "sending", "paused", "stopped", "done"])),
                name="notices_notice_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendmentnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("staged_at", None), models.Q(("message", ""), _negated=True), _connector="OR"),
                name="notices_notice_staged_with_message",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("notice"),
                models.F("due_at"),
                models.F("id"),
                condition=models.Q(("state", "pending")),
                name="notices_delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "sending")), fields=["worker"], name="notices_delivery_held"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["notice", "state"], name="notices_delivery_results"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("notice", "person"), name="notices_delivery_once_a_person"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["pending", "sending", "sent", "failed", "unreachable", "skipped"])),
                name="notices_delivery_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["failed", "unreachable", "skipped"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="notices_delivery_says_why_not",
            ),
        ),
        migrations.AddIndex(
            model_name="engagement",
            index=models.Index(fields=["version", "kind"], name="notices_engagement_of_version"),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.UniqueConstraint(fields=("person", "version", "kind"), name="notices_engagement_once"),
        ),
    ]
