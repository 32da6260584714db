"""What requests and complaints hold about the people who ask."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.declarations.people import MAIL
from accounts.personal_data.register import (
    ByAddress,
    ByPerson,
    ByRule,
    Column,
    Erasure,
    Finder,
    Kind,
    LawfulBasis,
    Retention,
    Subject,
)
from accounts.rights.models import RightsRequest, Side, State, Story
from accounts.rights.personal_data.retention import KEPT, forget_requests, past_their_time
from accounts.rights.personal_data.words import DESK, STAYS, WHY, WITH_THE_REQUEST
from accounts.values.wording import Words


def unconfirmed(subject: Subject) -> Q:
    return Q(state=State.UNCONFIRMED)


def address_to_answer(row: RightsRequest, subject: Subject) -> str:
    """Keep where to answer what is still open; what has ended needs no address of the account."""
    return row.address or (subject.user.email if row.is_open else "")


def whose(row: Story, subject: Subject) -> str:
    return {Side.PERSON.value: gettext("you"), Side.STAFF.value: gettext("our staff")}.get(
        row.side, gettext("by itself")
    )


def is_assigned(row: RightsRequest, subject: Subject) -> str:
    return gettext("to our staff") if row.assigned_to_id else gettext("to nobody yet")


def words_for_you(row: Story, subject: Subject) -> str:
    return "" if row.internal else row.words


def whose_account(did: Words) -> Column:
    why_not = format_lazy(_("It says no more than who {did}"), did=did)
    return Column("by", _("Whose account it was"), exported=False, why_not=why_not, erased_as=None)


WHICH: Final = Column("request", _("Which request"), value=lambda row, subject: row.request.reference)
NOT_CONFIRMED: Final = _("whose address nobody has confirmed")

REQUESTS = Kind(
    key="rights-requests",
    title=_("Your requests and complaints about your data"),
    model="rights.RightsRequest",
    what=_("What you asked of us about your data or complained of, when, and what came of it."),
    why=WHY,
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=Retention(
        _("{span} after it ended, while it can be disputed; a week if the address is not confirmed"),
        after=KEPT,
        since="closed_on",
        due=past_their_time,
        forget=forget_requests,
    ),
    receivers=(DESK, MAIL),
    found_by=(ByPerson("person"), ByAddress("address")),
    unless=(ByRule(NOT_CONFIRMED, unconfirmed),),
    erasure=Erasure.ANONYMISE,
    why_kept=STAYS,
    columns=(
        Column("reference", _("What it is called")),
        Column("kind", _("What you asked for"), seen_by=(DESK,)),
        Column("state", _("How it stands")),
        Column("name", _("Your name"), seen_by=(DESK,)),
        Column("address", _("Your e-mail address, where it is not your account's"), erased_as=address_to_answer),
        Column("postal_address", _("Your postal address"), seen_by=(DESK,)),
        Column("channel", _("How it reached us")),
        Column("details", _("What you wrote"), seen_by=(DESK,)),
        Column("about_marketing", _("Whether you object to news and offers")),
        Column("acting_for", _("For whom you asked, if not for yourself"), seen_by=(DESK,)),
        Column("authority", _("What shows that you may"), seen_by=(DESK,)),
        Column("opened_at", _("When it was written down")),
        Column("received_on", _("When it reached us")),
        Column(
            "assigned_to", _("Whether somebody has it"), value=is_assigned, masks=_("Which member of our staff it is")
        ),
        Column("identity_asked_on", _("When we asked who you are")),
        Column("identity_on", _("When what shows it came")),
        Column("fee_asked_on", _("When we asked for a fee")),
        Column("fee_on", _("When it was paid")),
        Column("extended_on", _("When we told you that it takes longer")),
        Column("extension_reasons", _("Why")),
        Column("acknowledged_on", _("When we told you that it is here")),
        Column("told_on", _("When we last told you how it stands")),
        Column("reopened_on", _("When you opened it again")),
        Column("due_on", _("By when we owe you something")),
        Column("decided_on", _("When it was decided")),
        Column("outcome", _("How")),
        Column("closed_on", _("When it ended")),
        Column("escalated_on", _("When it went to the regulator")),
        Column("mail_problem", _("Why our mail did not reach you")),
        Column("person", _("That it is your account's"), exported=False, why_not=_("All of these are"), erased_as=None),
    ),
    free=("moved", "opened_on", "once"),
)


@dataclass(frozen=True, slots=True)
class Belonging:
    """What belongs to a request, and is found, kept and shown as the request is.

    Args:
        link: the way from a row to its request.
        but: which rows are not meant, besides those of requests whose address nobody has confirmed.
    """

    key: str
    title: Words
    model: str
    what: Words
    columns: tuple[Column, ...]
    why: Words = WHY
    receivers: tuple[Words, ...] = (DESK,)
    erasure: Erasure = Erasure.KEEP
    free: tuple[str, ...] = ()
    link: str = "request"
    order: int = 90
    but: tuple[Finder, ...] = ()

    def kind(self) -> Kind:
        """Return its declaration for the register: it is kept, found and deleted with the request."""
        return Kind(
            key=self.key,
            part_of=REQUESTS.key,
            title=self.title,
            model=f"rights.{self.model}",
            what=self.what,
            why=self.why,
            basis=LawfulBasis.LEGAL_OBLIGATION,
            retention=WITH_THE_REQUEST,
            receivers=self.receivers,
            found_by=(ByPerson(f"{self.link}__person"), ByAddress(f"{self.link}__address")),
            unless=(ByRule(NOT_CONFIRMED, lambda subject: Q(**{f"{self.link}__state": State.UNCONFIRMED})), *self.but),
            erasure=self.erasure,
            why_kept=STAYS,
            related=(self.link,),
            order=self.order,
            columns=self.columns,
            free=self.free,
        )


STORY = Belonging(
    key="rights-story",
    title=_("What happened to your requests"),
    model="Story",
    what=_("Each thing that happened to a request of yours, and when; also when our staff opened it."),
    erasure=Erasure.ANONYMISE,
    columns=(
        WHICH,
        Column("at", _("When")),
        Column("what", _("What happened")),
        Column("side", _("Who did it"), value=whose),
        whose_account(_("did it")),
        Column("words", _("More about it"), value=words_for_you, masks=_("Notes of our staff for each other")),
    ),
    free=("internal",),
)

MESSAGES = Belonging(
    key="rights-messages",
    title=_("Messages about your requests"),
    model="Message",
    what=_("What you and our staff wrote to each other about a request of yours."),
    erasure=Erasure.ANONYMISE,
    columns=(
        WHICH,
        Column("at", _("When")),
        Column("side", _("Who wrote it"), value=whose),
        Column("words", _("What it says")),
        whose_account(_("wrote it")),
    ),
    free=("once",),
)

FILES = Belonging(
    key="rights-files",
    title=_("Files with your requests"),
    model="File",
    what=_("The files that you and our staff added to a request of yours."),
    erasure=Erasure.ANONYMISE,
    columns=(
        WHICH,
        Column("at", _("When it was added")),
        Column("side", _("Who added it"), value=whose),
        Column("name", _("What it is called")),
        Column("file", _("The file"), file=True),
        Column("kind", _("What kind of file it is")),
        Column("size", _("How large it is, in bytes")),
        whose_account(_("added it")),
    ),
    free=("message", "digest"),
)

PAUSES = Belonging(
    key="rights-pauses",
    title=_("Questions we asked about your requests"),
    model="Pause",
    what=_("What we asked you about a request of yours, and when you answered: those days do not count."),
    columns=(
        WHICH,
        Column("question", _("What we asked")),
        Column("asked_on", _("When we asked")),
        Column("answered_on", _("When you answered")),
    ),
)

DECISIONS = Belonging(
    key="rights-decisions",
    title=_("How your requests were decided"),
    model="Decision",
    what=_("What was decided about a request of yours, why, and what was searched."),
    columns=(
        WHICH,
        Column("on", _("On which day")),
        Column("outcome", _("How")),
        Column("reasons", _("Why")),
        Column("searched", _("What was searched")),
        Column("not_searched", _("What was not, and why")),
        Column("health", _("Whether the answer holds data about health")),
        Column("opinion_by", _("Which health professional was asked")),
        Column("opinion_on", _("When")),
    ),
    free=("at",),
)

WITHHELD = Belonging(
    key="rights-withheld",
    title=_("Parts that we did not give you"),
    model="WithheldItem",
    what=_("Which parts of an answer we withheld from you, and on which ground."),
    link="decision__request",
    order=80,
    columns=(
        Column("decision", _("Of which request"), value=lambda row, subject: row.decision.request.reference),
        Column("part", _("Which part")),
        Column("ground", _("On which ground"), value=lambda row, subject: str(row.get_ground_in_words())),
        Column("explanation", _("What we said about it")),
    ),
    free=(
        "type_of_information",
        "duty_of_confidentiality",
        "steps_to_seek_consent",
        "capability_to_consent",
        "express_refusal",
    ),
)

RECIPIENTS = Belonging(
    key="rights-recipients",
    title=_("Whom we told of a change of your data"),
    model="RecipientTask",
    what=_("Who was given your data and is told that it was corrected, erased or restricted."),
    columns=(
        WHICH,
        Column("recipient", _("Who has the data")),
        Column("what", _("Which data")),
        Column("made_on", _("Since when they are to be told")),
        Column("done_on", _("When they were told")),
        Column("note", _("How, or why it was not possible")),
    ),
)

MAILS = Belonging(
    key="rights-mails",
    title=_("Mails about your requests"),
    model="DueMail",
    what=_("Which mails about a request of yours we sent, or are to send."),
    why=_("So that you learn what happens to your request, also when a mail server fails."),
    receivers=(DESK, MAIL),
    but=(ByRule(_("to our staff"), lambda subject: Q(side=Side.STAFF)),),
    columns=(
        WHICH,
        Column("kind", _("What it is about")),
        Column("about", _("Of which due date it reminds")),
        Column("made_at", _("When it was due")),
        Column("settled_at", _("When it was sent")),
        Column("problem", _("Why it could not be sent")),
    ),
    free=("side", "due_at", "attempts"),
)

BELONGINGS: Final = (STORY, MESSAGES, FILES, PAUSES, DECISIONS, WITHHELD, RECIPIENTS, MAILS)
KINDS: Final = (REQUESTS, *(one.kind() for one in BELONGINGS))
