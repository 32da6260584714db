"""The CMS's page about who said what of a draft, and what is decided on the look."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages

from accounts.cms.telling import confirm_identity
from accounts.models import User
from policies.desk.approving.deciding.approving import take_back_approval
from policies.desk.approving.deciding.on_the_look import announce_alone_as_seen, approve_as_seen, ask_for_changes
from policies.desk.approving.deciding.standing import standing_of
from policies.desk.approving.models import Approval
from policies.desk.approving.outsiders.reviewing import link_of
from policies.desk.approving.waiting.forms import DueForm
from policies.desk.policy_views import PolicyView, policy_for
from policies.desk.publishing import tell_and_leave
from policies.versions.refused import AnnouncementRefused

TAKEN_BACK = _("Your approval is taken back. It stays in the history and counts no more.")
SAID = {
    "approve": _("You approved exactly this draft. It can be announced; any change to it makes your approval void."),
    "changes": _("You asked for changes. Whoever submitted the draft is told."),
}


class ReviewsView(PolicyView, TemplateView):
    """Who wrote, approved and reviewed a policy's draft, and what is still asked for."""

    template_name = "policies/desk/approving/reviews.html"
    page_title = _("Reviews")
    header_icon = "group"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        user = cast(User, self.request.user)
        standing = standing_of(self.page, user)
        kwargs = {"due_form": DueForm(initial={"due_on": standing.duty.due_on})} | kwargs if standing.duty else kwargs
        links = [(review, self.request.build_absolute_uri(link_of(review))) for review in standing.asked]
        return super().get_context_data(standing=standing, links=links, **kwargs)


@require_POST
def decide(request: HttpRequest, page_id: int) -> HttpResponse:
    """Approve what was looked at, announce it alone in an emergency, or ask for changes; the form is on the look."""
    page = policy_for(request, page_id, publishing=True)
    by, token = cast(User, request.user), request.POST.get("token", "")
    deed, words = request.POST.get("deed", ""), request.POST.get("words", "")
    try:
        if deed == "emergency":
            confirm_identity(request)
            announce_alone_as_seen(page_id, token, by=by, reason=words)
        elif deed == "changes":
            ask_for_changes(page_id, token, by=by, words=words)
        else:
            approve_as_seen(page_id, token, by=by, words=words, announces=deed == "announce")
    except AnnouncementRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("policies_cms:look", page_id)
    if deed in SAID:
        messages.success(request, SAID[deed])
        return redirect("policies_cms:reviews", page_id)
    page.refresh_from_db()
    return tell_and_leave(request, page)


@require_POST
def take_back_own(request: HttpRequest, page_id: int, approval_id: int) -> HttpResponse:
    """Take back the approval that one gave oneself, before anything was announced by it.

    Raises:
        Http404: this policy has no such approval.
    """
    policy_for(request, page_id, publishing=True)
    approval = get_object_or_404(Approval, pk=approval_id, page=page_id)
    try:
        take_back_approval(approval, by=cast(User, request.user))
    except AnnouncementRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, TAKEN_BACK)
    return redirect("policies_cms:reviews", page_id)
