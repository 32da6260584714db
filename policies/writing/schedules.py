"""Announcing by itself at a chosen time: who chose it, and what is refused already when it is chosen."""

from collections.abc import Collection

from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from accounts.models import User
from policies.versions.announcing import rehearse

POLICY = ("policies", "policypage")


def who_scheduled(revision: Revision) -> User | None:
    """Return who chose the time at which this draft is announced; None if it has none, or nobody is known."""
    if revision.approved_go_live_at is None:
        return None
    entries = PageLogEntry.objects.filter(
        page=revision.object_id, action="wagtail.publish.schedule", revision=revision.pk
    )
    entry = entries.select_related("user").order_by("-timestamp").first()
    return entry.user if entry else None


def refuse_to_schedule(
    sender: type[Revision], instance: Revision, update_fields: Collection[str] | None = None, **_: object
) -> None:
    """Ask the door when a policy's draft is given its time, whichever way: nobody waits for what will be refused.

    Wagtail writes the time into the revision's row, and of a live page saves nothing else.

    Raises:
        AnnouncementRefused: a rule speaks against announcing it then. The time is not set.
    """
    at = instance.approved_go_live_at
    if instance.pk is None or at is None or at <= timezone.now():
        return
    if update_fields is not None and "approved_go_live_at" not in update_fields:
        return
    if instance.content_type.natural_key() != POLICY or _stands(instance):
        return
    draft = instance.as_object()
    for refusal in rehearse(draft.proposal(instance)):
        refusal.page_id = draft.pk
        raise refusal


def _stands(revision: Revision) -> bool:
    """Whether the time was set before."""
    return Revision.objects.filter(pk=revision.pk, approved_go_live_at=revision.approved_go_live_at).exists()
