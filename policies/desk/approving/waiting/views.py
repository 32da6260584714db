"""Posts from the page of reviews: who looks at a waiting draft, and until when."""

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from accounts.models import User
from policies.desk.approving.waiting.duties import claim, set_due
from policies.desk.approving.waiting.forms import DueForm
from policies.desk.policy_views import policy_for
from policies.versions.refused import AnnouncementRefused


@require_POST
def claim_review(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say that one looks at the draft, or that one does not after all."""
    page = policy_for(request, page_id, publishing=True)
    claims = request.POST.get("claims") != "no"
    said = (
        gettext("You said that you look at this draft.")
        if claims
        else gettext("You said that you do not look at it after all.")
    )
    return _done(request, page_id, lambda: claim(page, by=cast(User, request.user), claims=claims), said)


@require_POST
def set_due_day(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say until when the review should be done."""
    page, form = policy_for(request, page_id, publishing=True), DueForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("That is no day. Write it as 2027-01-31."))
        return redirect("policies_cms:reviews", page_id)
    day = form.cleaned_data["due_on"]
    return _done(request, page_id, lambda: set_due(page, day, by=cast(User, request.user)), gettext("The day is set."))


def _done(request: HttpRequest, page_id: int, deed: Callable[[], None], said: str) -> HttpResponse:
    try:
        deed()
    except AnnouncementRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("policies_cms:reviews", page_id)
