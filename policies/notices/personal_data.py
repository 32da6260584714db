"""What people were told of, and what they have seen."""

from django.db.models import Q

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
    title="Mails about our policies",
    model="notices.Delivery",
    what="Which mails about amendments of our policies were meant for you, and what became of each.",
    why="To tell you of amendments, each once, and to be able to show that we did.",
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention("{span} after it was sent", setting="NOTICE_DELIVERIES_KEPT", since="settled_at"),
    receivers=(EDITORS, MAIL),
    found_by=(ByPerson("person"), ByRule("the address, where you follow without an account", as_a_follower)),
    erasure=Erasure.ANONYMISE,
    why_kept="To be able to show how many people were told, and when. What stays does not say that one was you.",
    related=("notice__version",),
    columns=(
        Column("person", "That it was meant for you", exported=False, why_not="All of these are", erased_as=None),
        Column("follower", "That you follow it", exported=False, why_not="It says no more", erased_as=None),
        Column("notice", "Which policy and version", value=lambda row, subject: str(row.notice.version)),
        Column("address", "The address it went to", erased_as=""),
        Column("name", "Your name, as it stands in the mail", erased_as=""),
        Column("state", "What became of it"),
        Column("reason", "Why it was not sent"),
        Column("reply", "What the mail server said", erased_as=""),
        Column("attempts", "How often the mail server was asked"),
        Column("doubts", "How often it gave no answer"),
        Column("first_tried_at", "When it was asked first"),
        Column("due_at", "When it is asked next, or was asked last"),
        Column("settled_at", "When it was settled"),
    ),
    free=("worker", "follows"),
)

ENGAGEMENTS = Kind(
    key="policies-seen",
    title="Policies you were told of and have seen",
    model="notices.Engagement",
    what="Which versions of our policies you were told of by e-mail, and which you opened while signed in, and when.",
    why="To show you what has changed since you last looked, and to stop reminding you.",
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    found_by=(ByPerson("person"),),
    erasure=Erasure.DELETE,
    related=("version",),
    columns=(
        Column("version", "Which policy and version", value=lambda row, subject: str(row.version)),
        Column("kind", "What you did"),
        Column("at", "When"),
    ),
)

ANSWERS = Kind(
    key="policies-answered",
    title="What you answered when a policy asked you",
    model="notices.Answer",
    what="Which versions of our policies you acknowledged, accepted or declined, or took that back: in which words, "
    "when and where on the site.",
    why="So that we hold you to nothing that you did not agree to, and can show what you agreed to.",
    basis=LawfulBasis.CONTRACT,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(EDITORS,),
    found_by=(ByPerson("person"),),
    erasure=Erasure.DELETE,
    related=("version",),
    columns=(
        Column("version", "Which policy and version", value=lambda row, subject: str(row.version)),
        Column("kind", "What you answered"),
        Column("wording", "The words on the button, or beside the box"),
        Column("language", "In which language they were"),
        Column("at", "When"),
        Column("where", "Where on the site"),
        Column("age_stated", "The age, in years, that you said you have reached"),
        Column("digest", "The fingerprint (SHA-256) of the text"),
    ),
)

FOLLOWERS = Kind(
    key="followers",
    title="Policies that you follow without an account",
    model="notices.Follower",
    what="The address at which you asked to be told of changes of our policies, which ones, and when you asked and "
    "confirmed it.",
    why="To write to you when they change, as you asked.",
    basis=LawfulBasis.CONSENT,
    retention=Retention(
        f"Until you stop it; {span_in_words(CONFIRM_WITHIN)} where it is never confirmed, and "
        f"{span_in_words(BOUNCED_KEPT)} after our mail to it came back",
        due=Follower.objects.past_their_time,
    ),
    receivers=(MAIL,),
    found_by=(ByAddress("address"),),
    erasure=Erasure.DELETE,
    born="asked_at",
    related=("page",),
    columns=(
        Column("address", "The address you gave", why="So that our e-mails reach you."),
        Column("page", "Which policy", value=lambda row, subject: row.what),
        Column("asked_at", "When you asked"),
        Column("confirmed_at", "When you confirmed it"),
        Column("came_back_at", "Since when our e-mails come back"),
        Column("mail_due_at", "When we answer next"),
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
