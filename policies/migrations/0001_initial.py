import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import policies.writing.blocks


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PolicyVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "asks_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nothing"),
                            ("acknowledgement", "Acknowledgement: people say that they have read it"),
                            ("acceptance", "Acceptance: people say that they agree to it"),
                        ],
                        default="",
                        max_length=15,
                    ),
                ),
                (
                    "asks_anew",
                    models.BooleanField(
                        default=False, help_text="Whether those are asked who agreed to an earlier one."
                    ),
                ),
                ("asks_because", models.TextField(blank=True, default="")),
                ("grace_days", models.PositiveSmallIntegerField(default=0, help_text="From the day in force.")),
                (
                    "least_age",
                    models.PositiveSmallIntegerField(help_text="In years, stated with an acceptance.", null=True),
                ),
                (
                    "kinds",
                    models.JSONField(blank=True, default=list, help_text="Values of KindOfChange, in its order."),
                ),
                (
                    "short_notice_because",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Why it begins sooner than the settings of then asked for; else empty.",
                    ),
                ),
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
                    models.CharField(
                        choices=[
                            ("amendment", "Amendment"),
                            ("correction", "Correction"),
                            ("described", "Description corrected, nothing else changed"),
                        ],
                        max_length=10,
                    ),
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
                "verbose_name_plural": "policy versions",
                "ordering": ["slug", "-sequence"],
                "permissions": [
                    ("take_evidence", "Can take the evidence of a version, with the names of colleagues"),
                    ("take_evidence_of_person", "Can take the evidence of one person and a version"),
                ],
            },
        ),
        migrations.CreateModel(
            name="LeastNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "new_purpose",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="In days, 1 at least.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="new purpose",
                    ),
                ),
                (
                    "new_data",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="In days, 1 at least.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="new data",
                    ),
                ),
                (
                    "new_recipient",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="In days, 1 at least.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="new recipient",
                    ),
                ),
                (
                    "transfer_abroad",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="In days, 1 at least.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="transfer abroad",
                    ),
                ),
                (
                    "longer_keeping",
                    models.PositiveSmallIntegerField(
                        default=14,
                        help_text="In days.",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="kept longer",
                    ),
                ),
                (
                    "automated_decisions",
                    models.PositiveSmallIntegerField(
                        default=30,
                        help_text="In days, 1 at least.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="automated decisions",
                    ),
                ),
                (
                    "rights",
                    models.PositiveSmallIntegerField(
                        default=14,
                        help_text="In days.",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="rights",
                    ),
                ),
                (
                    "other",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="In days.",
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="other",
                    ),
                ),
            ],
            options={
                "verbose_name": "least notice",
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
                    "asks_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nothing"),
                            ("acknowledgement", "Acknowledgement: people say that they have read it"),
                            ("acceptance", "Acceptance: people say that they agree to it"),
                        ],
                        default="",
                        help_text="Being told is not agreeing: what you choose is asked by a button, and nothing else counts. It is asked of an amendment once that is in force, never of a correction.",
                        max_length=15,
                        verbose_name="What does this policy ask of people with an account?",
                    ),
                ),
                (
                    "grace_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=14,
                        help_text="From the day in force. So long people with an account may answer later; then the site asks on each page of their account. Their details, data, rights, closing and the policies are never kept from them.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(365)],
                        verbose_name="Days to answer",
                    ),
                ),
                (
                    "least_age",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="In years. Whoever accepts says that they are so old. Leave it empty to ask for no age.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(99),
                        ],
                        verbose_name="Least age",
                    ),
                ),
                (
                    "asks_this_time",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "What the policy asks, on the tab Agreeing"),
                            ("acknowledgement", "Everybody to acknowledge it"),
                            ("acceptance", "Everybody to accept it"),
                            ("nobody-again", "Nobody again who agreed to an earlier version"),
                        ],
                        default="",
                        max_length=15,
                        verbose_name="Whom does this amendment ask to agree?",
                    ),
                ),
                (
                    "asks_because",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="In plain words: people see it with the question. Needed where this amendment asks otherwise than the policy. It stays with the version for ever.",
                        verbose_name="Why people are asked",
                    ),
                ),
                (
                    "kinds",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Of an amendment. Tick all that apply: readers see it, and each asks for its days of notice.",
                        verbose_name="What kinds of change?",
                    ),
                ),
                (
                    "short_notice_because",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="Only where it begins before the earliest day. The reason stays with the version for ever.",
                        verbose_name="Why it has to begin sooner",
                    ),
                ),
                (
                    "tell_of_correction",
                    models.BooleanField(
                        default=False,
                        help_text="Only asked where the description is corrected. The e-mail says that nothing else changes.",
                        verbose_name="Tell people of the corrected description by e-mail",
                    ),
                ),
                (
                    "preamble",
                    wagtail.fields.StreamField(
                        [
                            ("text", 0),
                            ("clauses", 10),
                            ("definitions", 14),
                            ("key_facts", 18),
                            ("table", 20),
                            ("notice", 23),
                            ("contact", 28),
                            ("personal_data", 31),
                            ("cookies", 33),
                            ("language", 35),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "italic", "superscript", "subscript", "struck", "link", "ul"],
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
                                {"features": ["italic", "superscript", "subscript", "struck"], "label": "Term"},
                            ),
                            12: ("policies.writing.blocks.WordsBlock", (), {"label": "Meaning"}),
                            13: ("wagtail.blocks.StructBlock", [[("term", 11), ("meaning", 12)]], {}),
                            14: ("wagtail.blocks.ListBlock", (13,), {"icon": "openquote", "label": "Definitions"}),
                            15: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "As a reader would ask it.", "label": "Question", "max_length": 200},
                            ),
                            16: (
                                "policies.writing.blocks.WordsBlock",
                                (),
                                {"help_text": "One or two short sentences.", "label": "Answer"},
                            ),
                            17: ("wagtail.blocks.StructBlock", [[("question", 15), ("answer", 16)]], {}),
                            18: (
                                "wagtail.blocks.ListBlock",
                                (17,),
                                {
                                    "help_text": "What readers ask first, as questions and answers: best at the top of the policy. Part of its text.",
                                    "icon": "help",
                                    "label": "Key facts",
                                },
                            ),
                            19: ("policies.writing.blocks.WordsBlock", (), {"label": "Words", "required": False}),
                            20: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("words", 19)]],
                                {"icon": "table", "label": "Table"},
                            ),
                            21: ("wagtail.blocks.CharBlock", (), {"max_length": 200, "required": False}),
                            22: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "superscript", "subscript", "struck", "link"]},
                            ),
                            23: ("wagtail.blocks.StructBlock", [[("heading", 21), ("text", 22)]], {}),
                            24: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            25: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "One line of the address on each line.", "required": False, "rows": 5},
                            ),
                            26: ("wagtail.blocks.EmailBlock", (), {"label": "E-mail", "required": False}),
                            27: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Telephone", "max_length": 50, "required": False},
                            ),
                            28: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 24), ("address", 25), ("email", 26), ("phone", 27)]],
                                {},
                            ),
                            29: (
                                "policies.writing.blocks.WordsBlock",
                                (),
                                {"label": "Introduction", "required": False},
                            ),
                            30: (
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
                            31: ("wagtail.blocks.StructBlock", [[("introduction", 29), ("about", 30)]], {}),
                            32: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "What is kept for our staff in the CMS, instead", "required": False},
                            ),
                            33: ("wagtail.blocks.StructBlock", [[("introduction", 29), ("of_staff", 32)]], {}),
                            34: (
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
                            35: ("wagtail.blocks.StructBlock", [[("code", 34)]], {}),
                        },
                        help_text="What stands before section 1, without a number.",
                    ),
                ),
                (
                    "sections",
                    wagtail.fields.StreamField(
                        [("section", 38)],
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
                                    "features": ["bold", "italic", "superscript", "subscript", "struck", "link", "ul"],
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
                                {"features": ["italic", "superscript", "subscript", "struck"], "label": "Term"},
                            ),
                            13: ("policies.writing.blocks.WordsBlock", (), {"label": "Meaning"}),
                            14: ("wagtail.blocks.StructBlock", [[("term", 12), ("meaning", 13)]], {}),
                            15: ("wagtail.blocks.ListBlock", (14,), {"icon": "openquote", "label": "Definitions"}),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"help_text": "As a reader would ask it.", "label": "Question", "max_length": 200},
                            ),
                            17: (
                                "policies.writing.blocks.WordsBlock",
                                (),
                                {"help_text": "One or two short sentences.", "label": "Answer"},
                            ),
                            18: ("wagtail.blocks.StructBlock", [[("question", 16), ("answer", 17)]], {}),
                            19: (
                                "wagtail.blocks.ListBlock",
                                (18,),
                                {
                                    "help_text": "What readers ask first, as questions and answers: best at the top of the policy. Part of its text.",
                                    "icon": "help",
                                    "label": "Key facts",
                                },
                            ),
                            20: ("policies.writing.blocks.WordsBlock", (), {"label": "Words", "required": False}),
                            21: (
                                "wagtail.contrib.typed_table_block.blocks.TypedTableBlock",
                                [[("words", 20)]],
                                {"icon": "table", "label": "Table"},
                            ),
                            22: ("wagtail.blocks.CharBlock", (), {"max_length": 200, "required": False}),
                            23: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "superscript", "subscript", "struck", "link"]},
                            ),
                            24: ("wagtail.blocks.StructBlock", [[("heading", 22), ("text", 23)]], {}),
                            25: ("wagtail.blocks.CharBlock", (), {"max_length": 200}),
                            26: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "One line of the address on each line.", "required": False, "rows": 5},
                            ),
                            27: ("wagtail.blocks.EmailBlock", (), {"label": "E-mail", "required": False}),
                            28: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Telephone", "max_length": 50, "required": False},
                            ),
                            29: (
                                "wagtail.blocks.StructBlock",
                                [[("name", 25), ("address", 26), ("email", 27), ("phone", 28)]],
                                {},
                            ),
                            30: (
                                "policies.writing.blocks.WordsBlock",
                                (),
                                {"label": "Introduction", "required": False},
                            ),
                            31: (
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
                            32: ("wagtail.blocks.StructBlock", [[("introduction", 30), ("about", 31)]], {}),
                            33: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "What is kept for our staff in the CMS, instead", "required": False},
                            ),
                            34: ("wagtail.blocks.StructBlock", [[("introduction", 30), ("of_staff", 33)]], {}),
                            35: (
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
                            36: ("wagtail.blocks.StructBlock", [[("code", 35)]], {}),
                            37: (
                                "wagtail.blocks.StreamBlock",
                                [
                                    [
                                        ("text", 1),
                                        ("clauses", 11),
                                        ("definitions", 15),
                                        ("key_facts", 19),
                                        ("table", 21),
                                        ("notice", 24),
                                        ("contact", 29),
                                        ("personal_data", 32),
                                        ("cookies", 34),
                                        ("language", 36),
                                    ]
                                ],
                                {"label": "Text of this section"},
                            ),
                            38: ("wagtail.blocks.StructBlock", [[("heading", 0), ("body", 37)]], {}),
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
                            ("amendment", "Amendment"),
                            ("correction", "Correction"),
                            ("described", "Description corrected, nothing else changed"),
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
                        help_text="Then the e-mail about an amendment says that people may object, and complain to the regulator. Take the tick away for terms, and for whatever else is no matter of data protection.",
                        verbose_name="It is about personal data",
                    ),
                ),
                (
                    "links_because",
                    models.TextField(
                        blank=True,
                        help_text="A text with links to pages of this site that are not there is not announced. Where they should stay all the same, say why: it is kept in the policy's history.",
                        verbose_name="Links may lead nowhere, because",
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
            name="KeptRegister",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="kept_register",
                        serialize=False,
                        to="policies.policyversion",
                    ),
                ),
                ("processes", models.JSONField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PolicyApprovalTask",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        help_text="Pages/snippets at this step in a workflow will be moderated or approved by these groups of users",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval of a policy",
                "verbose_name_plural": "approvals of policies",
            },
            bases=("wagtailcore.task",),
        ),
        migrations.AddField(
            model_name="policyversion",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="policies.policypage"
            ),
        ),
        migrations.CreateModel(
            name="OutsideReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(help_text="As in Approval.", max_length=64)),
                ("amends", models.PositiveIntegerField(help_text="As in Approval.")),
                ("name", models.CharField(max_length=200, verbose_name="who is asked")),
                ("address", models.EmailField(blank=True, max_length=320, verbose_name="e-mail address")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("until", models.DateTimeField(help_text="When the link ends.")),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("agrees", "I agree"), ("asks", "I ask for changes")],
                        default="",
                        max_length=6,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("signed_name", models.CharField(blank=True, default="", max_length=200)),
                ("words", models.TextField(blank=True, default="")),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policy_reviews",
                        to="wagtailcore.revision",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_reviews",
                        to="policies.policyversion",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_reviews",
                        to="policies.policypage",
                    ),
                ),
            ],
            options={
                "verbose_name": "review by an outsider",
                "verbose_name_plural": "reviews by outsiders",
                "ordering": ["-pk"],
                "permissions": [("ask_outsiders", "Can ask somebody without an account to review a policy")],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "digest",
                    models.CharField(
                        help_text="policies.versions.proposals.digest_of_proposal of the draft.", max_length=64
                    ),
                ),
                (
                    "amends",
                    models.PositiveIntegerField(help_text="The version that the redline was against; 0 for none."),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("approval", "Approved"),
                            ("emergency", "Announced by one person in an emergency"),
                            ("command", "Approved outside the CMS, and entered with a command"),
                        ],
                        default="approval",
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "words",
                    models.TextField(blank=True, help_text="What the approver wrote; in an emergency, the reason."),
                ),
                (
                    "taken_back_at",
                    models.DateTimeField(blank=True, help_text="By whoever gave it; it counts no more.", null=True),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="policy_approvals",
                        to="wagtailcore.revision",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="policies.policyversion",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="approvals", to="policies.policypage"
                    ),
                ),
            ],
            options={
                "verbose_name": "approval",
                "ordering": ["-pk"],
                "permissions": [("announce_in_emergency", "Can announce a policy alone in an emergency")],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReviewDuty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "claimed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task_state",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="review_duty",
                        to="wagtailcore.taskstate",
                    ),
                ),
            ],
            options={
                "verbose_name": "waiting review",
                "ordering": ["due_on", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="StaffMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=320)),
                ("subject", models.CharField(max_length=250)),
                ("text", models.TextField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "problem",
                    models.CharField(
                        blank=True, help_text="Why it could not be sent last time; else empty.", max_length=200
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mail to staff",
                "verbose_name_plural": "mails to staff",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TwoPeopleRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "is_on",
                    models.BooleanField(default=False, verbose_name="no amendment is announced by one person alone"),
                ),
                (
                    "corrections_alone",
                    models.BooleanField(default=False, verbose_name="corrections may be announced by one person"),
                ),
                (
                    "outsiders_count",
                    models.BooleanField(default=False, verbose_name="an outsider’s review counts as the second person"),
                ),
                ("reason", models.TextField(verbose_name="why")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "rule of two people",
                "ordering": ["-pk"],
                "permissions": [("switch_two_people", "Can switch the rule that two people announce a policy")],
                "default_permissions": (),
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
        migrations.AddConstraint(
            model_name="outsidereview",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["", "agrees", "asks"])), name="policies_review_answer"
            ),
        ),
        migrations.AddConstraint(
            model_name="outsidereview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at", None), ("signed_name", ""), ("words", "")),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="policies_review_answered_at_once",
            ),
        ),
        migrations.AddIndex(
            model_name="approval",
            index=models.Index(fields=["page", "digest"], name="policies_approval_of_digest"),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["approval", "emergency", "command"])), name="policies_approval_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "approval"), models.Q(("words", ""), _negated=True), _connector="OR"),
                name="policies_approval_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("version", None), ("taken_back_at", None), _connector="OR"),
                name="policies_approval_served_or_taken_back",
            ),
        ),
        migrations.AddIndex(
            model_name="staffmail",
            index=models.Index(
                condition=models.Q(("settled_at", None)), fields=["due_at"], name="policies_staff_mail_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="twopeoplerule",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="policies_rule_says_why"
            ),
        ),
    ]
