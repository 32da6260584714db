"""What the CMS keeps for the people who use it: their settings, and what they are editing at the moment."""

import wagtail
from django.utils.translation import gettext_lazy as _
from wagtail.admin.models import EditingSession, FormState

from accounts.personal_data.register import (
    AS_LONG_AS_THE_ACCOUNT,
    ByPerson,
    Column,
    Erasure,
    Kind,
    LawfulBasis,
    Retention,
)
from accounts.personal_data.staff_work import EDITORS

PROFILE = Kind(
    key="cms-settings",
    title=_("Your settings in the CMS"),
    model="wagtailusers.UserProfile",
    what=_("How the CMS looks for you, what it writes to you about, and your picture in it if you gave one."),
    why=_("So that the CMS is as you want it."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(EDITORS,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    of_staff=True,
    columns=(
        Column("avatar", _("Your picture"), file=True),
        Column("preferred_language", _("Your language")),
        Column("current_time_zone", _("Your time zone")),
        Column("submitted_notifications", _("Whether you are told of drafts submitted")),
        Column("approved_notifications", _("Whether you are told of drafts approved")),
        Column("rejected_notifications", _("Whether you are told of drafts sent back")),
        Column("updated_comments_notifications", _("Whether you are told of comments")),
        Column("dismissibles", _("Which hints you have closed")),
        Column("theme", _("Light or dark")),
        Column("contrast", _("Contrast")),
        Column("density", _("How close together things stand")),
        Column("keyboard_shortcuts", _("Whether you use the keyboard for commands")),
    ),
)

EDITING = Kind(
    key="editing-now",
    title=_("What you have open in the CMS"),
    model="wagtailadmin.EditingSession",
    what=_("Which page you have open, so that colleagues see it."),
    why=_("So that two people do not change the same page unawares."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("{span} after you leave the page"), after=EditingSession.STALE_TIMEOUT, since="last_seen_at"),
    receivers=(EDITORS,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    of_staff=True,
    columns=(
        Column("last_seen_at", _("When you had it open last")),
        Column("is_editing", _("Whether you have changed anything")),
    ),
    free=("content_type", "object_id"),
)

FORMS = Kind(
    key="previews",
    title=_("What you previewed in the CMS"),
    model="wagtailadmin.FormState",
    what=_("What stood in a form of the CMS when you previewed it, before it was saved."),
    why=_("So that you can see how a page will look before you save it."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("{span} after the last preview"), after=FormState.STALE_TIMEOUT, since="last_updated_at"),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    of_staff=True,
    columns=(Column("data", _("What stood in the form")), Column("last_updated_at", _("When you previewed it last"))),
    free=("content_type", "object_id", "parent_object_id"),
)

UPLOADS = Kind(
    key="uploads-not-finished",
    title=_("Uploads you did not finish"),
    model="wagtailcore.UploadedFile",
    what=_("Files you sent to the CMS, and did not save."),
    why=_("So that the CMS can ask you for what is missing before it saves them."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("Until you save or cancel it, or your account is closed"), enforced_by="closing the account"),
    receivers=(EDITORS,),
    found_by=(ByPerson("uploaded_by_user"),),
    erasure=Erasure.DELETE,
    of_staff=True,
    columns=(Column("file", _("The file"), file=True),),
    free=("for_content_type",),
)

TASKS = Kind(
    key="background-work",
    title=_("What the site did in the background"),
    model="django_tasks_database.DBTaskResult",
    what=_("Which work waited and was done, such as sending mail, by numbers. What went wrong may by chance name you."),
    why=_("So that work is done when a server fails, and so that faults are found."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=Retention(_("Two weeks after it was done"), enforced_by="housekeeping, by the queue's own command"),
    receivers=(_("Those who run our servers"),),
    found_by=(),
    erasure=Erasure.KEEP,
    why_kept=_("Nobody can be found in it, and it is gone after two weeks."),
    columns=(
        Column(
            "args_kwargs",
            _("What the work was about, by numbers"),
            exported=False,
            why_not=_("Nobody can be found in it"),
        ),
        Column("return_value", _("What came of it"), exported=False, why_not=_("Nobody can be found in it")),
        Column("traceback", _("What went wrong"), exported=False, why_not=_("Nobody can be found in it")),
    ),
    free=(
        "id",
        "status",
        "enqueued_at",
        "started_at",
        "finished_at",
        "priority",
        "task_path",
        "worker_ids",
        "queue_name",
        "backend_name",
        "run_after",
        "exception_class_path",
    ),
)

# From Wagtail 8 on.
TOKENS = Kind(
    key="api-tokens",
    title=_("Keys for programs"),
    model="wagtailcore.APIToken",
    what=_("The keys with which programs work in the CMS in your name."),
    why=_("So that a program can do for you what you allow it to do."),
    basis=LawfulBasis.LEGITIMATE_INTERESTS,
    retention=AS_LONG_AS_THE_ACCOUNT,
    receivers=(EDITORS,),
    found_by=(ByPerson("user"),),
    erasure=Erasure.DELETE,
    of_staff=True,
    columns=(
        Column("name", _("What you called it")),
        Column("prefix", _("How it begins")),
        Column("created", _("When it was made")),
        Column("revoked_at", _("When it was made invalid")),
        Column("last_used_at", _("When it was last used")),
        Column("key_hash", _("By what it is recognised"), exported=False, why_not=_("The key is recognised by it")),
    ),
)

KINDS = (PROFILE, EDITING, FORMS, UPLOADS, TASKS, *((TOKENS,) if wagtail.VERSION >= (8,) else ()))
