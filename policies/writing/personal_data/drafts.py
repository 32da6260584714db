"""Pages and their drafts. A draft holds copies of comments and the numbers of people: erasing takes those out, too."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import COMMENTS_RELATION_NAME, Comment, CommentReply, Page, PageLogEntry, Revision

from accounts.personal_data.register import ByPerson, ByRule, Column, Erasure, Kind, LawfulBasis, Subject
from accounts.personal_data.staff_work import EDITORS, WITH_THE_PAGE, WORK, that_it_was_you
from accounts.values.wording import Words
from policies.texts.document import Json

PAGE = ("path", "depth", "numchild", "translation_key", "locale", "latest_revision", "live", "has_unpublished_changes",
        "first_published_at", "last_published_at", "live_revision", "go_live_at", "expire_at", "expired", "locked",
        "draft_title", "slug", "content_type", "seo_title", "show_in_menus", "search_description",
        "latest_revision_created_at", "alias_of")  # fmt: skip
DRAFT = ("content_type", "base_content_type", "object_id", "approved_go_live_at")
THE_PAGES_TEXT = _("It is the text of the page. Your comments in it are under “Comments”")


def pages_worked_on(subject: Subject) -> Q:
    """Find drafts of all pages the person had to do with: theirs, commented on, locked or changed by them."""
    pk = subject.pk
    numbers = {
        *Page.objects.filter(Q(owner=pk) | Q(locked_by=pk)).values_list("pk", flat=True),
        *Comment.objects.filter(Q(user=pk) | Q(resolved_by=pk)).values_list("page_id", flat=True),
        *CommentReply.objects.filter(user=pk).values_list("comment__page_id", flat=True),
        *PageLogEntry.objects.filter(user=pk).values_list("page_id", flat=True),
    }
    of_pages = {"base_content_type__app_label": "wagtailcore", "base_content_type__model": "page"}
    return Q(object_id__in=[str(number) for number in numbers], **of_pages)


def without_the_person(row: Revision, subject: Subject) -> Json:
    """Return a draft's content without the person's number and words; as it was if they are not in it."""
    content: Json = {name: _unless(value, subject) if name in _PEOPLE else value for name, value in row.content.items()}
    if comments := content.get(COMMENTS_RELATION_NAME):
        content[COMMENTS_RELATION_NAME] = [_cleaned(one, subject) for one in comments if one.get("user") != subject.pk]
    return content


_PEOPLE = ("owner", "locked_by", "resolved_by")


def _unless(value: object, subject: Subject) -> object:
    return None if value == subject.pk else value


def _cleaned(comment: Json, subject: Subject) -> Json:
    """Return somebody else's comment without the person's replies, and without who resolved it if they did."""
    cleaned: Json = {name: _unless(value, subject) if name in _PEOPLE else value for name, value in comment.items()}
    if "replies" in cleaned:
        cleaned["replies"] = [reply for reply in cleaned["replies"] if reply.get("user") != subject.pk]
    return cleaned


def content_of(why_not: Words) -> Column:
    return Column("content", _("The draft"), exported=False, why_not=why_not, erased_as=without_the_person)


OWNED = Kind(
    key="pages-created",
    title=_("Pages you created"),
    model="wagtailcore.Page",
    what=_("Which pages of this site you, as one of our staff, created."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("owner"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("The page is ours. That it was you is taken out."),
    of_staff=True,
    columns=(
        Column("title", _("The page")),
        Column("url_path", _("Where it stands")),
        that_it_was_you("owner", _("Who created it")),
    ),
    free=PAGE,
)

LOCKED = Kind(
    key="pages-locked",
    title=_("Pages you locked"),
    model="wagtailcore.Page",
    what=_("Which pages of this site you locked, so that nobody else could change them."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("locked_by"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("The page is ours. That it was you is taken out."),
    of_staff=True,
    columns=(
        Column("title", _("The page")),
        Column("locked_at", _("When you locked it")),
        that_it_was_you("locked_by", _("Who locked it")),
    ),
)

WRITTEN = Kind(
    key="drafts-written",
    title=_("Drafts you saved"),
    model="wagtailcore.Revision",
    what=_("Which drafts of pages you, as one of our staff, saved, and when."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("The text is ours, and what was announced must be proved. That it was you is taken out."),
    order=20,
    of_staff=True,
    columns=(
        Column("object_str", _("The page")),
        Column("created_at", _("When you saved it")),
        that_it_was_you("user", _("Who saved it")),
        content_of(THE_PAGES_TEXT),
    ),
    free=DRAFT,
)

MENTIONED = Kind(
    key="drafts-of-pages-worked-on",
    title=_("Drafts of pages you worked on"),
    model="wagtailcore.Revision",
    what=_(
        "Drafts by others of pages you worked on. They repeat your comments, and say who created or locked the page."
    ),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByRule(_("The pages you created, locked, changed or commented on"), pages_worked_on),),
    unless=(ByPerson("user"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("The text is ours and somebody else saved it. Your comments and that they were yours are taken out."),
    order=20,
    of_staff=True,
    columns=(
        Column("object_str", _("The page")),
        Column("created_at", _("When the draft was saved")),
        content_of(THE_PAGES_TEXT),
    ),
)

KINDS = (OWNED, LOCKED, WRITTEN, MENTIONED)
