"""The person's details, what was changed in them, and what staff may do."""

from functools import lru_cache

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import DetailChange
from accounts.personal_data.register import (
    AS_LONG_AS_THE_ACCOUNT,
    ByPerson,
    Column,
    Erasure,
    Kind,
    LawfulBasis,
    Subject,
)

STAFF = _("Our staff who look after accounts")
MAIL = _("The mail server that carries our mail to you")
PASSWORD = _("Not even we can read it: only a hash of it is kept, and a copy of that would help who wants to guess it")
TO_CALL_YOU = _("So that we know what to call you.")
OWN_PASSWORD = _("So that nobody else can sign in as you.")


def who_changed(row: DetailChange, subject: Subject) -> str:
    return _in_words(None if row.by_id is None else row.by_id == subject.pk, get_language())


@lru_cache(64)
def _in_words(themselves: bool | None, _language: str | None) -> str:
    """Return who it was; looked up once for each language, as there may be very many rows."""
    if themselves is None:
        return gettext("unknown")
    return gettext("you") if themselves else gettext("our staff")


ACCOUNT = Kind(
    key="account",
    title=_("Your account and details"),
    model="accounts.User",
    what=_("Your e-mail address, and the name, telephone number and postal address you gave us."),
    why=_("So that you can sign in, and so that we know what to call you and how to reach you."),
    basis=LawfulBasis.CONTRACT,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF, MAIL),
    found_by=(ByPerson("pk"),),
    erasure=Erasure.DELETE,
    order=1000,
    columns=(
        Column(
            "email",
            _("The address you sign in with, and to which we write"),
            why=_("So that you can sign in, and we can reach you."),
        ),
        Column("first_name", _("Your first name"), why=TO_CALL_YOU),
        Column("last_name", _("Your last name"), why=TO_CALL_YOU),
        Column("preferred_name", _("What we should call you"), why=TO_CALL_YOU),
        Column("phone", _("Your telephone number"), why=_("So that we can ring you.")),
        Column("postal_address", _("Your postal address"), why=_("So that we can write to you by post.")),
        Column("password", _("Your password"), exported=False, why_not=PASSWORD, seen_by=(), why=OWN_PASSWORD),
        Column("date_joined", _("When your account was made")),
        Column("last_login", _("When you signed in last")),
        Column("is_active", _("Whether you can sign in")),
        Column("restricted_on", _("Since when we only keep your data, if you asked for that")),
        Column("restricted_until", _("On which day that ends")),
        Column("is_staff", _("Whether you are one of our staff")),
        Column("is_superuser", _("Whether you may do everything on this site")),
    ),
)

CHANGES = Kind(
    key="changed-details",
    title=_("Changes of your details"),
    model="accounts.DetailChange",
    what=_("Which of your details was changed, from what to what, when, and by whom."),
    why=_("So that nobody changes your details without your seeing it."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF,),
    found_by=(ByPerson("person"),),
    erasure=Erasure.DELETE,
    columns=(
        Column("field", _("Which detail")),
        Column("old", _("What it was before")),
        Column("new", _("What it became")),
        Column("at", _("When")),
        Column("taken_out_at", _("When you took the two values out of the list")),
        Column("undone_at", _("When it was undone by a link that we mailed to the old address")),
        Column("mail_due_at", _("When we try again to write to the old address, if we could not reach it")),
        Column("by", _("Who changed it"), value=who_changed, masks=_("Which member of our staff it was")),
    ),
)

CHANGES_FOR_OTHERS = Kind(
    key="details-changed-for-others",
    title=_("Details you changed for other people"),
    model="accounts.DetailChange",
    what=_("When you, as one of our staff, changed a detail of somebody else."),
    why=_("So that nobody's details are changed without it being known by whom."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF,),
    found_by=(ByPerson("by"),),
    unless=(ByPerson("person"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("It belongs to the person whose detail it was. That it was you is taken out."),
    of_staff=True,
    columns=(
        Column("field", _("Which detail")),
        Column("at", _("When")),
        Column("by", _("That it was you"), value=lambda row, subject: "you", erased_as=None),
        Column("old", _("What it was before"), exported=False, why_not=_("It is somebody else's")),
        Column("new", _("What it became"), exported=False, why_not=_("It is somebody else's")),
        Column("taken_out_at", _("When they took the values out"), exported=False, why_not=_("It is somebody else's")),
        Column("undone_at", _("When they undid it"), exported=False, why_not=_("It is somebody else's")),
        Column("mail_due_at", _("When we write to them again"), exported=False, why_not=_("It is somebody else's")),
    ),
)

GROUPS = Kind(
    key="groups",
    title=_("Groups of staff"),
    model="accounts.User_groups",
    what=_("Which groups of our staff you are in."),
    why=_("So that you may do on this site what your work needs."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    related=("group",),
    of_staff=True,
    columns=(Column("group", _("The group"), value=lambda row, subject: row.group.name),),
)

PERMISSIONS = Kind(
    key="permissions",
    title=_("What you may do"),
    model="accounts.User_user_permissions",
    what=_("What you, and not a whole group, were allowed to do on this site."),
    why=_("So that you may do on this site what your work needs."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    related=("permission",),
    of_staff=True,
    columns=(Column("permission", _("What you may do"), value=lambda row, subject: row.permission.name),),
)

MAIL_PREFERENCE = Kind(
    key="mail-preference",
    title=_("What mail about policies you want"),
    model="accounts.MailPreference",
    what=_("Whether we write to you about every announcement, about amendments only, or not at all."),
    why=_("So that you get the mail you want."),
    basis=LawfulBasis.CONTRACT,
    retention=AS_LONG_AS_THE_ACCOUNT,
    found_by=(ByPerson("person"),),
    erasure=Erasure.DELETE,
    columns=(Column("policy_mail", _("What you chose")), Column("changed_at", _("When you chose it"))),
)

KINDS = (ACCOUNT, CHANGES, CHANGES_FOR_OTHERS, GROUPS, PERMISSIONS, MAIL_PREFERENCE)
