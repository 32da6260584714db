import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import policies.writing.blocks


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                            ("clauses", 10),
                            ("definitions", 14),
                            ("table", 16),
                            ("notice", 19),
                            ("contact", 24),
                            ("personal_data", 27),
                            ("language", 29),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "italic", "superscript", "subscript", "link", "ul"],
                                    "icon": "pilcrow",
                                    "label": "Text",
                                },
                            ),
                            1: ("policies.writing.blocks.WordsBlock", (), {"label": "Text"}),
                            2: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "A bullet instead of a number", "required": False},
                            ),
                            3: ("wagtail.blocks.StructBlock", [[("text", 1), ("bullet", 2)]], {}),
                            4: (
                                "wagtail.blocks.ListBlock",
                                (3,),
                                {"collapsed": True, "default": [], "label": "Clauses (A), (B) …"},
                            ),
                            5: ("wagtail.blocks.StructBlock", [[("text", 1), ("bullet", 2), ("clauses", 4)]], {}),
                            6: (
                                "wagtail.blocks.ListBlock",
                                (5,),
                                {"collapsed": True, "default": [], "label": "Clauses (i), (ii) …"},
                            ),
                            7: ("wagtail.blocks.StructBlock", [[("text", 1), ("bullet", 2), ("clauses", 6)]], {}),
                            8: (
                                "wagtail.blocks.ListBlock",
                                (7,),
                                {"collapsed": True, "default": [], "label": "Clauses (a), (b) …"},
                            ),
                            9: ("wagtail.blocks.StructBlock", [[("text", 1), ("bullet", 2), ("clauses", 8)]], {}),
                            10: (
                                "wagtail.blocks.ListBlock",
                                (9,),
                                {
                                    "help_text": "The site numbers them: 4.1, (a), (i), (A).",
                                    "icon": "list-ol",
                                    "label": "Numbered clauses",
                                },
                            ),
                            11: (
                                "policies.writing.blocks.WordsBlock",
                                (),
                                {"features": ["italic", "superscript", "subscript"], "label": "Term"},
                            ),
                            12: ("policies.writing.blocks.WordsBlock", (), {"label": "Meaning"}),
                            13: ("wagtail.blocks.StructBlock", [[("term", 11), ("meaning", 12)]], {}),
                            14: ("wagtail.blocks.ListBlock", (13,), {"icon": "openquote", "label": "Definitions"}),
                            15: ("policies.writing.blocks.WordsBlock", (), {"label": "Words", "required": False}),
                            16: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("words", 15)]],
                                {"icon": "table", "label": "Table"},
                            ),
                            17: ("wagtail.blocks.CharBlock", (), {"max_length": 200, "required": False}),
                            18: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "superscript", "subscript", "link"]},
                            ),
                            19: ("wagtail.blocks.StructBlock", [[("heading", 17), ("text", 18)]], {}),
                            20: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            21: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "One line of the address on each line.", "required": False, "rows": 5},
                            ),
                            22: ("wagtail.blocks.EmailBlock", (), {"label": "E-mail", "required": False}),
                            23: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Telephone", "max_length": 50, "required": False},
                            ),
                            24: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 20), ("address", 21), ("email", 22), ("phone", 23)]],
                                {},
                            ),
                            25: (
                                "policies.writing.blocks.WordsBlock",
                                (),
                                {"label": "Introduction", "required": False},
                            ),
                            26: (
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
                            27: ("wagtail.blocks.StructBlock", [[("introduction", 25), ("about", 26)]], {}),
                            28: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as fr, cy, ar or zh-Hans. Empty: the language of the policy again.",
                                    "label": "Language code",
                                    "max_length": 35,
                                    "required": False,
                                    "validators": [policies.writing.blocks.validate_language],
                                },
                            ),
                            29: ("wagtail.blocks.StructBlock", [[("code", 28)]], {}),
                        },
                        help_text="What stands before section 1, without a number.",
                    ),
                ),
                (
                    "sections",
                    wagtail.fields.StreamField(
                        [("section", 32)],
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
                                {
                                    "features": ["bold", "italic", "superscript", "subscript", "link", "ul"],
                                    "icon": "pilcrow",
                                    "label": "Text",
                                },
                            ),
                            2: ("policies.writing.blocks.WordsBlock", (), {"label": "Text"}),
                            3: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "A bullet instead of a number", "required": False},
                            ),
                            4: ("wagtail.blocks.StructBlock", [[("text", 2), ("bullet", 3)]], {}),
                            5: (
                                "wagtail.blocks.ListBlock",
                                (4,),
                                {"collapsed": True, "default": [], "label": "Clauses (A), (B) …"},
                            ),
                            6: ("wagtail.blocks.StructBlock", [[("text", 2), ("bullet", 3), ("clauses", 5)]], {}),
                            7: (
                                "wagtail.blocks.ListBlock",
                                (6,),
                                {"collapsed": True, "default": [], "label": "Clauses (i), (ii) …"},
                            ),
                            8: ("wagtail.blocks.StructBlock", [[("text", 2), ("bullet", 3), ("clauses", 7)]], {}),
                            9: (
                                "wagtail.blocks.ListBlock",
                                (8,),
                                {"collapsed": True, "default": [], "label": "Clauses (a), (b) …"},
                            ),
                            10: ("wagtail.blocks.StructBlock", [[("text", 2), ("bullet", 3), ("clauses", 9)]], {}),
                            11: (
                                "wagtail.blocks.ListBlock",
                                (10,),
                                {
                                    "help_text": "The site numbers them: 4.1, (a), (i), (A).",
                                    "icon": "list-ol",
                                    "label": "Numbered clauses",
                                },
                            ),
                            12: (
                                "policies.writing.blocks.WordsBlock",
                                (),
                                {"features": ["italic", "superscript", "subscript"], "label": "Term"},
                            ),
                            13: ("policies.writing.blocks.WordsBlock", (), {"label": "Meaning"}),
                            14: ("wagtail.blocks.StructBlock", [[("term", 12), ("meaning", 13)]], {}),
                            15: ("wagtail.blocks.ListBlock", (14,), {"icon": "openquote", "label": "Definitions"}),
                            16: ("policies.writing.blocks.WordsBlock", (), {"label": "Words", "required": False}),
                            17: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("words", 16)]],
                                {"icon": "table", "label": "Table"},
                            ),
                            18: ("wagtail.blocks.CharBlock", (), {"max_length": 200, "required": False}),
                            19: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "superscript", "subscript", "link"]},
                            ),
                            20: ("wagtail.blocks.StructBlock", [[("heading", 18), ("text", 19)]], {}),
                            21: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            22: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "One line of the address on each line.", "required": False, "rows": 5},
                            ),
                            23: ("wagtail.blocks.EmailBlock", (), {"label": "E-mail", "required": False}),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Telephone", "max_length": 50, "required": False},
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 21), ("address", 22), ("email", 23), ("phone", 24)]],
                                {},
                            ),
                            26: (
                                "policies.writing.blocks.WordsBlock",
                                (),
                                {"label": "Introduction", "required": False},
                            ),
                            27: (
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
                            28: ("wagtail.blocks.StructBlock", [[("introduction", 26), ("about", 27)]], {}),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as fr, cy, ar or zh-Hans. Empty: the language of the policy again.",
                                    "label": "Language code",
                                    "max_length": 35,
                                    "required": False,
                                    "validators": [policies.writing.blocks.validate_language],
                                },
                            ),
                            30: ("wagtail.blocks.StructBlock", [[("code", 29)]], {}),
                            31: (
                                "wagtail.blocks.StreamBlock",
                                [
                                    [
                                        ("text", 1),
                                        ("clauses", 11),
                                        ("definitions", 15),
                                        ("table", 17),
                                        ("notice", 20),
                                        ("contact", 25),
                                        ("personal_data", 28),
                                        ("language", 30),
                                    ]
                                ],
                                {"label": "Text of this section"},
                            ),
                            32: ("wagtail.blocks.StructBlock", [[("heading", 0), ("body", 31)]], {}),
                        },
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        help_text="Its code, such as cy, fr, ar or zh-Hans. Leave it empty for English.",
                        max_length=35,
                        validators=[policies.writing.blocks.validate_language],
                        verbose_name="Language of the text",
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
                    "tell_newcomers",
                    models.BooleanField(
                        default=False,
                        help_text="By the same e-mail, once their address is confirmed. They see it in their account in any case.",
                        verbose_name="Also tell people who register before it comes into force",
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
                (
                    "about_personal_data",
                    models.BooleanField(
                        default=True,
                        help_text="Then the e-mail about an amendment says that people may object, and complain to the Information Commissioner. Take the tick away for terms, and for whatever else is no matter of data protection.",
                        verbose_name="It is about personal data",
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
                ("content", models.JSONField(help_text="The document, as policies.texts.document.codec writes it.")),
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
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "sequence"), name="policies_version_slug_sequence"),
                    models.UniqueConstraint(fields=("page", "sequence"), name="policies_version_page_sequence"),
                    models.UniqueConstraint(fields=("page", "major", "minor"), name="policies_version_number"),
                    models.CheckConstraint(
                        condition=models.Q(("major__gte", 1), ("sequence__gte", 1)),
                        name="policies_version_counts_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at", None), models.Q(("withdrawn_reason", ""), _negated=True), _connector="OR"
                        ),
                        name="policies_version_withdrawn_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sequence", 1), models.Q(("change_summary", ""), _negated=True), _connector="OR"
                        ),
                        name="policies_version_later_have_summary",
                    ),
                ],
            },
        ),
    ]
