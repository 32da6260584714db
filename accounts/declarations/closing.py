"""What the closing of accounts keeps about people."""

import datetime as dt

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.declarations.people import MAIL, STAFF
from accounts.models import ClosingRequest
from accounts.personal_data.register import ByPerson, Column, Erasure, Kind, LawfulBasis, Retention, Subject

KEPT = Retention(_("{span} after it was taken back or carried out"), after=dt.timedelta(days=365), since="ended_at")


def you_or_staff(row: ClosingRequest, subject: Subject) -> str:
    return gettext("our staff") if row.by_staff else gettext("you")


CLOSINGS = Kind(
    key="closings",
    title=_("Closing your account"),
    model="accounts.ClosingRequest",
    what=_("When you or our staff asked to close your account, why, and what became of it."),
    why=_("So that you can take it back, and so that it is known that it was done."),
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=KEPT,
    receivers=(STAFF, MAIL),
    found_by=(ByPerson("person"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("It shows that an account was closed in time. That it was yours is taken out."),
    columns=(
        Column("asked_at", _("When it was asked for")),
        Column("by", _("Who asked"), value=you_or_staff, masks=_("Which member of our staff it was")),
        Column("reason", _("Why")),
        Column("note", _("More about why"), erased_as=""),
        Column("due_at", _("When it can be carried out")),
        Column("state", _("What became of it")),
        Column("ended_at", _("When it was taken back or carried out")),
        Column("was_active", _("Whether you could sign in before")),
        Column("mail_due", _("Which mail about it we could not send yet")),
        Column("mail_tried_at", _("When we last tried to send it")),
        Column("last_address", _("Where the mail goes that says it was done, until it is sent"), erased_as=""),
        Column("person", _("That it was your account"), exported=False, why_not=_("All of these are"), erased_as=None),
    ),
    free=("failures", "last_error"),
)

CLOSINGS_FOR_OTHERS = Kind(
    key="closings-for-others",
    title=_("Accounts you closed for others"),
    model="accounts.ClosingRequest",
    what=_("When you, as one of our staff, asked to close somebody else's account."),
    why=_("So that nobody's account is closed without it being known by whom."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=KEPT,
    receivers=(STAFF,),
    found_by=(ByPerson("by"),),
    unless=(ByPerson("person"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("It belongs to the person whose account it was. That you asked is taken out."),
    columns=(
        Column("asked_at", _("When you asked")),
        Column("by", _("That it was you"), value=lambda row, subject: "you", erased_as=None),
        Column("note", _("More about why"), exported=False, why_not=_("It is about somebody else")),
    ),
)

KINDS = (CLOSINGS, CLOSINGS_FOR_OTHERS)
