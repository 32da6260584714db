"""The person's details, what was changed in them, and what staff may do."""

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

STAFF = "Our staff who look after accounts"
MAIL = "The mail server that carries our mail to you"
PASSWORD = "Not even we can read it: only a hash of it is kept, and a copy of that would help who wants to guess it"  # noqa: S105
TO_CALL_YOU = "So that we know what to call you."
OWN_PASSWORD = "So that nobody else can sign in as you."  # noqa: S105


def who_changed(row: DetailChange, subject: Subject) -> str:
    if row.by_id is None:
        return "unknown"
    return "you" if row.by_id == subject.pk else "our staff"


ACCOUNT = Kind(
    key="account",
    title="Your account and details",
    model="accounts.User",
    what="Your e-mail address, and the name, telephone number and postal address you gave us.",
    why="So that you can sign in, and so that we know what to call you and how to reach you.",
    basis=LawfulBasis.CONTRACT,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF, MAIL),
    found_by=(ByPerson("pk"),),
    erasure=Erasure.DELETE,
    order=1000,
    columns=(
        Column(
            "email",
            "The address you sign in with, and to which we write",
            why="So that you can sign in, and we can reach you.",
        ),
        Column("first_name", "Your first name", why=TO_CALL_YOU),
        Column("last_name", "Your last name", why=TO_CALL_YOU),
        Column("preferred_name", "What we should call you", why=TO_CALL_YOU),
        Column("phone", "Your telephone number", why="So that we can ring you."),
        Column("postal_address", "Your postal address", why="So that we can write to you by post."),
        Column("password", "Your password", exported=False, why_not=PASSWORD, seen_by=(), why=OWN_PASSWORD),
        Column("date_joined", "When your account was made"),
        Column("last_login", "When you signed in last"),
        Column("is_active", "Whether you can sign in"),
        Column("restricted_on", "Since when we only keep your data, if you asked for that"),
        Column("restricted_until", "On which day that ends"),
        Column("is_staff", "Whether you are one of our staff"),
        Column("is_superuser", "Whether you may do everything on this site"),
    ),
)

CHANGES = Kind(
    key="changed-details",
    title="Changes of your details",
    model="accounts.DetailChange",
    what="Which of your details was changed, from what to what, when, and by whom.",
    why="So that nobody changes your details without your seeing it.",
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF,),
    found_by=(ByPerson("person"),),
    erasure=Erasure.DELETE,
    columns=(
        Column("field", "Which detail"),
        Column("old", "What it was before"),
        Column("new", "What it became"),
        Column("at", "When"),
        Column("taken_out_at", "When you took the two values out of the list"),
        Column("undone_at", "When it was undone by a link that we mailed to the old address"),
        Column("mail_due_at", "When we try again to write to the old address, if we could not reach it"),
        Column("by", "Who changed it", value=who_changed, masks="Which member of our staff it was"),
    ),
)

CHANGES_FOR_OTHERS = Kind(
    key="details-changed-for-others",
    title="Details you changed for other people",
    model="accounts.DetailChange",
    what="When you, as one of our staff, changed a detail of somebody else.",
    why="So that nobody's details are changed without it being known by whom.",
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF,),
    found_by=(ByPerson("by"),),
    unless=(ByPerson("person"),),
    erasure=Erasure.ANONYMISE,
    why_kept="It belongs to the person whose detail it was. That it was you is taken out.",
    of_staff=True,
    columns=(
        Column("field", "Which detail"),
        Column("at", "When"),
        Column("by", "That it was you", value=lambda row, subject: "you", erased_as=None),
        Column("old", "What it was before", exported=False, why_not="It is somebody else's"),
        Column("new", "What it became", exported=False, why_not="It is somebody else's"),
        Column("taken_out_at", "When they took the values out", exported=False, why_not="It is somebody else's"),
        Column("undone_at", "When they undid it", exported=False, why_not="It is somebody else's"),
        Column("mail_due_at", "When we write to them again", exported=False, why_not="It is somebody else's"),
    ),
)

GROUPS = Kind(
    key="groups",
    title="Groups of staff",
    model="accounts.User_groups",
    what="Which groups of our staff you are in.",
    why="So that you may do on this site what your work needs.",
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    related=("group",),
    of_staff=True,
    columns=(Column("group", "The group", value=lambda row, subject: row.group.name),),
)

PERMISSIONS = Kind(
    key="permissions",
    title="What you may do",
    model="accounts.User_user_permissions",
    what="What you, and not a whole group, were allowed to do on this site.",
    why="So that you may do on this site what your work needs.",
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(STAFF,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    related=("permission",),
    of_staff=True,
    columns=(Column("permission", "What you may do", value=lambda row, subject: row.permission.name),),
)

MAIL_PREFERENCE = Kind(
    key="mail-preference",
    title="What mail about policies you want",
    model="accounts.MailPreference",
    what="Whether we write to you about every announcement, about amendments only, or not at all.",
    why="So that you get the mail you want.",
    basis=LawfulBasis.CONTRACT,
    retention=AS_LONG_AS_THE_ACCOUNT,
    found_by=(ByPerson("person"),),
    erasure=Erasure.DELETE,
    columns=(Column("policy_mail", "What you chose"), Column("changed_at", "When you chose it")),
)

KINDS = (ACCOUNT, CHANGES, CHANGES_FOR_OTHERS, GROUPS, PERMISSIONS, MAIL_PREFERENCE)
