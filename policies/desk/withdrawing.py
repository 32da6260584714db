"""Takes back an upcoming version: the version, the page's history and the editor's view of it, together."""

from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from policies.versions.announcing import withdraw
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage


def withdraw_version(page: PolicyPage, version: PolicyVersion, *, reason: str, by: User | None) -> None:
    """Withdraw, log it, and mark the page as having something unpublished: its text is no longer the announced one.

    Raises:
        AnnouncementRefused: it is in force, was withdrawn before, or no reason is given. Nothing is changed.
    """
    with transaction.atomic():
        # Announcing takes the same lock, so nobody announces on top of a version while it is being withdrawn.
        PolicyPage.objects.select_for_update(of=("self",)).values("pk").get(pk=page.pk)
        withdraw(version, reason=reason, by=by)
        PolicyPage.objects.filter(pk=page.pk).update(has_unpublished_changes=True)
        data = {"sequence": version.sequence, "number": version.number, "reason": reason.strip()}
        log(instance=page, action="policies.withdraw", user=by, data=data)
