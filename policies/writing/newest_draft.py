"""Guards a policy's newest draft: nothing older is saved over it, and nobody replaces another's without knowing."""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision, TaskState

from accounts.models import User
from policies.versions.models import PolicyVersion

OLDER = _("A newer draft was saved meanwhile, so this older one was not saved over it. Open the policy again to go on.")


def may_be_overwritten(page: Page, revision: Revision | None, by: User | None) -> Revision | None:
    """Return the revision that an autosave may write over; None where it makes a new one.

    Called inside the transaction that saves. The row of the page is locked, so that two saves come one after the other.

    Args:
        page: as the editor's form left it, with the newest draft that its request had found.
        revision: which one the browser asks to write over, if any.
        by: who saves.

    Raises:
        PermissionDenied: another draft was saved since this request began. Wagtail's view answers with the words.
    """
    if page.pk and (revision or page.saves_by_itself):
        type(page).objects.select_for_update(of=("self",)).values("pk").get(pk=page.pk)
        newest = page.revisions.order_by("-created_at", "-pk").values_list("pk", "created_at").first()
        if newest and newest != (page.latest_revision_id, page.latest_revision_created_at):
            raise PermissionDenied(OLDER)
    # That of somebody else is left to Wagtail, which refuses it.
    theirs = revision is not None and revision.user_id == (by.pk if by else None)
    return None if revision is not None and theirs and is_kept(revision) else revision


def is_kept(revision: Revision) -> bool:
    """Whether a draft stays as it is, since something was done or decided about exactly its words."""
    return any(keeps(revision) for keeps in reasons_to_keep)


def _was_announced(revision: Revision) -> bool:
    return PolicyVersion.objects.filter(revision=revision.pk).exists()


def _is_live(revision: Revision) -> bool:
    """Announcing a text that was announced already makes no version, but the page's row stands on that draft."""
    return Page.objects.filter(live_revision=revision.pk).exists()


def _is_scheduled(revision: Revision) -> bool:
    return Revision.objects.filter(pk=revision.pk).exclude(approved_go_live_at=None).exists()


def _was_submitted(revision: Revision) -> bool:
    return TaskState.objects.filter(revision=revision.pk).exists()


# Rooms above add what else is decided about a draft, such as an approval, in `AppConfig.ready()`.
reasons_to_keep: list[Callable[[Revision], bool]] = [_was_announced, _is_live, _is_scheduled, _was_submitted]


def draft_of_somebody_else(page: Page, since: str, by: User | None) -> Revision | None:
    """Return the newest draft that somebody else saved after a form was opened.

    Args:
        page: the policy.
        since: when the draft that the form showed was saved, in ISO 8601; nothing is found where it says nothing.
        by: who has the form open.
    """
    try:
        seen = parse_datetime(since)
    except ValueError:
        seen = None
    if not page.pk or seen is None or seen.tzinfo is None:
        return None
    newer = page.revisions.filter(created_at__gt=seen).exclude(user=by)
    return newer.select_related("user").order_by("-created_at").first()


def said_when(moment: dt.datetime | None) -> str:
    """Return the moment as `draft_of_somebody_else` takes it."""
    return moment.isoformat() if moment else ""


def mark_who_saves(request: HttpRequest, page: Page) -> None:
    """Note on the page whether its editor pressed a button, or the browser saves by itself, which asks for JSON."""
    page.saves_by_itself = not request.accepts("text/html")
