"""What the CMS's preview panel shows of a draft: the policy as it will read, and its redline."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.values.wording import Words
from policies.reading.contexts import redline_context
from policies.texts.document import Document
from policies.versions.models import PolicyVersion

MODES: list[tuple[str, Words]] = [("", _("Policy")), ("redline", _("Redline against the version in force"))]


class Draft(Protocol):
    """What a preview needs of a policy's page; `pk` is None while it was never saved."""

    pk: int
    slug: str
    about_personal_data: bool
    change_summary: str
    effective_from: dt.date | None
    links_because: str

    @property
    def document(self) -> Document: ...


# What rooms above remark on a draft, to be shown in its preview: they fill the list in AppConfig.ready(). A remark has
# the attributes that templates/policies/preview_remarks.html shows.
remarks_on: list[Callable[[Draft], Iterable[object]]] = []


def preview(page: Draft, request: HttpRequest, mode: str) -> HttpResponse:
    """Show a policy as it stands in memory: the text and the words of a form that was not saved.

    Args:
        page: the draft.
        request: the preview panel's.
        mode: the first of one of MODES.
    """
    if mode == "redline":
        return render_redline_preview(request, in_force_or_first(page.pk), page.document)
    return render_policy_preview(request, page.document, page)


def render_policy_preview(request: HttpRequest, document: Document, page: Draft) -> HttpResponse:
    """Show a draft as the policy will read, marked as a draft."""
    remarks = [remark for remark_on in remarks_on for remark in remark_on(page)]
    return render(request, "policies/preview.html", {"document": document, "page": page, "remarks": remarks})


def render_redline_preview(request: HttpRequest, old_version: PolicyVersion | None, document: Document) -> HttpResponse:
    """Show what a draft changes in a version, or say that there is no version to compare it with."""
    context: dict[str, object] = {"document": document, "old": old_version}
    if old_version:
        context |= redline_context(old_version.document, document)
    return render(request, "policies/preview_redline.html", context)


def in_force_or_first(page_id: int | None) -> PolicyVersion | None:
    """Return the version in force today; before the first one has begun, the newest that is announced."""
    if not page_id:
        return None
    today = PolicyVersion.objects.filter(page=page_id).in_force(on=timezone.localdate()).first()
    return today or PolicyVersion.objects.newest_kept(page_id)
