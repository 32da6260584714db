"""What requests and complaints hold about people: those who ask, and our staff who answer them."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from accounts.declarations.people import MAIL
from accounts.personal_data.forgetting import forgetting
from accounts.personal_data.register import (
    ByAddress,
    ByPerson,
    ByRule,
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
from accounts.rights.models import File, RightsRequest, Side, State

DESK: Final = "Our staff who answer such requests"
WHY: Final = "To answer you in time, and to show that we did."
WHY_STAFF: Final = "So that it is known who did what about somebody's request."
STAYS: Final = (
    "Your request is still answered, and stays for the time said here so that we can show that it was. "
    "That it belonged to your account is taken out."
)
STAYS_STAFF: Final = "It belongs to the person who asked. That it was you is taken out."
WITH_THE_REQUEST: Final = Retention("As long as the request it belongs to", enforced_by="deleting the request")
# As long as a claim can be made about how we dealt with it (Limitation Act 1980, section 9).
KEPT: Final = dt.timedelta(days=6 * 365)
UNCONFIRMED_KEPT: Final = dt.timedelta(days=7)


def past_their_time(now: dt.datetime) -> QuerySet[Model]:
    """Return requests that ended long ago, and those whose address nobody confirmed."""
    ended = Q(closed_on__lt=(now - KEPT).date())
    unconfirmed = Q(state=State.UNCONFIRMED, opened_at__lt=now - UNCONFIRMED_KEPT)
    return RightsRequest._base_manager.filter(ended | unconfirmed).order_by("pk")


def forget_requests(rows: QuerySet[Any]) -> int:
    """Delete requests with all that belongs to them; their files go once the rows are gone for good."""
    count = 0
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic(), forgetting():
            for file in File.objects.filter(request=pk):
                transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)), robust=True)
            RightsRequest._base_manager.filter(pk=pk).delete()
        count += 1
    return count


def unconfirmed(subject: Subject) -> Q:
    return Q(state=State.UNCONFIRMED)


def address_to_answer(row: RightsRequest, subject: Subject) -> str:
    """Keep where to answer what is still open; what has ended needs no address of the account."""
    return row.address or (subject.user.email if row.is_open else "")


def whose(row: Any, subject: Subject) -> str:
    return {Side.PERSON: "you", Side.STAFF: "our staff"}.get(row.side, "by itself")


def is_assigned(row: RightsRequest, subject: Subject) -> str:
    return "to our staff" if row.assigned_to_id else "to nobody yet"


def words_for_you(row: Any, subject: Subject) -> str:
    return "" if row.internal else row.words


OF_THEIR_REQUESTS: Final = (ByPerson("request__person"), ByAddress("request__address"))
UNCONFIRMED_ONES: Final = (
    ByRule("whose address nobody has confirmed", lambda subject: Q(request__state=State.UNCONFIRMED)),
)
REQUESTS = Kind(
    key="rights-requests",
    title="Your requests and complaints about your data",
    model="rights.RightsRequest",
    what="What you asked of us about your data or complained of, when, and what came of it.",
    why=WHY,
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=Retention(
        "{span} after it ended, while it can be disputed; a week if the address is not confirmed",
        after=KEPT,
        since="closed_on",
        due=past_their_time,
        forget=forget_requests,
    ),
    receivers=(DESK, MAIL),
    found_by=(ByPerson("person"), ByAddress("address")),
    unless=(ByRule("whose address nobody has confirmed", unconfirmed),),
    erasure=Erasure.ANONYMISE,
    why_kept=STAYS,
    columns=(
        Column("reference", "What it is called"),
        Column("kind", "What you asked for", seen_by=(DESK,)),
        Column("state", "How it stands"),
        Column("name", "Your name", seen_by=(DESK,)),
        Column("address", "Your e-mail address, where it is not your account's", erased_as=address_to_answer),
        Column("postal_address", "Your postal address", seen_by=(DESK,)),
        Column("channel", "How it reached us"),
        Column("details", "What you wrote", seen_by=(DESK,)),
        Column("about_marketing", "Whether you object to news and offers"),
        Column("acting_for", "For whom you asked, if not for yourself", seen_by=(DESK,)),
        Column("authority", "What shows that you may", seen_by=(DESK,)),
        Column("opened_at", "When it was written down"),
        Column("received_on", "When it reached us"),
        Column("assigned_to", "Whether somebody has it", value=is_assigned, masks="Which member of our staff it is"),
        Column("identity_asked_on", "When we asked who you are"),
        Column("identity_on", "When what shows it came"),
        Column("fee_asked_on", "When we asked for a fee"),
        Column("fee_on", "When it was paid"),
        Column("extended_on", "When we told you that it takes longer"),
        Column("extension_reasons", "Why"),
        Column("acknowledged_on", "When we told you that it is here"),
        Column("told_on", "When we last told you how it stands"),
        Column("reopened_on", "When you opened it again"),
        Column("due_on", "By when we owe you something"),
        Column("decided_on", "When it was decided"),
        Column("outcome", "How"),
        Column("closed_on", "When it ended"),
        Column("escalated_on", "When it went to the regulator"),
        Column("mail_problem", "Why our mail did not reach you"),
        Column("person", "That it is your account's", exported=False, why_not="All of these are", erased_as=None),
    ),
    free=("moved", "opened_on", "once"),
)

STORY = Kind(
    key="rights-story",
    part_of="rights-requests",
    title="What happened to your requests",
    model="rights.Story",
    what="Each thing that happened to a request of yours, and when; also when our staff opened it.",
    why=WHY,
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=WITH_THE_REQUEST,
    receivers=(DESK,),
    found_by=OF_THEIR_REQUESTS,
    unless=UNCONFIRMED_ONES,
    erasure=Erasure.ANONYMISE,
    why_kept=STAYS,
    related=("request",),
    order=90,
    columns=(
        Column("request", "Which request", value=lambda row, subject: row.request.reference),
        Column("at", "When"),
        Column("what", "What happened"),
        Column("side", "Who did it", value=whose),
        Column("by", "Whose account it was", exported=False, why_not="It says no more than who did it", erased_as=None),
        Column("words", "More about it", value=words_for_you, masks="Notes of our staff for each other"),
    ),
    free=("internal",),
)

MESSAGES = Kind(
    key="rights-messages",
    part_of="rights-requests",
    title="Messages about your requests",
    model="rights.Message",
    what="What you and our staff wrote to each other about a request of yours.",
    why=WHY,
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=WITH_THE_REQUEST,
    receivers=(DESK,),
    found_by=OF_THEIR_REQUESTS,
    unless=UNCONFIRMED_ONES,
    erasure=Erasure.ANONYMISE,
    why_kept=STAYS,
    related=("request",),
    order=90,
    columns=(
        Column("request", "Which request", value=lambda row, subject: row.request.reference),
        Column("at", "When"),
        Column("side", "Who wrote it", value=whose),
        Column("words", "What it says"),
        Column(
            "by", "Whose account it was", exported=False, why_not="It says no more than who wrote it", erased_as=None
        ),
    ),
    free=("once",),
)

FILES = Kind(
    key="rights-files",
    part_of="rights-requests",
    title="Files with your requests",
    model="rights.File",
    what="The files that you and our staff added to a request of yours.",
    why=WHY,
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=WITH_THE_REQUEST,
    receivers=(DESK,),
    found_by=OF_THEIR_REQUESTS,
    unless=UNCONFIRMED_ONES,
    erasure=Erasure.ANONYMISE,
    why_kept=STAYS,
    related=("request",),
    order=90,
    columns=(
        Column("request", "Which request", value=lambda row, subject: row.request.reference),
        Column("at", "When it was added"),
        Column("side", "Who added it", value=whose),
        Column("name", "What it is called"),
        Column("file", "The file", file=True),
        Column("kind", "What kind of file it is"),
        Column("size", "How large it is, in bytes"),
        Column(
            "by", "Whose account it was", exported=False, why_not="It says no more than who added it", erased_as=None
        ),
    ),
    free=("message", "digest"),
)

PAUSES = Kind(
    key="rights-pauses",
    part_of="rights-requests",
    title="Questions we asked about your requests",
    model="rights.Pause",
    what="What we asked you about a request of yours, and when you answered: those days do not count.",
    why=WHY,
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=WITH_THE_REQUEST,
    receivers=(DESK,),
    found_by=OF_THEIR_REQUESTS,
    unless=UNCONFIRMED_ONES,
    erasure=Erasure.KEEP,
    why_kept=STAYS,
    related=("request",),
    order=90,
    columns=(
        Column("request", "Which request", value=lambda row, subject: row.request.reference),
        Column("question", "What we asked"),
        Column("asked_on", "When we asked"),
        Column("answered_on", "When you answered"),
    ),
)

DECISIONS = Kind(
    key="rights-decisions",
    part_of="rights-requests",
    title="How your requests were decided",
    model="rights.Decision",
    what="What was decided about a request of yours, why, and what was searched.",
    why=WHY,
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=WITH_THE_REQUEST,
    receivers=(DESK,),
    found_by=OF_THEIR_REQUESTS,
    unless=UNCONFIRMED_ONES,
    erasure=Erasure.KEEP,
    why_kept=STAYS,
    related=("request",),
    order=90,
    columns=(
        Column("request", "Which request", value=lambda row, subject: row.request.reference),
        Column("on", "On which day"),
        Column("outcome", "How"),
        Column("reasons", "Why"),
        Column("searched", "What was searched"),
        Column("not_searched", "What was not, and why"),
        Column("health", "Whether the answer holds data about health"),
        Column("opinion_by", "Which health professional was asked"),
        Column("opinion_on", "When"),
    ),
    free=("at",),
)

WITHHELD = Kind(
    key="rights-withheld",
    part_of="rights-requests",
    title="Parts that we did not give you",
    model="rights.WithheldItem",
    what="Which parts of an answer we withheld from you, and on which ground.",
    why=WHY,
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=WITH_THE_REQUEST,
    receivers=(DESK,),
    found_by=(ByPerson("decision__request__person"), ByAddress("decision__request__address")),
    erasure=Erasure.KEEP,
    why_kept=STAYS,
    related=("decision__request",),
    order=80,
    columns=(
        Column("decision", "Of which request", value=lambda row, subject: row.decision.request.reference),
        Column("part", "Which part"),
        Column("ground", "On which ground"),
        Column("explanation", "What we said about it"),
    ),
    free=(
        "type_of_information",
        "duty_of_confidentiality",
        "steps_to_seek_consent",
        "capability_to_consent",
        "express_refusal",
    ),
)

RECIPIENTS = Kind(
    key="rights-recipients",
    part_of="rights-requests",
    title="Whom we told of a change of your data",
    model="rights.RecipientTask",
    what="Who was given your data and is told that it was corrected, erased or restricted.",
    why=WHY,
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=WITH_THE_REQUEST,
    receivers=(DESK,),
    found_by=OF_THEIR_REQUESTS,
    unless=UNCONFIRMED_ONES,
    erasure=Erasure.KEEP,
    why_kept=STAYS,
    related=("request",),
    order=90,
    columns=(
        Column("request", "Which request", value=lambda row, subject: row.request.reference),
        Column("recipient", "Who has the data"),
        Column("what", "Which data"),
        Column("made_on", "Since when they are to be told"),
        Column("done_on", "When they were told"),
        Column("note", "How, or why it was not possible"),
    ),
)

MAILS = Kind(
    key="rights-mails",
    part_of="rights-requests",
    title="Mails about your requests",
    model="rights.DueMail",
    what="Which mails about a request of yours we sent, or are to send.",
    why="So that you learn what happens to your request, also when a mail server fails.",
    basis=LawfulBasis.LEGAL_OBLIGATION,
    retention=WITH_THE_REQUEST,
    receivers=(DESK, MAIL),
    found_by=OF_THEIR_REQUESTS,
    unless=(*UNCONFIRMED_ONES, ByRule("to our staff", lambda subject: Q(side=Side.STAFF))),
    erasure=Erasure.KEEP,
    why_kept=STAYS,
    related=("request",),
    order=90,
    columns=(
        Column("request", "Which request", value=lambda row, subject: row.request.reference),
        Column("kind", "What it is about"),
        Column("about", "Of which due date it reminds"),
        Column("made_at", "When it was due"),
        Column("settled_at", "When it was sent"),
        Column("problem", "Why it could not be sent"),
    ),
    free=("side", "due_at", "attempts"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part that a member of staff plays in somebody's request: by which link of which model."""

    key: str
    title: str
    model: str
    path: str
    what: str
    when: str = "at"
    own: str = "request__person"

    def kind(self) -> Kind:
        """Return what the register says of it: that it was them, and no word of the request. Their own is not meant."""
        return Kind(
            key=self.key,
            title=self.title,
            model=f"rights.{self.model}",
            what=f"That you, as one of our staff, {self.what}.",
            why=WHY_STAFF,
            basis=LawfulBasis.LEGITIMATE_INTERESTS,
            retention=WITH_THE_REQUEST,
            receivers=(DESK,),
            found_by=(ByPerson(self.path),),
            unless=(ByPerson(self.own),),
            erasure=Erasure.ANONYMISE,
            why_kept=STAYS_STAFF,
            of_staff=True,
            order=70,
            columns=(Column(self.when, "When"), that_it_was_you(self.path, "That it was you")),
        )


