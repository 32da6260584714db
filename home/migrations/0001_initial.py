import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import accounts.models.fields
import home.organisation.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("policies", "0001_initial"),
        ("rights", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [
        migrations.CreateModel(
            name="ContactPage",
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
                ("introduction", models.TextField(blank=True, help_text="One or two sentences under the title.")),
                (
                    "body",
                    wagtail.fields.RichTextField(
                        blank=True, help_text="Stands between the address and the form, such as when you answer."
                    ),
                ),
            ],
            options={
                "verbose_name": "contact page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("key", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Generation",
            fields=[
                ("scope", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
            options={
                "db_table": "home_generation",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Purge",
            fields=[
                ("scope", models.CharField(max_length=300, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField(default=0)),
                ("tried", models.BigIntegerField(default=0)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("again_at", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="HomePage",
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
                ("introduction", models.TextField(blank=True, help_text="One or two sentences under the title.")),
                ("body", wagtail.fields.RichTextField(blank=True)),
            ],
            options={
                "verbose_name": "home page",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="StandardPage",
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
                    "menu_label",
                    models.CharField(
                        blank=True, help_text="What the menu calls it; its title if empty.", max_length=40
                    ),
                ),
                ("introduction", models.TextField(blank=True)),
                ("body", wagtail.fields.RichTextField(blank=True)),
            ],
            options={
                "verbose_name": "plain page",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="AddedCookie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        help_text="As it stands in the browser; * for letters that differ.", max_length=100
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[("cookie", "Cookie"), ("local", "Local storage"), ("session", "Session storage")],
                        default="cookie",
                        max_length=10,
                        verbose_name="where",
                    ),
                ),
                (
                    "need",
                    models.CharField(
                        choices=[
                            ("essential", "Strictly necessary"),
                            ("functional", "For how the page looks or works, as you chose"),
                        ],
                        max_length=10,
                        verbose_name="why we may",
                    ),
                ),
                ("purpose", models.CharField(help_text="What it is for, in plain words.", max_length=300)),
                ("when", models.CharField(max_length=200, verbose_name="when it is set")),
                (
                    "days",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: until the browser is closed, or its storage cleared.",
                        null=True,
                        verbose_name="days it lasts",
                    ),
                ),
                (
                    "whose",
                    models.CharField(
                        blank=True,
                        help_text="The other company that reads it. Empty: this website alone.",
                        max_length=200,
                        verbose_name="whose",
                    ),
                ),
            ],
            options={
                "verbose_name": "cookie that something else sets",
                "verbose_name_plural": "cookies that something else sets",
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("name", "place"), name="home_added_cookie_once"),
                    models.CheckConstraint(
                        condition=models.Q(("need", "consent"), _negated=True), name="home_added_cookie_without_consent"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Choices",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "analytics_id",
                    models.CharField(
                        blank=True,
                        help_text="Such as G-ABC123DEF4. Visitors are then asked, and nothing is loaded from Google before they agree. Empty: nobody is asked, and no page has a cookie banner.",
                        max_length=30,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\AG-[A-Z0-9]{4,20}\\Z", "It looks like G-ABC123DEF4, in Google’s settings."
                            )
                        ],
                        verbose_name="Google Analytics: measurement ID",
                    ),
                ),
                (
                    "counts_pages",
                    models.BooleanField(
                        default=False,
                        help_text="Made from the requests alone, by day and page: nothing is kept of who opened it, and nothing on their device. People can switch it off for themselves. The numbers are under Reports, Pages opened.",
                        verbose_name="Count how often each public page is opened",
                    ),
                ),
                ("offers_by_email", models.BooleanField(default=True, verbose_name="News and offers by e-mail")),
                ("offers_by_post", models.BooleanField(default=True, verbose_name="News and offers by post")),
                (
                    "third_parties",
                    models.TextField(
                        blank=True,
                        help_text="Their names, one on each line, as your privacy policy has them. Empty: nobody is asked.",
                        verbose_name="Passing details on to these companies",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False, on_delete=django.db.models.deletion.CASCADE, to="wagtailcore.site"
                    ),
                ),
            ],
            options={
                "verbose_name": "cookies, statistics and consents",
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(editable=False, max_length=12, unique=True)),
                ("form_key", models.CharField(editable=False, max_length=32, unique=True)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("policy", "One of our policies, or a change of it"),
                            ("correction", "Something that is wrong, about me or on this website"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=150)),
                ("address", accounts.models.fields.AddressField(max_length=254)),
                ("words", models.TextField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "To be answered"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                            ("turned", "Turned into a request or complaint"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                ("last_message_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "assigned_to",
                    models.ForeignKey(
                        blank=True,
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
                        related_name="enquiries",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enquiry",
                        to="rights.rightsrequest",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policies.policyversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "enquiry",
                "verbose_name_plural": "enquiries",
                "permissions": (("answer_enquiry", "Can answer enquiries"),),
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="EnquiryStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("acknowledged", "Acknowledged by e-mail"),
                            ("reply", "Answered by e-mail"),
                            ("note", "Note"),
                            ("assigned", "Given to"),
                            ("closed", "Closed"),
                            ("opened", "Opened again"),
                            ("turned", "Turned into a request or complaint"),
                            ("looked", "Opened by our staff"),
                        ],
                        max_length=14,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "mail",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No e-mail"),
                            ("due", "Waits for the mail server"),
                            ("sent", "Sent"),
                            ("given_up", "Could not be sent"),
                            ("came_back", "Came back as undeliverable"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("attempts", models.PositiveIntegerField(default=0)),
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
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="home.enquiry"
                    ),
                ),
            ],
            options={
                "verbose_name": "step of an enquiry",
                "verbose_name_plural": "steps of enquiries",
                "ordering": ("pk",),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        blank=True, help_text="What people call it. It stands on every page.", max_length=200
                    ),
                ),
                (
                    "legal_name",
                    models.CharField(
                        blank=True, help_text="As it is registered, such as “Quince Care Limited”.", max_length=200
                    ),
                ),
                (
                    "company_number",
                    models.CharField(
                        blank=True, help_text="In the register of companies, if it is one.", max_length=20
                    ),
                ),
                ("registered_office", models.TextField(blank=True, help_text="One line of the address on each line.")),
                (
                    "registration",
                    models.CharField(
                        blank=True,
                        help_text="The number under which the regulator of data protection keeps you, such as ZA123456.",
                        max_length=40,
                        verbose_name="registration with the regulator",
                    ),
                ),
                (
                    "postal_address",
                    models.TextField(
                        blank=True, help_text="Where letters reach you. One line of the address on each line."
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, help_text="Where people can write to.", max_length=254, verbose_name="e-mail"
                    ),
                ),
                (
                    "sender",
                    models.EmailField(
                        blank=True,
                        help_text="The address that e-mails of this site come from. Your mail server must be allowed to send for its domain, or they end as spam. Empty: what whoever runs the server has set.",
                        max_length=254,
                        verbose_name="sender of our e-mails",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=50, verbose_name="telephone")),
                (
                    "security_contact",
                    models.CharField(
                        blank=True,
                        help_text="Where people report a weakness of the site: an e-mail address, or the https address of a page. Empty: the contact form.",
                        max_length=200,
                        validators=[home.organisation.models.is_contact],
                    ),
                ),
                (
                    "security_until",
                    models.DateField(
                        blank=True,
                        help_text="A day within the next year (RFC 9116, 2.5.5). Without one, or after it, the file is not published.",
                        null=True,
                        verbose_name="these words hold until",
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        default="#1f4e79",
                        help_text="Of links and buttons. On dark screens a lighter shade is worked out that can be read there.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$", "Write a colour as # and six figures or letters, such as #1f4e79."
                            )
                        ],
                        verbose_name="main colour",
                    ),
                ),
                (
                    "second_colour",
                    models.CharField(
                        default="#12283d",
                        help_text="Below each page. Words upon it are light or dark, whichever can be read.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$", "Write a colour as # and six figures or letters, such as #1f4e79."
                            )
                        ],
                    ),
                ),
                (
                    "logo",
                    models.ForeignKey(
                        blank=True,
                        help_text="Wide, for the top of each page. It stands in place of mark and name.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="logo",
                    ),
                ),
                (
                    "logo_dark",
                    models.ForeignKey(
                        blank=True,
                        help_text="For people whose device is set to dark. Empty: mark and name.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="logo on dark ground",
                    ),
                ),
                (
                    "mark",
                    models.ForeignKey(
                        blank=True,
                        help_text="Square: beside the name, in the tab of the browser, in the CMS. Empty: a letter is drawn.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="mark",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        help_text="Beside the name, on wide screens. It says nothing of its own.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailimages.image",
                        verbose_name="picture of the home page",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False, on_delete=django.db.models.deletion.CASCADE, to="wagtailcore.site"
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
            },
        ),
        migrations.CreateModel(
            name="PageCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("path", models.CharField(max_length=300)),
                ("opened", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "count of a page",
                "verbose_name_plural": "counts of pages",
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=("day", "path"), name="home_page_counted_once_a_day")],
            },
        ),
        migrations.AddConstraint(
            model_name="enquiry",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_message_at__gte", models.F("received_at"))),
                name="enquiry_last_message_is_not_before_the_first",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquirystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("mail", ""), ("what__in", ("note", "assigned", "closed", "opened", "turned", "looked"))),
                    models.Q(models.Q(("mail", ""), _negated=True), ("what__in", ("acknowledged", "reply"))),
                    _connector="OR",
                ),
                name="enquiry_step_is_mailed_if_it_is_a_mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="enquirystep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_at__isnull", False), ("mail", "due")),
                    models.Q(models.Q(("mail", "due"), _negated=True), ("due_at", None)),
                    _connector="OR",
                ),
                name="enquiry_step_is_due_while_it_waits",
            ),
        ),
    ]
