import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
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
            name="PolicyIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of policies",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="PolicyPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "preamble",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("clauses", 7),
                            ("definitions", 11),
                            ("table", 13),
                            ("notice", 16),
                            ("contact", 21),
                            ("personal_data", 24),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link", "ul"], "icon": "pilcrow", "label": "Text"},
                            ),
                            1: ("policies.blocks.WordsBlock", (), {"label": "Text"}),
                            2: ("wagtail.blocks.StructBlock", [[("text", 1)]], {}),
                            3: (
                                "wagtail.blocks.ListBlock",
                                (2,),
                                {"collapsed": True, "default": [], "label": "Clauses (i), (ii) …"},
                            ),
                            4: ("wagtail.blocks.StructBlock", [[("text", 1), ("clauses", 3)]], {}),
                            5: (
                                "wagtail.blocks.ListBlock",
                                (4,),
                                {"collapsed": True, "default": [], "label": "Clauses (a), (b) …"},
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("text", 1), ("clauses", 5)]], {}),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (6,),
                                {
                                    "help_text": "The site numbers them: 4.1, (a), (i).",
                                    "icon": "list-ol",
                                    "label": "Numbered clauses",
                                },
                            ),
                            8: ("policies.blocks.WordsBlock", (), {"features": ["italic"], "label": "Term"}),
                            9: ("policies.blocks.WordsBlock", (), {"label": "Meaning"}),
                            10: ("wagtail.blocks.StructBlock", [[("term", 8), ("meaning", 9)]], {}),
                            11: ("wagtail.blocks.ListBlock", (10,), {"icon": "openquote", "label": "Definitions"}),
                            12: ("policies.blocks.WordsBlock", (), {"label": "Words"}),
                            13: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("words", 12)]],
                                {"icon": "table", "label": "Table"},
                            ),
                            14: ("wagtail.blocks.CharBlock", (), {"max_length": 200, "required": False}),
                            15: ("wagtail.blocks.RichTextBlock", (), {"features": ["bold", "italic", "link"]}),
                            16: ("wagtail.blocks.StructBlock", [[("heading", 14), ("text", 15)]], {}),
                            17: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            18: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "One line of the address on each line.", "required": False, "rows": 5},
                            ),
                            19: ("wagtail.blocks.EmailBlock", (), {"label": "E-mail", "required": False}),
                            20: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Telephone", "max_length": 50, "required": False},
                            ),
                            21: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 17), ("address", 18), ("email", 19), ("phone", 20)]],
                                {},
                            ),
                            22: ("policies.blocks.WordsBlock", (), {"label": "Introduction", "required": False}),
                            23: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("people", "Everybody with an account"),
                                        ("staff", "Our staff, in their work on this site"),
                                        ("all", "Everybody, our staff included"),
                                    ],
                                    "label": "About whom",
                                },
                            ),
                            24: ("wagtail.blocks.StructBlock", [[("introduction", 22), ("about", 23)]], {}),
                        },
                        help_text="What stands before section 1, without a number.",
                    ),
                ),
                (
                    "sections",
                    wagtail.fields.StreamField(
                        [("section", 27)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "Without a number: the site numbers the sections.", "max_length": 200},
                            ),
                            1: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "link", "ul"], "icon": "pilcrow", "label": "Text"},
                            ),
                            2: ("policies.blocks.WordsBlock", (), {"label": "Text"}),
                            3: ("wagtail.blocks.StructBlock", [[("text", 2)]], {}),
                            4: (
                                "wagtail.blocks.ListBlock",
                                (3,),
                                {"collapsed": True, "default": [], "label": "Clauses (i), (ii) …"},
                            ),
                            5: ("wagtail.blocks.StructBlock", [[("text", 2), ("clauses", 4)]], {}),
                            6: (
                                "wagtail.blocks.ListBlock",
                                (5,),
                                {"collapsed": True, "default": [], "label": "Clauses (a), (b) …"},
                            ),
                            7: ("wagtail.blocks.StructBlock", [[("text", 2), ("clauses", 6)]], {}),
                            8: (
                                "wagtail.blocks.ListBlock",
                                (7,),
                                {
                                    "help_text": "The site numbers them: 4.1, (a), (i).",
                                    "icon": "list-ol",
                                    "label": "Numbered clauses",
                                },
                            ),
                            9: ("policies.blocks.WordsBlock", (), {"features": ["italic"], "label": "Term"}),
                            10: ("policies.blocks.WordsBlock", (), {"label": "Meaning"}),
                            11: ("wagtail.blocks.StructBlock", [[("term", 9), ("meaning", 10)]], {}),
                            12: ("wagtail.blocks.ListBlock", (11,), {"icon": "openquote", "label": "Definitions"}),
                            13: ("policies.blocks.WordsBlock", (), {"label": "Words"}),
                            14: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("words", 13)]],
                                {"icon": "table", "label": "Table"},
                            ),
                            15: ("wagtail.blocks.CharBlock", (), {"max_length": 200, "required": False}),
                            16: ("wagtail.blocks.RichTextBlock", (), {"features": ["bold", "italic", "link"]}),
                            17: ("wagtail.blocks.StructBlock", [[("heading", 15), ("text", 16)]], {}),
                            18: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            19: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "One line of the address on each line.", "required": False, "rows": 5},
                            ),
                            20: ("wagtail.blocks.EmailBlock", (), {"label": "E-mail", "required": False}),
                            21: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Telephone", "max_length": 50, "required": False},
                            ),
                            22: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 18), ("address", 19), ("email", 20), ("phone", 21)]],
                                {},
                            ),
                            23: ("policies.blocks.WordsBlock", (), {"label": "Introduction", "required": False}),
                            24: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("people", "Everybody with an account"),
                                        ("staff", "Our staff, in their work on this site"),
                                        ("all", "Everybody, our staff included"),
                                    ],
                                    "label": "About whom",
                                },
                            ),
                            25: ("wagtail.blocks.StructBlock", [[("introduction", 23), ("about", 24)]], {}),
                            26: (
                                "wagtail.blocks.StreamBlock",
                                [
                                    [
                                        ("text", 1),
                                        ("clauses", 8),
                                        ("definitions", 12),
                                        ("table", 14),
                                        ("notice", 17),
                                        ("contact", 22),
                                        ("personal_data", 25),
                                    ]
                                ],
                                {"label": "Text of this section"},
                            ),
                            27: ("wagtail.blocks.StructBlock", [[("heading", 0), ("body", 26)]], {}),
                        },
                    ),
                ),
                (
                    "significance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("amendment", "Yes: it is an amendment. The number before the point goes up."),
                            (
                                "correction",
                                "No: it corrects a typo, the style or a link. The number after the point goes up.",
                            ),
                        ],
                        max_length=10,
                        verbose_name="Does this change what the policy means?",
                    ),
                ),
                (
                    "change_summary",
                    models.TextField(
                        blank=True,
                        help_text="In plain words, for the people the policy is about. It is shown with the version for ever.",
                        verbose_name="What changes, and why?",
                    ),
                ),
                (
                    "effective_from",
                    models.DateField(
                        blank=True,
                        help_text="Today or later. Leave it empty for the earliest possible day.",
                        null=True,
                        verbose_name="In force from",
                    ),
                ),
                (
                    "amends",
                    models.PositiveIntegerField(
                        blank=True, help_text="The newest version when the draft was begun.", null=True
                    ),
                ),
                (
                    "tell_of_first",
                    models.BooleanField(
                        default=False,
                        help_text="By e-mail: those who asked to hear of every announcement, or everybody, if so under “Mail”.",
                        verbose_name="Tell people of this new policy",
                    ),
                ),
                (
                    "always_notify_because",
                    models.TextField(
                        blank=True,
                        help_text="People may choose to get no mail about policies. Where they must be told all the same, say why in one sentence: it stands in the mail. Leave it empty to respect their choice.",
                        verbose_name="Tell everybody of amendments, because",
                    ),
                ),
            ],
            options={
                "verbose_name": "policy",
                "verbose_name_plural": "policies",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        db_index=False, help_text="The policy's address, fixed by its first version.", max_length=255
                    ),
                ),
                ("sequence", models.PositiveIntegerField(help_text="1, 2, 3 … in the order of announcing.")),
                ("major", models.PositiveIntegerField()),
                ("minor", models.PositiveIntegerField()),
                (
                    "significance",
                    models.CharField(choices=[("amendment", "Amendment"), ("correction", "Correction")], max_length=10),
                ),
                ("change_summary", models.TextField(blank=True)),
                ("effective_from", models.DateField()),
                (
                    "announced_at",
                    models.DateTimeField(help_text="In whole seconds: exports of the database cut the rest."),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        help_text="When it was recorded here, if announced elsewhere before.", null=True
                    ),
                ),
                ("title", models.CharField(max_length=255)),
                ("content", models.JSONField(help_text="The document, as policies.document.codec writes it.")),
                ("text", models.TextField(help_text="The canonical text.")),
                ("digest", models.CharField(help_text="SHA-256 of the canonical text.", max_length=64)),
                (
                    "chain",
                    models.CharField(
                        help_text="SHA-256 over this version's facts and its predecessor's chain.", max_length=64
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.TextField(blank=True, default="")),
                (
                    "announced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="policies.policypage"
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        help_text="The draft announced.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policy_version",
                        to="wagtailcore.revision",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "policy version",
                "ordering": ["slug", "-sequence"],
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
                    "message",
                    models.TextField(blank=True, help_text="The mail as it is sent, frozen: policies.notices.message."),
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
                        to="policies.amendmentnotice",
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
                "indexes": [
                    models.Index(
                        models.F("notice"),
                        models.F("due_at"),
                        models.F("id"),
                        condition=models.Q(("state", "pending")),
                        name="policies_delivery_due",
                    ),
                    models.Index(
                        condition=models.Q(("state", "sending")), fields=["worker"], name="policies_delivery_held"
                    ),
                    models.Index(fields=["notice", "state"], name="policies_delivery_results"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "person"), name="policies_delivery_once_a_person"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["pending", "sending", "sent", "failed", "unreachable", "skipped"])
                        ),
                        name="policies_delivery_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["failed", "unreachable", "skipped"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="policies_delivery_says_why_not",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(fields=("slug", "sequence"), name="policies_version_slug_sequence"),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(fields=("page", "sequence"), name="policies_version_page_sequence"),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.UniqueConstraint(fields=("page", "major", "minor"), name="policies_version_number"),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("major__gte", 1), ("sequence__gte", 1)), name="policies_version_counts_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_at", None), models.Q(("withdrawn_reason", ""), _negated=True), _connector="OR"
                ),
                name="policies_version_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="policyversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("sequence", 1), models.Q(("change_summary", ""), _negated=True), _connector="OR"),
                name="policies_version_later_have_summary",
            ),
        ),
        migrations.AddIndex(
            model_name="engagement",
            index=models.Index(fields=["version", "kind"], name="policies_engagement_of_version"),
        ),
        migrations.AddConstraint(
            model_name="engagement",
            constraint=models.UniqueConstraint(fields=("person", "version", "kind"), name="policies_engagement_once"),
        ),
        migrations.AddConstraint(
            model_name="amendmentnotice",
            constraint=models.UniqueConstraint(fields=("version", "kind"), name="policies_notice_once_an_occasion"),
        ),
        migrations.AddConstraint(
            model_name="amendmentnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["staging", "held", "sending", "paused", "stopped", "done"])),
                name="policies_notice_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendmentnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("staged_at", None), models.Q(("message", ""), _negated=True), _connector="OR"),
                name="policies_notice_staged_with_message",
            ),
        ),
    ]
