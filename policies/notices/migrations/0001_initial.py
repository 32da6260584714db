import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.models.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("policies", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("worker", "The worker"),
                            ("housekeeping", "The housekeeping"),
                            ("round", "A whole round of the housekeeping"),
                            ("proof", "The proof of what was announced"),
                        ],
                        max_length=12,
                        unique=True,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "trouble",
                    models.TextField(blank=True, help_text="What was wrong; empty where all was well."),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
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
                            ("correction", "Correction of an e-mail"),
                            ("withdrawal", "Withdrawal"),
                        ],
                        default="announced",
                        max_length=10,
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[("people", "People with an account"), ("followers", "Followers without an account")],
                        default="people",
                        max_length=9,
                        verbose_name="written to",
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
                    "words",
                    models.TextField(blank=True, help_text="The editor's own words, in a mail that follows another."),
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
                    "settled_before",
                    models.PositiveIntegerField(
                        default=0, help_text="How many were settled when this run of sending began: for its rate."
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        help_text="The notice whose mail this one corrects or takes back.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="notices.amendmentnotice",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="policies.policyversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment notice",
                "verbose_name_plural": "amendment notices",
                "ordering": ["-pk"],
                "permissions": [
                    ("steer_amendmentnotice", "Can stop, pause, resume, retry and correct amendment notices")
                ],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("acknowledged", "Acknowledged"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Taken back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("digest", models.CharField(help_text="That of the version's text.", max_length=64)),
                ("wording", models.TextField(help_text="The words on the button, or beside the box.")),
                ("language", models.CharField(help_text="Of these words.", max_length=35)),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("sign-up", "When signing up"),
                            ("sign-in", "After signing in"),
                            ("page", "On the policy's page"),
                            ("account", "In the account"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "age_stated",
                    models.PositiveSmallIntegerField(blank=True, help_text="In years, or older.", null=True),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="policy_answers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="policies.policyversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Engagement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("notified", "Told by e-mail"), ("seen", "Seen")], max_length=12)),
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
            options={
                "permissions": [("export_engagement", "Can export who was told of versions and what they did")],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", accounts.models.fields.AddressField(max_length=320)),
                (
                    "asked_at",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="When the form was last sent."),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, help_text="When the link in our mail was used.", null=True),
                ),
                (
                    "came_back_at",
                    models.DateTimeField(blank=True, help_text="Since when mail comes back for good.", null=True),
                ),
                (
                    "mail_due_at",
                    models.DateTimeField(blank=True, help_text="When the answer to the form is to be sent.", null=True),
                ),
                ("mail_attempts", models.PositiveSmallIntegerField(default=0)),
                (
                    "page",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="policies.policypage",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
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
                            ("left", "Left before the turn came"),
                            ("restricted", "Asked us only to keep their data"),
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
                    "follows",
                    models.BigIntegerField(
                        blank=True, help_text="The number of the delivery whose mail this one answers.", null=True
                    ),
                ),
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
                (
                    "follower",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deliveries",
                        to="notices.follower",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "default_permissions": ("view",),
            },
        ),
        migrations.AddConstraint(
            model_name="amendmentnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "correction"), _negated=True),
                fields=("version", "kind", "audience"),
                name="notices_notice_once_an_occasion",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendmentnotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "correction"), models.Q(("state", "stopped"), _negated=True)),
                fields=("follows",),
                name="notices_notice_corrected_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendmentnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("follows__isnull", False), ("kind__in", ["correction", "withdrawal"])),
                    models.Q(
                        models.Q(("kind__in", ["correction", "withdrawal"]), _negated=True), ("follows__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="notices_notice_follows",
            ),
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
                condition=models.Q(
                    ("audience", "people"),
                    models.Q(("always_because", ""), ("audience", "followers"), ("newcomers_too", False)),
                    _connector="OR",
                ),
                name="notices_notice_audience",
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
            model_name="answer",
            index=models.Index(fields=["person", "version", "-id"], name="notices_answer_of_person"),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["version", "kind"], name="notices_answer_to_version"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["acknowledged", "accepted", "declined", "withdrawn"])),
                name="notices_answer_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("wording", ""), _negated=True), name="notices_answer_has_wording"
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
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["notified", "seen"])), name="notices_engagement_kind"
            ),
        ),
        migrations.AddIndex(
            model_name="follower",
            index=models.Index(
                condition=models.Q(("mail_due_at__isnull", False)), fields=["mail_due_at"], name="notices_follower_mail"
            ),
        ),
        migrations.AddConstraint(
            model_name="follower",
            constraint=models.UniqueConstraint(
                condition=models.Q(("page__isnull", False)),
                fields=("address", "page"),
                name="notices_follower_once_a_policy",
            ),
        ),
        migrations.AddConstraint(
            model_name="follower",
            constraint=models.UniqueConstraint(
                condition=models.Q(("page", None)), fields=("address",), name="notices_follower_of_all_once"
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
            index=models.Index(fields=["notice", "state", "reason"], name="notices_delivery_results"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                fields=["notice", "address"],
                name="notices_delivery_address",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("notice", "person"), name="notices_delivery_once_a_person"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("notice", "follower"), name="notices_delivery_once_a_follower"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("person", None), ("follower", None), _connector="OR"),
                name="notices_delivery_to_one",
            ),
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
    ]
