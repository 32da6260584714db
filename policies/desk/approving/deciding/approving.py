"""Approving a draft: for one digest, by somebody who wrote none of it; or, in an emergency, with a reason."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from accounts.models import User
from accounts.values.wording import moment_in_words
from policies.desk.approving.draft import Draft, newest_draft
from policies.desk.approving.mailing import write_to
from policies.desk.approving.models import Approval, ApprovalKind
from policies.desk.approving.people.approvers import approvers_of
from policies.desk.approving.people.authors import UNKNOWN
from policies.versions.refused import AnnouncementRefused
from policies.writing.models import PolicyPage

EMERGENCY = "policies.announce_in_emergency"
CHANGED = _("The draft was changed while you looked at it. Look at it again.")
WROTE_IT = _("You wrote part of this draft, so somebody else must approve it.")
NOBODY_KNOWN = _(
    "It is not known who wrote part of this draft: it came from a file, or by an account that is gone. So nobody can "
    "be said not to have written it. Begin the draft anew from the text, or announce it in an emergency, with a reason."
)
SERVED = _(
    "A version was announced by this approval, so it stays. Withdraw the version if it must not come into force."
)
NOT_LATER = _("In an emergency it is announced at once. Take the time of announcing away, or have it approved.")


def approve(page: PolicyPage, digest: str, *, by: User, words: str = "") -> Approval:
    """Say yes to a draft, as it was looked at.

    Args:
        page: the policy.
        digest: of what was looked at.
        by: who approves.
        words: what they want to say about it.

    Raises:
        PermissionDenied: this person may not announce the policy.
        AnnouncementRefused: the draft is another one by now, or they wrote part of it.
    """
    with transaction.atomic():
        draft = _the_one(page, digest, by)
        if refusal := may_not_approve(draft, by):
            raise AnnouncementRefused(refusal)
        return _write_down(draft, ApprovalKind.APPROVAL, by, words)


def may_not_approve(draft: Draft, by: User) -> str:
    """Say why this person cannot be the second one for this draft; nothing if they can."""
    if by.pk in draft.authors:
        return str(WROTE_IT)
    return str(NOBODY_KNOWN) if UNKNOWN in draft.authors else ""


def take_back_approval(approval: Approval, *, by: User) -> None:
    """Let one's own yes count no more, as long as nothing was announced by it. The row stays.

    Raises:
        PermissionDenied: it is somebody else's.
        AnnouncementRefused: something was announced by it, or it was taken back before.
    """
    with transaction.atomic():
        PolicyPage.objects.select_for_update(of=("self",)).values("pk").get(pk=approval.page_id)
        fresh = Approval.objects.select_for_update(of=("self",)).select_related("page", "revision").get(pk=approval.pk)
        if fresh.by_id != by.pk:
            raise PermissionDenied
        if fresh.version_id or fresh.taken_back_at:
            raise AnnouncementRefused(SERVED if fresh.version_id else gettext("You took this approval back before."))
        fresh.taken_back_at = timezone.now()
        fresh.save(update_fields=["taken_back_at"])
        data = {"digest": fresh.digest}
        log(instance=fresh.page, action="policies.approval_taken_back", user=by, revision=fresh.revision, data=data)


def announce_in_emergency(page: PolicyPage, digest: str, *, by: User, reason: str) -> Approval:
    """Let one person stand behind a draft alone, for a reason that stays, and tell everybody who could have approved.

    The caller announces in the same transaction.

    Raises:
        PermissionDenied: this person may not announce the policy, or not so.
        AnnouncementRefused: no reason is given, the draft is another one by now, or it is to be announced later.
    """
    if not by.has_perm(EMERGENCY):
        raise PermissionDenied
    if not reason.strip():
        raise AnnouncementRefused(gettext("Say why it cannot wait for a second person: the reason stays."), "reason")
    with transaction.atomic():
        draft = _the_one(page, digest, by)
        if draft.proposal.scheduled_for:
            raise AnnouncementRefused(NOT_LATER)
        approval = _write_down(draft, ApprovalKind.EMERGENCY, by, reason)
        words = {"page": draft.page, "by": by, "reason": approval.words, "at": moment_in_words(approval.at)}
        write_to(approvers_of(page), "emergency", words)
    return approval


def enter_approval(draft: Draft, *, by: User, reason: str) -> Approval:
    """Enter that somebody approved a draft outside the CMS: the way of commands, whoever types them.

    Raises:
        AnnouncementRefused: they may not announce the policy, wrote part of it, or no reason is given.
    """
    if not reason.strip():
        raise AnnouncementRefused(gettext("Say how it was approved."))
    if not by.is_active or not draft.page.permissions_for_user(by).can_publish():
        raise AnnouncementRefused(
            gettext("%(by)s may not announce this policy, and so cannot approve it.") % {"by": by}
        )
    if by.pk in draft.authors:
        raise AnnouncementRefused(
            gettext("%(by)s wrote part of this draft. Somebody else must approve it.") % {"by": by}
        )
    return _write_down(draft, ApprovalKind.COMMAND, by, reason)


def _the_one(page: PolicyPage, digest: str, by: User) -> Draft:
    if not by.is_active or not page.permissions_for_user(by).can_publish():
        raise PermissionDenied
    draft = newest_draft(page.pk, by=by, locked=True)
    if draft.digest != digest:
        raise AnnouncementRefused(CHANGED)
    return draft


def _write_down(draft: Draft, kind: ApprovalKind, by: User, words: str) -> Approval:
    approval = Approval.objects.create(
        page=draft.page, revision=draft.revision, digest=draft.digest, amends=draft.amends, kind=kind, by=by,
        words=words.strip(),
    )  # fmt: skip
    data = {"digest": approval.digest}
    if kind != ApprovalKind.APPROVAL:
        data["reason"] = approval.words
    log(instance=draft.page, action=f"policies.{kind}", user=by, revision=draft.revision, data=data)
    return approval
