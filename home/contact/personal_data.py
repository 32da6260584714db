"""What people ask us, and what was done about it, in the register of personal data."""

import datetime as dt
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.declarations.people import MAIL
from accounts.personal_data.register import (
    ByAddress,
    ByPerson,
    Column,
    Erasure,
    Kind,
    LawfulBasis,
    Retention,
    Subject,
    declare_free,
    register,
)
from accounts.personal_data.staff_work import that_it_was_you
from home.contact.models import Enquiry, EnquiryStep

ANSWER: Final = _("Our staff who answer enquiries")
KEPT: Final = dt.timedelta(days=2 * 365)
WHY: Final = _("So that we can answer you, and know later what was asked and answered.")


def who_did_it(row: EnquiryStep, subject: Subject) -> str:
    if row.by_id is None:
        return gettext("this website")
    return gettext("you") if row.by_id == subject.pk else gettext("our staff")


def its_version(row: Enquiry, subject: Subject) -> str:
    return str(row.version or "")


def its_reference(row: Enquiry, subject: Subject) -> str:
    return row.request.reference if row.request else ""


ENQUIRIES = Kind(
    key="enquiries",
    title=_("What you asked us"),
    model="home.Enquiry",
    what=_("What you wrote to us with the form on our contact page, when, about what, and how it stands."),
    why=WHY,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("{span} after our last message"), after=KEPT, since="last_message_at"),
    receivers=(ANSWER, MAIL),
    found_by=(ByPerson("person"), ByAddress("address")),
    erasure=Erasure.DELETE,
    born="received_at",
    related=("version", "request"),
    columns=(
        Column("reference", _("The reference")),
        Column("received_at", _("When you sent it")),
        Column("about", _("What it is about"), why=_("So that it reaches who knows.")),
        Column(
            "version", _("Which policy and version"), value=its_version, why=_("So that we know which text you mean.")
        ),
        Column("name", _("The name you gave"), why=_("So that we know what to call you.")),
        Column("address", _("The address you gave"), why=_("So that our answer reaches you.")),
        Column("words", _("What you wrote"), why=_("So that we can answer you.")),
        Column("state", _("How it stands")),
        Column("request", _("The request or complaint that it became"), value=its_reference),
        Column("last_message_at", _("When you or we wrote last")),
        Column("person", _("That it was you, signed in"), exported=False, why_not=_("All of these are")),
        Column("assigned_to", _("Who looks after it"), exported=False, why_not=_("It is about our staff")),
        Column("form_key", _("The number of the form"), exported=False, why_not=_("It says no more")),
    ),
)

STEPS = Kind(
    key="enquiry-steps",
    title=_("What was done about what you asked us"),
    model="home.EnquiryStep",
    what=_("Our answers to you, what our staff noted, and when."),
    why=WHY,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("As long as what you asked"), enforced_by="deleting what was asked"),
    receivers=(ANSWER, MAIL),
    found_by=(ByPerson("enquiry__person"), ByAddress("enquiry__address")),
    erasure=Erasure.DELETE,
    born="at",
    order=50,
    related=("enquiry",),
    columns=(
        Column("enquiry", _("Which enquiry"), value=lambda row, subject: row.enquiry.reference),
        Column("at", _("When")),
        Column("what", _("What was done")),
        Column("words", _("In which words")),
        Column("by", _("Who did it"), value=who_did_it, masks=_("Which member of our staff it was")),
        Column("mail", _("What became of the e-mail")),
        Column("due_at", _("When we try again to send it")),
        Column("attempts", _("How often we tried")),
    ),
)

STEPS_BY_STAFF = Kind(
    key="enquiries-answered",
    title=_("Enquiries you worked on"),
    model="home.EnquiryStep",
    what=_("What you, as one of our staff, did about what others asked."),
    why=_("So that it is known who answered whom."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("As long as what was asked"), enforced_by="deleting what was asked"),
    receivers=(ANSWER,),
    found_by=(ByPerson("by"),),
    unless=(ByPerson("enquiry__person"), ByAddress("enquiry__address")),
    erasure=Erasure.ANONYMISE,
    why_kept=_("It belongs to the person who asked. That it was you is taken out."),
    of_staff=True,
    columns=(
        Column("at", _("When")),
        Column("what", _("What you did")),
        that_it_was_you("by", _("Who did it")),
        Column("words", _("In which words"), exported=False, why_not=_("It is about somebody else")),
    ),
)

GIVEN = Kind(
    key="enquiries-given",
    title=_("Enquiries given to you"),
    model="home.Enquiry",
    what=_("Which enquiries you, as one of our staff, look after."),
    why=_("So that each is looked after by somebody."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("As long as what was asked"), enforced_by="deleting what was asked"),
    receivers=(ANSWER,),
    found_by=(ByPerson("assigned_to"),),
    unless=(ByPerson("person"), ByAddress("address")),
    erasure=Erasure.ANONYMISE,
    why_kept=_("It belongs to the person who asked. That it was given to you is taken out."),
    of_staff=True,
    columns=(
        Column("reference", _("The reference")),
        Column("received_at", _("When it came")),
        that_it_was_you("assigned_to", _("Who looks after it")),
    ),
)


def declare() -> None:
    """Put it into the register of the site. Called once, when the app starts."""
    register(ENQUIRIES, STEPS, STEPS_BY_STAFF, GIVEN)
    declare_free("home.ContactPage", "introduction", "body", why="The text of a page: what it says is for everybody")
