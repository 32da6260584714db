"""The page that says why an announced policy, or what it stands under, is not deleted, taken offline or moved."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from policies.versions.models import PolicyVersion
from policies.writing.permanence import announced_under

DONE = {"delete": _("deleted"), "unpublish": _("taken offline"), "move": _("moved")}


def refuse_to(action: str, request: HttpRequest, pages: Iterable[object]) -> HttpResponse | None:
    """Return the page that says no, if announced policies are among these pages or stand under them.

    Args:
        action: one of DONE.
        request: of the CMS.
        pages: what was chosen; anything that is no page is ignored.
    """
    pages = [page for page in pages if isinstance(page, Page)]
    policies = list(announced_under(pages))
    if not policies:
        return None
    newest = PolicyVersion.objects.outline().filter(page__in=policies).order_by("page", "-sequence")
    numbers = {version.page_id: version.number for version in reversed(newest)}
    return render(
        request,
        "policies/cms/refused.html",
        {
            "done": DONE[action],
            "pages": pages,
            "policies": [(policy, numbers[policy.pk]) for policy in policies],
            "upcoming": PolicyVersion.objects.outline().filter(page__in=policies).upcoming(on=timezone.localdate()),
        },
        status=409,
    )
