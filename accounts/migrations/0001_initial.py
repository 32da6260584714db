import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.models.fields
import accounts.models.users


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "email",
                    accounts.models.fields.AddressField(
                        error_messages={"unique": "A user with this e-mail address already exists."},
                        max_length=254,
                        unique=True,
                        verbose_name="e-mail address",
                    ),
                ),
                (
                    "restricted_on",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="As they asked.",
                        null=True,
                        verbose_name="restricted since",
                    ),
                ),
                (
                    "restricted_until",
                    models.DateField(
                        blank=True,
                        editable=False,
                        help_text="From this day on it is not any more.",
                        null=True,
                        verbose_name="restricted until",
                    ),
                ),
                (
                    "preferred_name",
                    models.CharField(
                        blank=True,
                        help_text="If it is not your first name.",
                        max_length=150,
                        verbose_name="what we should call you",
                    ),
                ),
                ("phone", accounts.models.fields.TelephoneField(blank=True, max_length=50, verbose_name="telephone")),
                ("postal_address", models.TextField(blank=True, max_length=500, verbose_name="postal address")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
                "permissions": (("reset_second_factor", "Can reset a person's second factor and end their sessions"),),
            },
            managers=[
                ("objects", accounts.models.users.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="MailPreference",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="mail_preference",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "policy_mail",
                    models.CharField(
                        choices=[
                            ("every", "Every announcement: amendments, and new policies"),
                            ("amendments", "Only amendments: when the meaning of a policy changes"),
                            ("none", "None"),
                        ],
                        default="amendments",
                        max_length=20,
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClosingRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "Cooling off"), ("taken_back", "Taken back"), ("erased", "Erased")],
                        default="asked",
                        max_length=20,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("own_wish", "Closed by the person"),
                            ("asked_staff", "The person asked us to close it"),
                            ("died", "The person has died"),
                            ("not_theirs", "The account is a second one, or another person's"),
                            ("misuse", "The account was misused"),
                        ],
                        default="own_wish",
                        max_length=20,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        help_text="The person can read this.",
                        max_length=300,
                        verbose_name="more about the reason",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(help_text="When the cooling-off is over.")),
                ("ended_at", models.DateTimeField(help_text="When it was taken back, or carried out.", null=True)),
                ("was_active", models.BooleanField(default=True, help_text="Whether one could sign in before.")),
                ("failures", models.PositiveIntegerField(default=0)),
                (
                    "last_error",
                    models.CharField(blank=True, help_text="Names the step, never a person.", max_length=200),
                ),
                (
                    "mail_due",
                    models.CharField(
                        blank=True,
                        choices=[("asked", "Cooling off"), ("taken_back", "Taken back"), ("erased", "Erased")],
                        help_text="Which mail to them is still to be sent.",
                        max_length=20,
                    ),
                ),
                ("mail_tried_at", models.DateTimeField(null=True)),
                (
                    "last_address",
                    models.EmailField(
                        blank=True, help_text="Where the last mail goes; emptied once it is sent.", max_length=254
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        help_text="Who of the staff asked.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="closings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-asked_at", "-pk"),
                "permissions": (
                    ("close_closingrequest", "Can see which accounts are being closed, and close those of others"),
                ),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DetailChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "field",
                    models.CharField(
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
                ("old", models.TextField(blank=True)),
                ("new", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("undone_at", models.DateTimeField(help_text="When a link to the old address undid it.", null=True)),
                (
                    "mail_due_at",
                    models.DateTimeField(
                        help_text="When to try again to tell the old address; nothing once it was told.", null=True
                    ),
                ),
                (
                    "taken_out_at",
                    models.DateTimeField(help_text="When the person took the values out of this list.", null=True),
                ),
                (
                    "by",
                    models.ForeignKey(
                        help_text="Who changed it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="detail_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="SecurityEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("signed_up", "Account created"),
                            ("invited", "Invited by staff"),
                            ("invitation_accepted", "Invitation accepted, password set"),
                            ("signed_in", "Signed in"),
                            ("signed_out", "Signed out"),
                            ("signed_out_by_limit", "Signed out because the session was too old or not used"),
                            ("password_refused", "A wrong password was entered"),
                            ("mailed_code_refused", "A wrong mailed code was entered"),
                            ("identity_confirmed", "Confirmed it was you before a change"),
                            ("password_changed", "Password changed"),
                            ("password_reset_asked", "Link to reset the password asked for"),
                            ("password_reset", "Password reset by a mailed link"),
                            ("address_confirmed", "E-mail address confirmed"),
                            ("address_change_asked", "Change of e-mail address asked for"),
                            ("address_changed", "E-mail address changed"),
                            ("address_change_undone", "Change of e-mail address undone by a mailed link"),
                            ("address_replaced_by_staff", "E-mail address replaced by staff"),
                            ("session_ended", "Session on another device ended"),
                            ("factor_given", "Second step given"),
                            ("factor_refused", "A wrong code was entered in the second step"),
                            ("factor_added", "Second step added"),
                            ("factor_renamed", "Second step renamed"),
                            ("factor_removed", "Second step removed"),
                            ("recovery_codes_made", "New recovery codes made"),
                            ("recovery_code_used", "Recovery code used"),
                            ("data_downloaded", "Download of your data started"),
                            ("data_copied_by_staff", "Copy of your data made by staff"),
                            ("closing_asked", "Closing the account asked for"),
                            ("closing_taken_back", "Closing the account taken back"),
                            ("factor_reset_by_staff", "Second step reset and sessions ended by staff"),
                            ("administrator_made", "Made an administrator by staff"),
                            ("administrator_ended", "No longer an administrator, by staff"),
                            ("switched_on", "Account switched on by staff"),
                            ("switched_off", "Account switched off by staff"),
                            ("role_given", "Role given by staff"),
                            ("role_taken", "Role taken away by staff"),
                            ("role_changed", "What a role may do changed by staff"),
                        ],
                        max_length=30,
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("device", models.CharField(blank=True, help_text="Such as Firefox on Windows.", max_length=60)),
                (
                    "network",
                    models.CharField(
                        blank=True, help_text="Never a full address: the /24 or /48 around it.", max_length=50
                    ),
                ),
                (
                    "detail",
                    models.CharField(blank=True, help_text="Which device or step it was about.", max_length=100),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="security_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="ConsentRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("preferences", "On the preferences page"),
                            ("unsubscribing", "On the unsubscribe page"),
                            ("mail_program", "By the unsubscribe button of a mail program"),
                            ("sign_up", "When signing up"),
                            ("staff", "Written down by staff"),
                            ("rights_request", "By an objection"),
                            ("cookies", "On the cookie banner or page"),
                        ],
                        max_length=20,
                    ),
                ),
                ("device", models.CharField(blank=True, help_text="Such as Firefox on Windows.", max_length=60)),
                (
                    "network",
                    models.CharField(
                        blank=True, help_text="Never a full address: the /24 or /48 around it.", max_length=50
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("marketing_by_email", "News and offers by e-mail"),
                            ("marketing_by_post", "News and offers by post"),
                            ("passing_on", "Passing on to selected third parties"),
                            ("analytics", "Statistics by another company"),
                        ],
                        max_length=30,
                    ),
                ),
                ("given", models.BooleanField(help_text="No: it was taken back.")),
                ("wording", models.TextField(help_text="The words that were shown.")),
                ("version", models.PositiveSmallIntegerField(help_text="Which version of the words.")),
                (
                    "recipient",
                    models.CharField(
                        blank=True, help_text="Who else would get the data; empty for nobody.", max_length=200
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        help_text="SHA-256 of purpose, words, program and recipient, where they are set.",
                        max_length=64,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consent_records",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "permissions": (("list_consentrecord", "Can see and export who agreed to what, with proof"),),
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("preferences", "On the preferences page"),
                            ("unsubscribing", "On the unsubscribe page"),
                            ("mail_program", "By the unsubscribe button of a mail program"),
                            ("sign_up", "When signing up"),
                            ("staff", "Written down by staff"),
                            ("rights_request", "By an objection"),
                            ("cookies", "On the cookie banner or page"),
                        ],
                        max_length=20,
                    ),
                ),
                ("device", models.CharField(blank=True, help_text="Such as Firefox on Windows.", max_length=60)),
                (
                    "network",
                    models.CharField(
                        blank=True, help_text="Never a full address: the /24 or /48 around it.", max_length=50
                    ),
                ),
                (
                    "policy_mail",
                    models.CharField(
                        choices=[
                            ("every", "Every announcement: amendments, and new policies"),
                            ("amendments", "Only amendments: when the meaning of a policy changes"),
                            ("none", "None"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_choices",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                name="accounts_user_email_ignoring_case",
                violation_error_message="A user with this e-mail address already exists.",
            ),
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
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("restricted_until", None), ("restricted_until__gt", models.F("restricted_on")), _connector="OR"
                ),
                name="accounts_user_restricted_forwards",
            ),
        ),
        migrations.AddIndex(
            model_name="closingrequest",
            index=models.Index(fields=["state", "due_at"], name="accounts_closing_due"),
        ),
        migrations.AddConstraint(
            model_name="closingrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("person",), name="accounts_one_open_closing"
            ),
        ),
        migrations.AddConstraint(
            model_name="closingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("state", "asked")),
                    models.Q(models.Q(("state", "asked"), _negated=True), models.Q(("ended_at", None), _negated=True)),
                    _connector="OR",
                ),
                name="accounts_closing_ends_once",
            ),
        ),
        migrations.AddIndex(
            model_name="consentrecord",
            index=models.Index(fields=["person", "purpose", "-id"], name="accounts_consent_of_person"),
        ),
        migrations.AddConstraint(
            model_name="consentrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(("wording", ""), _negated=True), name="accounts_consent_has_wording"
            ),
        ),
        migrations.AddIndex(
            model_name="detailchange",
            index=models.Index(fields=["person", "-at"], name="accounts_change_of_person"),
        ),
        migrations.AddIndex(
            model_name="securityevent",
            index=models.Index(fields=["person", "-at"], name="accounts_event_of_person"),
        ),
    ]
