"""Who approved, reviewed and was written to: it proves that nobody announces alone."""

import datetime as dt
from typing import Final

from django.db.models import QuerySet
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
    declare_free,
    register,
)
from accounts.personal_data.staff_work import EDITORS, WITH_THE_PAGE, WORK, that_it_was_you
from policies.desk.approving.models import OutsideReview

WHY: Final = _("So that it can be proved that nobody announces a policy alone.")
UNTIL_CLOSED = Retention(_("Until your account is closed"), enforced_by="closing the account")
UNUSED_KEPT = dt.timedelta(days=365)
DRAFT = ("page", "revision", "digest", "amends", "version")


def unused(now: dt.datetime) -> QuerySet[OutsideReview]:
    """Return reviews about drafts of which nothing was announced, a year after they ended."""
    return OutsideReview.objects.filter(version=None, until__lt=now - UNUSED_KEPT).order_by("pk")


RULED = Kind(
    key="rule-of-two-people",
    title=_("When you switched the rule of two people"),
    model="policies.TwoPeopleRule",
    what=_("That you, as one of our staff, said how many people announce a policy, when and why."),
    why=WHY,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=UNTIL_CLOSED,
    receivers=(EDITORS,),
    found_by=(ByPerson("by"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("How the rule stood is part of the proof. That it was you is taken out."),
    of_staff=True,
    columns=(
        Column("at", _("When")),
        Column("reason", _("The reason you gave. It stays")),
        that_it_was_you("by", _("Who switched it")),
    ),
    free=("is_on", "corrections_alone", "outsiders_count"),
)

APPROVED = Kind(
    key="policies-approved",
    title=_("Drafts of policies you approved"),
    model="policies.Approval",
    what=_("Which drafts of our policies you, as one of our staff, approved, or announced alone in an emergency."),
    why=WHY,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=UNTIL_CLOSED,
    receivers=(EDITORS,),
    found_by=(ByPerson("by"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("That somebody approved it is part of the proof. That it was you is taken out."),
    related=("page",),
    of_staff=True,
    columns=(
        Column("page", _("Which policy"), value=lambda row, subject: row.page.draft_title),
        Column("kind", _("How")),
        Column("at", _("When")),
        Column("words", _("What you wrote about it. It stays")),
        Column("taken_back_at", _("When you took it back")),
        that_it_was_you("by", _("Who it was")),
    ),
    free=tuple(name for name in DRAFT if name != "page"),
)

ASKED = Kind(
    key="reviews-asked-for",
    title=_("Reviews you asked outsiders for"),
    model="policies.OutsideReview",
    what=_("That you, as one of our staff, asked somebody to look at a draft."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=UNTIL_CLOSED,
    receivers=(EDITORS,),
    found_by=(ByPerson("made_by"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("The review is somebody else's. That it was you is taken out."),
    of_staff=True,
    columns=(Column("made_at", _("When you asked")), that_it_was_you("made_by", _("Who asked"))),
    free=DRAFT,
)

TAKEN_BACK = Kind(
    key="reviews-taken-back",
    title=_("Reviews you took back"),
    model="policies.OutsideReview",
    what=_("That you, as one of our staff, ended somebody's link to a draft."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=UNTIL_CLOSED,
    receivers=(EDITORS,),
    found_by=(ByPerson("revoked_by"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("The review is somebody else's. That it was you is taken out."),
    of_staff=True,
    columns=(Column("revoked_at", _("When you took it back")), that_it_was_you("revoked_by", _("Who took it back"))),
)

REVIEWED = Kind(
    key="reviews-given",
    title=_("Drafts of policies you were asked to review"),
    model="policies.OutsideReview",
    what=_("Which drafts of our policies we asked you to look at as somebody from outside, and what you answered."),
    why=WHY,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(
        _("A year after the link ended; with an announced version, as long as that"), after=UNUSED_KEPT, due=unused
    ),
    receivers=(EDITORS, MAIL),
    found_by=(ByAddress("address"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("That somebody reviewed it is part of the proof. Your name, address and words are taken out."),
    born="made_at",
    related=("page",),
    columns=(
        Column("page", _("Which policy"), value=lambda row, subject: row.page.draft_title),
        Column("name", _("Your name, as we wrote it"), erased_as="Somebody"),
        Column("address", _("The address we wrote to"), erased_as=""),
        Column("made_at", _("When you were asked")),
        Column("until", _("Until when the link worked")),
        Column("answer", _("What you answered")),
        Column("answered_at", _("When you answered")),
        Column("signed_name", _("The name you wrote under it"), erased_as=""),
        Column("words", _("What you wrote"), erased_as=""),
    ),
)

LOOKED_AT = Kind(
    key="reviews-claimed",
    title=_("Drafts you said you look at"),
    model="policies.ReviewDuty",
    what=_("That you, as one of our staff, said that you look at a draft that waits for approval."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("claimed_by"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("The draft still waits. That it was you is taken out."),
    of_staff=True,
    columns=(Column("claimed_at", _("When you said so")), that_it_was_you("claimed_by", _("Who said so"))),
    free=("task_state", "due_on", "reminded_at"),
)

WRITTEN_TO = Kind(
    key="mails-about-drafts",
    title=_("Mails about drafts of policies"),
    model="policies.StaffMail",
    what=_("Which mails about drafts and approvals we sent you in your work for us, or as a reviewer."),
    why=_("So that whoever is to look at a draft learns of it, also when a mail server fails."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("{span} after it was sent"), after=dt.timedelta(days=30), since="settled_at"),
    receivers=(EDITORS, MAIL),
    found_by=(ByPerson("person"), ByAddress("address")),
    erasure=Erasure.DELETE,
    born="made_at",
    columns=(
        Column("address", _("The address it went to")),
        Column("subject", _("What it was about")),
        Column("text", _("What it says, until it is sent")),
        Column("made_at", _("When it was written")),
        Column("settled_at", _("When it was sent")),
    ),
    free=("due_at", "attempts", "problem"),
)


def declare() -> None:
    """Put it into the register of the site. Called once, when the app starts."""
    register(RULED, APPROVED, ASKED, TAKEN_BACK, REVIEWED, LOOKED_AT, WRITTEN_TO)
    steps = "How drafts of policies are approved"
    declare_free("policies.PolicyApprovalTask", "groups", why=steps)
    declare_free("policies.PolicyApprovalTask_groups", "policyapprovaltask", "group", why=steps)
