import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models

import accounts.models.fields
import accounts.rights.models.files
import accounts.rights.models.requests


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HolidaysCounted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.CharField(
                        help_text="A digest of the library's version and of the days added.", max_length=64
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PublicNumbers",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("shown", models.BooleanField(default=False, verbose_name="show the numbers to everybody")),
            ],
            options={
                "verbose_name": "public numbers of requests",
            },
        ),
        migrations.CreateModel(
            name="RegulatorSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "regulator",
            },
        ),
        migrations.CreateModel(
            name="ExtraHoliday",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(help_text="A bank holiday that was announced lately.", unique=True)),
                (
                    "reason",
                    models.CharField(
                        help_text="What it is, such as “Coronation of …”. People whose request it moves read it.",
                        max_length=200,
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "added bank holiday",
                "verbose_name_plural": "added bank holidays",
                "ordering": ["-day"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RegulatorEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField(unique=True, verbose_name="in force from")),
                ("name", models.CharField(help_text="Without an article: it is written after “the”.", max_length=200)),
                ("short", models.CharField(blank=True, max_length=40, verbose_name="short name")),
                ("url", models.URLField(verbose_name="page on which one complains")),
                ("postal_address", models.TextField(blank=True, help_text="One line of the address on each line.")),
                ("phone", models.CharField(blank=True, max_length=50, verbose_name="telephone")),
                (
                    "setting",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="rights.regulatorsetting",
                    ),
                ),
            ],
            options={
                "ordering": ["since"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RightsRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reference",
                    models.CharField(
                        default=accounts.rights.models.requests.new_reference,
                        editable=False,
                        max_length=12,
                        unique=True,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("access", "A copy of my data (access)"),
                            ("correction", "Correct my data (rectification)"),
                            ("erasure", "Erase my data"),
                            ("restriction", "Restrict what is done with my data"),
                            ("objection", "I object to what is done with my data"),
                            ("portability", "My data for another service (portability)"),
                            ("complaint", "A complaint about data protection"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "Waiting for the address to be confirmed"),
                            ("received", "Received"),
                            ("waiting_identity", "Waiting to know who is asking"),
                            ("waiting_fee", "Waiting for a fee"),
                            ("working", "Being worked on"),
                            ("waiting_clarification", "Waiting for an answer to a question"),
                            ("decided", "Decided"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="unconfirmed",
                        max_length=24,
                    ),
                ),
                (
                    "moved",
                    models.PositiveIntegerField(
                        default=0, help_text="Counts the moves: of two at once, one comes too late."
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "address",
                    accounts.models.fields.AddressField(
                        blank=True,
                        help_text="Of people without an account; of others the account's counts.",
                        max_length=254,
                        verbose_name="e-mail address",
                    ),
                ),
                ("postal_address", models.TextField(blank=True, max_length=500)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("account", "In the account, signed in"),
                            ("form", "By the form on the website"),
                            ("letter", "By letter"),
                            ("e-mail", "By e-mail"),
                            ("telephone", "By telephone"),
                            ("in-person", "In person"),
                        ],
                        max_length=10,
                    ),
                ),
                ("details", models.TextField(blank=True, max_length=10000)),
                (
                    "about_marketing",
                    models.BooleanField(default=False, help_text="An objection to news and offers: they stop at once."),
                ),
                (
                    "acting_for",
                    models.CharField(
                        blank=True, help_text="Whose data it is about, if not the writer's.", max_length=200
                    ),
                ),
                (
                    "authority",
                    models.TextField(blank=True, help_text="What shows that they may act for them.", max_length=1000),
                ),
                (
                    "opened_at",
                    models.DateTimeField(default=django.utils.timezone.now, help_text="When it was written down here."),
                ),
                ("opened_on", models.DateField(default=django.utils.timezone.localdate, editable=False)),
                (
                    "received_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, help_text="The true day on which it reached us."
                    ),
                ),
                (
                    "once",
                    models.UUIDField(
                        blank=True,
                        help_text="Of the form it came by: sent twice, it is one request.",
                        null=True,
                        unique=True,
                    ),
                ),
                ("identity_asked_on", models.DateField(blank=True, null=True)),
                (
                    "identity_on",
                    models.DateField(blank=True, help_text="When what shows who they are came.", null=True),
                ),
                ("fee_asked_on", models.DateField(blank=True, null=True)),
                ("fee_on", models.DateField(blank=True, help_text="When it was paid.", null=True)),
                (
                    "extended_on",
                    models.DateField(blank=True, help_text="When they were told that it takes longer.", null=True),
                ),
                ("extension_reasons", models.TextField(blank=True)),
                ("acknowledged_on", models.DateField(blank=True, null=True)),
                (
                    "told_on",
                    models.DateField(blank=True, help_text="When we last told how a complaint stands.", null=True),
                ),
                (
                    "reopened_on",
                    models.DateField(blank=True, help_text="By the person: the time begins anew.", null=True),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True,
                        help_text="The last day for what we owe next; empty while it is the person's turn.",
                        null=True,
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, help_text="Or withdrawn.", null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("granted", "Granted"),
                            ("partly", "Partly granted"),
                            ("refused", "Refused"),
                            ("no-answer", "Closed, as our question was not answered"),
                        ],
                        max_length=10,
                    ),
                ),
                ("escalated_on", models.DateField(blank=True, help_text="When it went to the regulator.", null=True)),
                (
                    "mail_problem",
                    models.CharField(blank=True, help_text="Why our mail does not reach them.", max_length=200),
                ),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="rights_requests_assigned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Of the staff.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="rights_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "rights request",
                "verbose_name_plural": "rights requests",
                "ordering": ["-pk"],
                "permissions": [("handle_rightsrequest", "Can see and answer rights requests and complaints")],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="RecipientTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recipient", models.CharField(max_length=300)),
                ("what", models.CharField(help_text="Which kind of data.", max_length=300)),
                ("made_on", models.DateField(default=django.utils.timezone.localdate)),
                ("done_on", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, help_text="How, or why it is impossible.", max_length=500)),
                (
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipient_tasks",
                        to="rights.rightsrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Pause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.TextField(blank=True)),
                ("asked_on", models.DateField()),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pauses", to="rights.rightsrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["asked_on", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "side",
                    models.CharField(
                        choices=[("person", "The person"), ("staff", "Our staff"), ("machine", "By itself")],
                        max_length=10,
                    ),
                ),
                ("words", models.TextField(max_length=10000)),
                (
                    "once",
                    models.UUIDField(
                        blank=True, help_text="Of the form it came by: sent twice, it is one message.", null=True
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="rights.rightsrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="File",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "side",
                    models.CharField(
                        choices=[("person", "The person"), ("staff", "Our staff"), ("machine", "By itself")],
                        max_length=10,
                    ),
                ),
                (
                    "name",
                    models.CharField(help_text="As it was called; its ending is that of its kind.", max_length=150),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("pdf", "PDF"),
                            ("png", "Picture (PNG)"),
                            ("jpg", "Picture (JPEG)"),
                            ("webp", "Picture (WebP)"),
                            ("txt", "Text"),
                            ("docx", "Word document"),
                            ("odt", "OpenDocument text"),
                            ("zip", "Archive (ZIP)"),
                        ],
                        max_length=5,
                    ),
                ),
                ("size", models.PositiveIntegerField(help_text="In bytes.")),
                ("digest", models.CharField(help_text="SHA-256 of its content.", max_length=64)),
                (
                    "file",
                    models.FileField(
                        max_length=200, storage=accounts.rights.models.files.private_storage, upload_to="rights/%Y/%m"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="rights.message",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="rights.rightsrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ErasureReceipt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.BigIntegerField(
                        help_text="That the account had, nobody has it now; 0 where there was none."
                    ),
                ),
                ("erased_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("first", models.JSONField(default=dict)),
                ("looked_again_at", models.DateTimeField(blank=True, null=True)),
                ("second", models.JSONField(default=dict)),
                (
                    "left",
                    models.PositiveIntegerField(
                        blank=True, help_text="Rows to delete that are there still.", null=True
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="receipts", to="rights.rightsrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DueMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(
                        choices=[("person", "The person"), ("staff", "Our staff"), ("machine", "By itself")],
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("confirm", "Confirm your address"),
                            ("somebody_asked", "Somebody made a request with your address"),
                            ("received", "We have your request"),
                            ("news", "There is news"),
                            ("question", "We have a question"),
                            ("progress", "How your complaint stands"),
                            ("due_in_14", "14 days left"),
                            ("due_in_7", "7 days left"),
                            ("due_in_2", "2 days left"),
                            ("late", "Late"),
                            ("asked_again", "We still wait for an answer"),
                            ("not_answered", "Our question was not answered for a month"),
                            ("person_wrote", "The person wrote"),
                            ("new_request", "There is a new request"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "about",
                    models.DateField(
                        blank=True,
                        help_text="The day that a reminder is about: when it is due, or when we asked.",
                        null=True,
                    ),
                ),
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
                    "to",
                    models.ForeignKey(
                        blank=True,
                        help_text="Of the staff.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="mails", to="rights.rightsrequest"
                    ),
                ),
            ],
            options={
                "verbose_name": "mail about a request",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "Granted"),
                            ("partly", "Partly granted"),
                            ("refused", "Refused"),
                            ("no-answer", "Closed, as our question was not answered"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reasons", models.TextField(blank=True)),
                ("searched", models.TextField(blank=True, help_text="What was searched.")),
                (
                    "not_searched",
                    models.TextField(blank=True, help_text="What was not, and why."),
                ),
                (
                    "health",
                    models.CharField(
                        choices=[
                            ("none", "It holds no data about health"),
                            ("known", "It does, and the person knows it already"),
                            ("opinion", "It does, and a health professional says that it does no serious harm"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("opinion_by", models.CharField(blank=True, max_length=200)),
                ("opinion_on", models.DateField(blank=True, null=True)),
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
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="rights.rightsrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "side",
                    models.CharField(
                        choices=[("person", "The person"), ("staff", "Our staff"), ("machine", "By itself")],
                        max_length=10,
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("opened", "The request was made"),
                            ("entered", "Written down by our staff"),
                            ("confirmed", "The address was confirmed"),
                            ("acknowledged", "Receipt acknowledged"),
                            ("marketing_stopped", "News and offers were stopped at once"),
                            ("assigned", "Given to a member of our staff"),
                            ("started", "Work on it began"),
                            ("identity_asked", "We asked who is asking"),
                            ("identity_given", "What shows who is asking came"),
                            ("fee_asked", "We asked for a fee"),
                            ("fee_paid", "The fee was paid"),
                            ("clarification_asked", "We asked a question; the time is paused"),
                            ("clarified", "The question was answered; the time runs on"),
                            ("extended", "We need up to two months more"),
                            ("day_corrected", "The day of receipt was corrected"),
                            ("counted_anew", "The due date was worked out anew"),
                            ("message", "A message was written"),
                            ("file_added", "A file was added"),
                            ("progress", "We told how it stands"),
                            ("reminded", "Both sides were reminded"),
                            ("asked_again", "We said that we still wait for an answer"),
                            ("late", "The due date has passed"),
                            ("opened_by_staff", "A member of our staff opened the case"),
                            ("file_opened_by_staff", "A member of our staff opened a file"),
                            ("exported_by_staff", "A member of our staff took a copy of the person's data"),
                            ("searched", "Our records were searched"),
                            ("decided", "It was decided"),
                            ("corrected", "The correction was made"),
                            ("erased", "The erasure was carried out"),
                            ("restricted", "The data is only kept from now on"),
                            ("restriction_ends", "We told that the restriction ends"),
                            ("recipient_told", "Somebody who has the data was told"),
                            ("answered", "The answer was sent"),
                            ("letter", "A letter was written"),
                            ("escalated", "It went to the regulator"),
                            ("mail_came_back", "Our e-mail could not be delivered"),
                            ("withdrawn", "The request was withdrawn"),
                            ("closed", "The request was closed"),
                            ("reopened", "The request was opened again"),
                            ("note", "Note"),
                        ],
                        max_length=24,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("internal", models.BooleanField(default=False, help_text="For staff only.")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        help_text="If signed in.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="story", to="rights.rightsrequest"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WithheldItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=300)),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("another_person", "It is about another person"),
                            ("health", "It could do serious harm to somebody's health"),
                            ("legal_advice", "It is legal advice"),
                            ("crime", "It would hinder the prevention of crime"),
                            (
                                "negotiations",
                                "It would harm negotiations with you",
                            ),
                            ("unfounded", "The request is manifestly unfounded"),
                            ("excessive", "The request is manifestly excessive"),
                            ("needed_by_law", "The law requires us to keep it"),
                            ("legal_claims", "We need it for legal claims"),
                            ("accurate", "We looked, and it is accurate"),
                            ("other", "Another ground, named in the reasons"),
                        ],
                        max_length=20,
                    ),
                ),
                ("explanation", models.TextField(blank=True)),
                ("type_of_information", models.TextField(blank=True)),
                ("duty_of_confidentiality", models.TextField(blank=True)),
                ("steps_to_seek_consent", models.TextField(blank=True)),
                ("capability_to_consent", models.TextField(blank=True)),
                ("express_refusal", models.TextField(blank=True)),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="withheld", to="rights.decision"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="rightsrequest",
            index=models.Index(fields=["state", "due_on"], name="rights_request_due"),
        ),
        migrations.AddIndex(
            model_name="rightsrequest",
            index=models.Index(fields=["person", "-id"], name="rights_request_of_person"),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["access", "correction", "erasure", "restriction", "objection", "portability", "complaint"],
                    )
                ),
                name="rights_request_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "unconfirmed",
                            "received",
                            "waiting_identity",
                            "waiting_fee",
                            "working",
                            "waiting_clarification",
                            "decided",
                            "closed",
                            "withdrawn",
                        ],
                    )
                ),
                name="rights_request_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["account", "form", "letter", "e-mail", "telephone", "in-person"])),
                name="rights_request_channel",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("received_on__lte", models.F("opened_on"))),
                name="rights_request_not_from_the_future",
                violation_error_message="The day on which it came cannot be in the future.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "waiting_clarification"), _negated=True), ("kind", "access"), _connector="OR"
                ),
                name="rights_request_pause_for_access_only",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "complaint"), _negated=True),
                    models.Q(
                        ("state__in", ["waiting_clarification", "waiting_fee", "waiting_identity"]), _negated=True
                    ),
                    _connector="OR",
                ),
                name="rights_request_complaint_waits_for_nothing",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("identity_on", None), ("identity_asked_on__lte", models.F("identity_on")), _connector="OR"
                ),
                name="rights_request_identity_after_asking",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("fee_on", None), ("fee_asked_on__lte", models.F("fee_on")), _connector="OR"),
                name="rights_request_fee_after_asking",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("extended_on", None),
                    models.Q(
                        models.Q(("extension_reasons", ""), _negated=True),
                        models.Q(("kind", "complaint"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rights_request_extended_with_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "decided"), _negated=True),
                    models.Q(models.Q(("outcome", ""), _negated=True), models.Q(("decided_on", None), _negated=True)),
                    _connector="OR",
                ),
                name="rights_request_decided_somehow",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["closed", "withdrawn"]), ("closed_on", None), _connector="XOR"),
                name="rights_request_ends_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rightsrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["received", "working", "decided"]), ("due_on", None), _connector="OR"
                ),
                name="rights_request_due_while_it_is_ours",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered_on", None), ("answered_on__gte", models.F("asked_on")), _connector="OR"),
                name="rights_pause_forwards",
            ),
        ),
        migrations.AddConstraint(
            model_name="pause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_on", None)), fields=("request",), name="rights_pause_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(fields=("request", "once"), name="rights_message_once"),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["person", "staff", "machine"])), name="rights_message_side"
            ),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["pdf", "png", "jpg", "webp", "txt", "docx", "odt", "zip"])),
                name="rights_file_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="file",
            constraint=models.UniqueConstraint(fields=("request", "side", "digest"), name="rights_file_once"),
        ),
        migrations.AddConstraint(
            model_name="erasurereceipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("left", None), ("looked_again_at", None)),
                    models.Q(("left__isnull", False), ("looked_again_at__isnull", False)),
                    _connector="OR",
                ),
                name="rights_receipt_of_two_passes",
            ),
        ),
        migrations.AddIndex(
            model_name="duemail",
            index=models.Index(condition=models.Q(("settled_at", None)), fields=["due_at"], name="rights_mail_due"),
        ),
        migrations.AddConstraint(
            model_name="duemail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("about__isnull", False), ("side", "person")),
                fields=("request", "kind", "about"),
                name="rights_mail_person_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="duemail",
            constraint=models.UniqueConstraint(
                condition=models.Q(("about__isnull", False), ("side", "staff")),
                fields=("request", "kind", "about", "to"),
                name="rights_mail_staff_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["granted", "partly", "refused", "no-answer"])),
                name="rights_decision_outcome",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("health", "opinion"), _negated=True),
                    models.Q(
                        models.Q(("opinion_by", ""), _negated=True), models.Q(("opinion_on", None), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="rights_decision_opinion_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome__in", ["refused", "partly"]), _negated=True),
                    models.Q(("reasons", ""), _negated=True),
                    _connector="OR",
                ),
                name="rights_decision_refused_with_reasons",
            ),
        ),
        migrations.AddConstraint(
            model_name="story",
            constraint=models.CheckConstraint(
                condition=models.Q(("side__in", ["person", "staff", "machine"])), name="rights_story_side"
            ),
        ),
        migrations.AddConstraint(
            model_name="withhelditem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", "another_person"), _negated=True),
                    models.Q(
                        models.Q(("type_of_information", ""), _negated=True),
                        models.Q(("duty_of_confidentiality", ""), _negated=True),
                        models.Q(("steps_to_seek_consent", ""), _negated=True),
                        models.Q(("capability_to_consent", ""), _negated=True),
                        models.Q(("express_refusal", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="rights_withheld_five_factors",
            ),
        ),
    ]
