"""What the closing of accounts keeps about people."""

import datetime as dt

from accounts.declarations.people import MAIL, STAFF
from accounts.models import ClosingRequest
from accounts.personal_data.register import ByPerson, Column, Erasure, Kind, LawfulBasis, Retention, Subject

KEPT = Retention("{span} after it was taken back or carried out", after=dt.timedelta(days=365), since="ended_at")


def you_or_staff(row: ClosingRequest, subject: Subject) -> str:
    return "our staff" if row.by_staff else "you"


CLOSINGS = Kind(
    key="closings",
    title="Closing your account",
    model="accounts.ClosingRequest",
    what="When you or our staff asked to close your account, why, and what became of it.",
    why="So that you can take it back, and so that it is known that it was done.",
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=KEPT,
    receivers=(STAFF, MAIL),
    found_by=(ByPerson("person"),),
    erasure=Erasure.ANONYMISE,
    why_kept="It shows that an account was closed in time. That it was yours is taken out.",
    columns=(
        Column("asked_at", "When it was asked for"),
        Column("by", "Who asked", value=you_or_staff, masks="Which member of our staff it was"),
        Column("reason", "Why"),
        Column("note", "More about why", erased_as=""),
        Column("due_at", "When it can be carried out"),
        Column("state", "What became of it"),
        Column("ended_at", "When it was taken back or carried out"),
        Column("was_active", "Whether you could sign in before"),
        Column("mail_due", "Which mail about it we could not send yet"),
        Column("mail_tried_at", "When we last tried to send it"),
        Column("last_address", "Where the mail goes that says it was done, until it is sent", erased_as=""),
        Column("person", "That it was your account", exported=False, why_not="All of these are", erased_as=None),
    ),
    free=("failures", "last_error"),
)

CLOSINGS_FOR_OTHERS = Kind(
    key="closings-for-others",
    title="Accounts you closed for others",
    model="accounts.ClosingRequest",
    what="When you, as one of our staff, asked to close somebody else's account.",
    why="So that nobody's account is closed without it being known by whom.",
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=KEPT,
    receivers=(STAFF,),
    found_by=(ByPerson("by"),),
    unless=(ByPerson("person"),),
    erasure=Erasure.ANONYMISE,
    why_kept="It belongs to the person whose account it was. That you asked is taken out.",
    columns=(
        Column("asked_at", "When you asked"),
        Column("by", "That it was you", value=lambda row, subject: "you", erased_as=None),
        Column("note", "More about why", exported=False, why_not="It is about somebody else"),
    ),
)

KINDS = (CLOSINGS, CLOSINGS_FOR_OTHERS)
