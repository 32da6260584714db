"""What people were told of, and what they have seen."""

from django.db.models import Q
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.declarations.people import MAIL
from accounts.personal_data.register import (
    AS_LONG_AS_THE_ACCOUNT,
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
from accounts.personal_data.staff_work import EDITORS
from accounts.values.wording import span_in_words
from policies.notices.models.followers import BOUNCED_KEPT, CONFIRM_WITHIN, Follower


def as_a_follower(subject: Subject) -> Q:
    """Rows of mails to addresses of theirs that follow without an account."""
    return Q(follower__address__in=subject.addresses)


DELIVERIES = Kind(
    key="policy-mails",
    title=_("Mails about our policies"),
    model="notices.Delivery",
    what=_("Which mails about amendments of our policies were meant for you, and what became of each."),
    why=_("To tell you of amendments, each once, and to be able to show that we did."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("{span} after it was sent"), setting="NOTICE_DELIVERIES_KEPT", since="settled_at"),
    receivers=(EDITORS, MAIL),
    found_by=(ByPerson("person"), ByRule(_("the address, where you follow without an account"), as_a_follower)),
    erasure=Erasure.ANONYMISE,
    why_kept=_("To be able to show how many people were told, and when. What stays does not say that one was you."),
    related=("notice__version",),
    columns=(
        Column("person", _("That it was meant for you"), exported=False, why_not=_("All of these are"), erased_as=None),
        Column("follower", _("That you follow it"), exported=False, why_not=_("It says no more"), erased_as=None),
        Column("notice", _("Which policy and version"), value=lambda row, subject: str(row.notice.version)),
        Column("address", _("The address it went to"), erased_as=""),
        Column("name", _("Your name, as it stands in the mail"), erased_as=""),
        Column("state", _("What became of it")),
        Column("reason", _("Why it was not sent")),
        Column("reply", _("What the mail server said"), erased_as=""),
        Column("attempts", _("How often the mail server was asked")),
        Column("doubts", _("How often it gave no answer")),
        Column("first_tried_at", _("When it was asked first")),
        Column("due_at", _("When it is asked next, or was asked last")),
        Column("settled_at", _("When it was settled")),
    ),
    free=("worker", "follows"),
)

ENGAGEMENTS = Kind(
    key="policies-seen",
    title=_("Policies you were told of and have seen"),
    model="notices.Engagement",
    what=_(
        "Which versions of our policies you were told of by e-mail, and which you opened while signed in, and when."
    ),
    why=_("To show you what has changed since you last looked, and to stop reminding you."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    found_by=(ByPerson("person"),),
    erasure=Erasure.DELETE,
    related=("version",),
    columns=(
        Column("version", _("Which policy and version"), value=lambda row, subject: str(row.version)),
        Column("kind", _("What you did")),
        Column("at", _("When")),
    ),
)

ANSWERS = Kind(
    key="policies-answered",
    title=_("What you answered when a policy asked you"),
    model="notices.Answer",
    what=_(
        "Which versions of our policies you acknowledged, accepted or declined, or took that back: in which words, "
        "when and where on the site."
    ),
    why=_("So that we hold you to nothing that you did not agree to, and can show what you agreed to."),
    basis=LawfulBasis.CONTRACT,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(EDITORS,),
    found_by=(ByPerson("person"),),
    erasure=Erasure.DELETE,
    related=("version",),
    columns=(
        Column("version", _("Which policy and version"), value=lambda row, subject: str(row.version)),
        Column("kind", _("What you answered")),
        Column("wording", _("The words on the button, or beside the box")),
        Column("language", _("In which language they were")),
        Column("at", _("When")),
        Column("where", _("Where on the site")),
        Column("age_stated", _("The age, in years, that you said you have reached")),
        Column("digest", _("The fingerprint (SHA-256) of the text")),
    ),
)

FOLLOWERS = Kind(
    key="followers",
    title=_("Policies that you follow without an account"),
    model="notices.Follower",
    what=_(
        "The address at which you asked to be told of changes of our policies, which ones, and when you asked and "
        "confirmed it."
    ),
    why=_("To write to you when they change, as you asked."),
    basis=LawfulBasis.CONSENT,
    retention=Retention(
        format_lazy(
            _(
                "Until you stop it; {unconfirmed} where it is never confirmed, and {bounced} after our mail to it "
                "came back"
            ),
            unconfirmed=lazy(span_in_words, str)(CONFIRM_WITHIN),
            bounced=lazy(span_in_words, str)(BOUNCED_KEPT),
        ),
        due=Follower.objects.past_their_time,
    ),
    receivers=(MAIL,),
    found_by=(ByAddress("address"),),
    erasure=Erasure.DELETE,
    born="asked_at",
    related=("page",),
    columns=(
        Column("address", _("The address you gave"), why=_("So that our e-mails reach you.")),
        Column("page", _("Which policy"), value=lambda row, subject: row.what),
        Column("asked_at", _("When you asked")),
        Column("confirmed_at", _("When you confirmed it")),
        Column("came_back_at", _("Since when our e-mails come back")),
        Column("mail_due_at", _("When we answer next")),
    ),
    free=("mail_attempts",),
)

KINDS = (DELIVERIES, ENGAGEMENTS, ANSWERS, FOLLOWERS)
ABOUT_ALL = ("version", "kind", "audience", "state", "state_since", "state_reason", "created_at", "held_until",
             "staged_at", "always_because", "newcomers_too", "follows", "words", "message", "recipients", "sent",
             "failed", "unreachable", "skipped", "settled_before")  # fmt: skip


def declare() -> None:
    """Put it into the register of the site. Called once, when the app starts."""
    register(*KINDS)
    declare_free("notices.AmendmentNotice", *ABOUT_ALL, why="The mail as it is for everybody, and how many it went to")
    declare_free(
        "notices.Heartbeat", "part", "at", "trouble", why="That the programs of the site run, and how that ended"
    )
    declare_free("notices.NoticeWorker", "started_at", "leased_until", "place", why="The programs that send")
    settings = ("hold_minutes", "remind_days_before", "mail_on_the_day")
    declare_free("notices.NoticeSettings", *settings, why="How the site sends notices")
