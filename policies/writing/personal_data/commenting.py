"""Comments on drafts, and the steps by which drafts are approved."""

from django.utils.translation import gettext_lazy as _

from accounts.personal_data.register import ByPerson, Column, Erasure, Kind, LawfulBasis
from accounts.personal_data.staff_work import EDITORS, WITH_THE_PAGE, WORK, that_it_was_you

COMMENTS = Kind(
    key="comments",
    title=_("Comments"),
    model="wagtailcore.Comment",
    what=_("What you, as one of our staff, noted at the side of a draft. Replies to it go with it."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    related=("page",),
    of_staff=True,
    columns=(
        Column("page", _("The page"), value=lambda row, subject: row.page.draft_title),
        Column("text", _("What you wrote")),
        Column("contentpath", _("At which part of the page")),
        Column("position", _("At which words")),
        Column("created_at", _("When you wrote it")),
        Column("updated_at", _("When you changed it last")),
        Column("resolved_at", _("When it was dealt with")),
    ),
    free=("revision_created",),
)

RESOLVED = Kind(
    key="comments-resolved",
    title=_("Comments of others that you dealt with"),
    model="wagtailcore.Comment",
    what=_("Which comments of your colleagues you marked as dealt with, and when."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("resolved_by"),),
    unless=(ByPerson("user"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("The comment is somebody else's. That it was you is taken out."),
    related=("page",),
    of_staff=True,
    columns=(
        Column("page", _("The page"), value=lambda row, subject: row.page.draft_title),
        Column("resolved_at", _("When you did")),
        that_it_was_you("resolved_by", _("Who did")),
    ),
)

REPLIES = Kind(
    key="comment-replies",
    title=_("Replies to comments"),
    model="wagtailcore.CommentReply",
    what=_("What you, as one of our staff, replied to a comment."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    order=50,
    of_staff=True,
    columns=(
        Column("text", _("What you wrote")),
        Column("created_at", _("When you wrote it")),
        Column("updated_at", _("When you changed it last")),
    ),
    free=("comment",),
)

SUBSCRIPTIONS = Kind(
    key="page-subscriptions",
    title=_("Pages whose comments you follow"),
    model="wagtailcore.PageSubscription",
    what=_("About which pages' comments the CMS writes to you."),
    why=_("So that you learn of comments on the pages you work on."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    related=("page",),
    of_staff=True,
    columns=(
        Column("page", _("The page"), value=lambda row, subject: row.page.draft_title),
        Column("comment_notifications", _("Whether you are told of comments")),
    ),
)

SUBMITTED = Kind(
    key="drafts-submitted",
    title=_("Drafts you submitted for approval"),
    model="wagtailcore.WorkflowState",
    what=_("Which drafts you, as one of our staff, submitted, and what became of it."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("requested_by"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("It shows that the draft was approved. That it was you is taken out."),
    of_staff=True,
    columns=(
        Column("created_at", _("When you submitted it")),
        Column("status", _("What became of it")),
        that_it_was_you("requested_by", _("Who submitted it")),
    ),
    free=("content_type", "base_content_type", "object_id", "workflow", "current_task_state"),
)

APPROVALS = Kind(
    key="approvals",
    title=_("Drafts you approved or sent back"),
    model="wagtailcore.TaskState",
    what=_("Which drafts you, as one of our staff, approved or sent back, and what you wrote about it."),
    why=WORK,
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=WITH_THE_PAGE,
    receivers=(EDITORS,),
    found_by=(ByPerson("finished_by"),),
    erasure=Erasure.ANONYMISE,
    why_kept=_("It shows that the draft was approved. That it was you, and what you wrote, is taken out."),
    of_staff=True,
    columns=(
        Column("status", _("What you decided")),
        Column("started_at", _("When it was submitted")),
        Column("finished_at", _("When you decided")),
        Column("comment", _("What you wrote about it"), erased_as=""),
        that_it_was_you("finished_by", _("Who decided")),
    ),
    free=("workflow_state", "revision", "task", "content_type"),
)

KINDS = (COMMENTS, RESOLVED, REPLIES, SUBSCRIPTIONS, SUBMITTED, APPROVALS)
