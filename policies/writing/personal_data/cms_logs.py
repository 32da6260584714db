"""The CMS's own logs: what staff did, and what was done to people's accounts. They repeat words and names."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import BaseLogEntry, Comment, CommentReply, PageLogEntry

from accounts.models import User
from accounts.personal_data.register import ByPerson, ByRule, Column, Erasure, Kind, LawfulBasis, Subject
from accounts.personal_data.staff_work import EDITORS, WITH_THE_PAGE, WORK, that_it_was_you
from accounts.values.wording import Words

ENTRY = ("content_type", "uuid", "revision", "content_changed", "deleted")
# Whose texts Wagtail copies into an entry. Reasons for withdrawing, stopping and correcting stay: the version and the
# notice hold them, too, and they say why the organisation did something.
WORDS = ("comment", "reply")


def without_words(row: BaseLogEntry, subject: Subject) -> dict[str, object]:
    """Return an entry's facts without what people wrote."""
    return {name: value for name, value in (row.data or {}).items() if name not in WORDS}


def without_the_persons_words(row: PageLogEntry, subject: Subject) -> dict[str, object]:
    """Return the facts of somebody else's entry without what the person wrote."""
    theirs = _written_by(subject)
    return {name: value for name, value in row.data.items() if (name, _number(value)) not in theirs}


def _number(words: object) -> object:
    return words.get("id") if isinstance(words, dict) else None


def _written_by(subject: Subject) -> set[tuple[str, int]]:
    written = {"comment": Comment, "reply": CommentReply}
    return {
        (name, pk)
        for name, model in written.items()
        for pk in model.objects.filter(user=subject.pk).values_list("pk", flat=True)
    }


def repeating_words(subject: Subject) -> Q:
    """Find entries that repeat the person's comments and replies, whoever made the entry."""
    theirs = _written_by(subject)
    numbers = {name: [pk for found, pk in theirs if found == name] for name in WORDS}
    return Q(data__comment__id__in=numbers["comment"]) | Q(data__reply__id__in=numbers["reply"])


def about_the_account(subject: Subject) -> Q:
    meta = User._meta
    return Q(content_type__app_label=meta.app_label, content_type__model=meta.model_name, object_id=str(subject.pk))


def facts(why_not: Words) -> Column:
    return Column("data", _("Further facts"), exported=False, why_not=why_not, erased_as=without_words)


DONE_TO_PAGES = Kind(
    key="cms-log-of-pages",
    title=_("What you did with pages"),
    model="wagtailcore.PageLogEntry",
    what=_("What you, as one of our staff, did with which page of this site, and when."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("It shows how a page and a policy came to be. That it was you, and what you wrote, is taken out."),
    of_staff=True,
    columns=(
        Column("timestamp", _("When")),
        Column("action", _("What you did")),
        Column("label", _("With which page")),
        that_it_was_you("user", _("Who did it")),
        facts(_("They may repeat what others wrote. What you wrote is under “Comments” and “Drafts you approved”")),
    ),
    free=(*ENTRY, "page"),
)

REPEATED = Kind(
    key="cms-log-of-your-comments",
    title=_("Where the log of pages repeats your comments"),
    model="wagtailcore.PageLogEntry",
    what=_("That your colleagues did something with a comment of yours. The log repeats the comment."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByRule(_("The numbers of your comments and replies"), repeating_words),),
    unless=(ByPerson("user"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("It is the log of somebody else's work. What you wrote is taken out."),
    order=20,
    of_staff=True,
    columns=(
        Column("timestamp", _("When")),
        Column("action", _("What was done with your comment")),
        Column("label", _("On which page")),
        Column(
            "data",
            _("The comment, and what was done with it"),
            exported=False,
            why_not=_("Your comment is under “Comments”; the rest is somebody else's"),
            erased_as=without_the_persons_words,
        ),
    ),
)

DONE_TO_OTHERS = Kind(
    key="cms-log-of-other-things",
    title=_("What you did in the CMS besides pages"),
    model="wagtailcore.ModelLogEntry",
    what=_("What you, as one of our staff, did with people's accounts, images and settings, and when."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("It shows what was done to other people's accounts. That it was you is taken out."),
    of_staff=True,
    columns=(
        Column("timestamp", _("When")),
        Column("action", _("What you did")),
        Column("label", _("With what"), exported=False, why_not=_("It may be somebody else's name")),
        that_it_was_you("user", _("Who did it")),
        facts(_("They may be about somebody else")),
    ),
    free=(*ENTRY, "object_id"),
)

DONE_TO_THE_ACCOUNT = Kind(
    key="cms-log-of-your-account",
    title=_("What our staff did with your account"),
    model="wagtailcore.ModelLogEntry",
    what=_("That our staff made or changed your account, when, and your name or address as it was then."),
    why=_("So that nothing is done to your account without it being known by whom."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByRule(_("Entries about your account"), about_the_account),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("It is the log of somebody else's work. Your name and the number of your account are taken out."),
    columns=(
        Column("timestamp", _("When")),
        Column("action", _("What was done")),
        Column("label", _("Your name or address as it was then"), erased_as="An erased account"),
        Column("data", _("Further facts"), erased_as={}),
        Column("object_id", _("The number of your account"), erased_as=""),
    ),
)

KINDS = (DONE_TO_PAGES, REPEATED, DONE_TO_OTHERS, DONE_TO_THE_ACCOUNT)