HOLIDAYS = Kind(
    key="rights-holidays",
    title="Bank holidays you added",
    model="rights.ExtraHoliday",
    what="That you, as one of our staff, added a day on which requests are not due.",
    why=WHY_STAFF,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention("As long as due dates go by it", enforced_by="staff, who take the day away"),
    receivers=(DESK,),
    found_by=(ByPerson("added_by"),),
    erasure=Erasure.ANONYMISE,
    why_kept="Due dates of other people go by it. That it was you is taken out.",
    of_staff=True,
    order=70,
    columns=(Column("day", "Which day"), Column("added_at", "When"), that_it_was_you("added_by", "That it was you")),
    free=("reason",),
)

PARTS: Final = (
    Part("rights-entered", "Requests you wrote down", "RightsRequest", "entered_by",
         "wrote down somebody's request", "opened_at", "person"),
    Part("rights-assigned", "Requests given to you", "RightsRequest", "assigned_to",
         "have somebody's request to answer", "opened_at", "person"),
    Part("rights-deeds", "What you did about requests", "Story", "by", "dealt with somebody's request"),
    Part("rights-written", "What you wrote about requests", "Message", "by", "wrote about somebody's request"),
    Part("rights-added", "Files you added to requests", "File", "by", "added a file to somebody's request"),
    Part("rights-decided", "Requests you decided", "Decision", "by", "decided somebody's request"),
    Part("rights-told", "Whom you told of changes", "RecipientTask", "done_by", "told somebody of a change", "done_on"),
    Part("rights-mails-to-staff", "Mails to you about requests", "DueMail", "to", "were written to", "made_at"),
)  # fmt: skip

KINDS = (
    REQUESTS,
    STORY,
    MESSAGES,
    FILES,
    PAUSES,
    DECISIONS,
    WITHHELD,
    RECIPIENTS,
    MAILS,
    HOLIDAYS,
    *(part.kind() for part in PARTS),
)


def declare() -> None:
    """Put it into the register of the site. Called once, when the app starts."""
    register(*KINDS)
    receipt = ("request", "number", "erased_at", "first", "looked_again_at", "second", "left")
    declare_free("rights.ErasureReceipt", *receipt, why="It counts rows of an account that is gone")
    declare_free("rights.HolidaysCounted", "by", "at", why="By which holidays due dates were worked out")
    declare_free("rights.PublicNumbers", "shown", why="Whether numbers are shown")
    declare_free("rights.RegulatorSetting", why="It holds the entries together")
    entry = ("setting", "since", "name", "short", "url", "postal_address", "phone")
    declare_free("rights.RegulatorEntry", *entry, why="An authority, not a person")
