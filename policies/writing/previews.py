"""What the CMS's preview panel shows of a draft: the policy as it will read, and its redline."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from policies.versions.announcing import newest_kept
from policies.versions.models import PolicyVersion
from policies.writing.previews import render_policy_preview, render_redline_preview

if TYPE_CHECKING:
    from policies.writing.models import PolicyPage

MODES = [("", "Policy"), ("redline", "Redline against the version in force")]


def preview(page: "PolicyPage", request: HttpRequest, mode: str) -> HttpResponse:
    """Show the page as it stands in memory: the text and the words of a form that was not saved."""
    if mode == "redline":
        return render_redline_preview(request, in_force_or_first(page), page.document)
    return render_policy_preview(request, page.document, page)


def in_force_or_first(page: "PolicyPage") -> PolicyVersion | None:
    """Return the version in force today; before the first one has begun, the newest that is announced."""
    if not page.pk:
        return None
    today = PolicyVersion.objects.filter(page=page.pk).in_force(on=timezone.localdate()).first()
    return today or newest_kept(page.pk)
