"""Announcing by itself at a chosen time: what would be refused then is refused when the time is chosen."""

from collections.abc import Collection

from django.utils import timezone
from wagtail.models import Revision

from policies.versions.announcing import rehearse

POLICY = ("policies", "policypage")


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
