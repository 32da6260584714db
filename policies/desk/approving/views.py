"""The CMS's pages about approving: the rule of two people, and who said what about a draft."""

from collections.abc import Callable
from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from policies.desk.approving.approvers import approvers_anywhere
from policies.desk.approving.duties import claim, set_due
from policies.desk.approving.forms import AskForm, DueForm, RuleForm
from policies.desk.approving.models import OutsideReview, TwoPeopleRule
from policies.desk.approving.on_the_look import announce_alone_as_seen, approve_as_seen, ask_for_changes
from policies.desk.approving.reviewing import ask_outsider, link_of, take_back
from policies.desk.approving.standing import standing_of
from policies.desk.approving.switching import SWITCH, in_words, switch_rule
from policies.desk.policy_views import PolicyView, policy_for
from policies.desk.publishing import tell_and_leave
from policies.versions.refused import AnnouncementRefused

SAID = {
    "approve": "You approved exactly this draft. It can be announced; any change to it makes your approval void.",
    "changes": "You asked for changes. Whoever submitted the draft is told.",
}


def may_see_rule(user: User) -> bool:
    """Whether somebody may look at the rule: who switches it, who approves, and who looks after data protection."""
    known = user.has_perm(SWITCH) or user.has_perm("policies.view_policyversion")
    return known or approvers_anywhere().filter(pk=user.pk).exists()


class RuleView(WagtailAdminTemplateMixin, FormView):
    """How the rule of two people stands and stood; those who may switch it do so here."""

    template_name = "policies/desk/approving/rule.html"
    form_class = RuleForm
    page_title = "Two people"
    header_icon = "group"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Raises:
        PermissionDenied: this person may not look at the rule, or posts and may not switch it.
        """
        user = cast(User, request.user)
        self.may_switch = user.has_perm(SWITCH)
        if not may_see_rule(user) or (request.method == "POST" and not self.may_switch):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, object]:
        rule = TwoPeopleRule.in_force()
        return {name: getattr(rule, name) for name in ("is_on", "corrections_alone", "outsiders_count")}

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        switched = [(rule, in_words(rule)) for rule in TwoPeopleRule.objects.select_related("by")[:50]]
        says = in_words(TwoPeopleRule.in_force())
        return super().get_context_data(switched=switched, says=says, may_switch=self.may_switch, **kwargs)

    def form_valid(self, form: RuleForm) -> HttpResponse:
        rule = switch_rule(**form.cleaned_data, by=cast(User, self.request.user))
        messages.success(self.request, f"From now on: {in_words(rule)}")
        return redirect("policies_cms:two_people")


class ReviewsView(PolicyView, TemplateView):
    """Who wrote, approved and reviewed a policy's draft, and what is still asked for."""

    template_name = "policies/desk/approving/reviews.html"
    page_title = "Reviews"
    header_icon = "group"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        user = cast(User, self.request.user)
        standing = standing_of(self.page, user)
        kwargs = {"due_form": DueForm(initial={"due_on": standing.duty.due_on})} | kwargs if standing.duty else kwargs
        links = [(review, self.request.build_absolute_uri(link_of(review))) for review in standing.asked]
        return super().get_context_data(standing=standing, links=links, **kwargs)


class AskView(PolicyView, FormView):
    """Asks an outsider to look at the newest draft."""

    template_name = "policies/desk/approving/ask.html"
    form_class = AskForm
    page_title = "Ask an outsider"
    header_icon = "mail"

    def setup(self, request: HttpRequest, *args: object, page_id: int, **kwargs: object) -> None:
        """Raises:
        PermissionDenied: this editor may not ask outsiders.
        """
        super().setup(request, *args, page_id=page_id, **kwargs)
        if not cast(User, request.user).has_perm("policies.ask_outsiders"):
            raise PermissionDenied

    def form_valid(self, form: AskForm) -> HttpResponse:
        """Make the link, and lead to the page where it stands."""
        try:
            review = ask_outsider(self.page, **form.cleaned_data, by=cast(User, self.request.user))
        except AnnouncementRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        how = f"The link is mailed to {review.address}." if review.address else "Hand over the link below."
        messages.success(self.request, f"{review.name} is asked to look at this draft. {how}")
        return redirect("policies_cms:reviews", self.page.pk)


class TakeBackView(PolicyView, TemplateView):
    """Asks whether an outsider's link is to end now, and ends it."""

    template_name = "policies/desk/approving/take_back.html"
    page_title = "Take back a review"
    header_icon = "cross"

    def setup(self, request: HttpRequest, *args: object, page_id: int, **kwargs: object) -> None:
        """Raises:
        Http404: this policy has no such review.
        PermissionDenied: this editor may not ask outsiders.
        """
        super().setup(request, *args, page_id=page_id, **kwargs)
        if not cast(User, request.user).has_perm("policies.ask_outsiders"):
            raise PermissionDenied
        self.review = get_object_or_404(OutsideReview, pk=kwargs["review_id"], page=self.page)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(review=self.review, **kwargs)

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        take_back(self.review, by=cast(User, request.user))
        messages.success(request, f"The link of {self.review.name} is taken back.")
        return redirect("policies_cms:reviews", self.page.pk)


@require_POST
def decide(request: HttpRequest, page_id: int) -> HttpResponse:
    """Approve what was looked at, announce it alone in an emergency, or ask for changes; the form is on the look."""
    page = policy_for(request, page_id, publishing=True)
    by, token = cast(User, request.user), request.POST.get("token", "")
    deed, words = request.POST.get("deed", ""), request.POST.get("words", "")
    try:
        if deed == "emergency":
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
def claim_review(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say that one looks at the draft, or that one does not after all."""
    page = policy_for(request, page_id, publishing=True)
    claims = request.POST.get("claims") != "no"
    said = "You said that you look at this draft." if claims else "You said that you do not look at it after all."
    return _done(request, page_id, lambda: claim(page, by=cast(User, request.user), claims=claims), said)


@require_POST
def set_due_day(request: HttpRequest, page_id: int) -> HttpResponse:
    """Say until when the review should be done."""
    page, form = policy_for(request, page_id, publishing=True), DueForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That is no day. Write it as 2027-01-31.")
        return redirect("policies_cms:reviews", page_id)
    day = form.cleaned_data["due_on"]
    return _done(request, page_id, lambda: set_due(page, day, by=cast(User, request.user)), "The day is set.")


def _done(request: HttpRequest, page_id: int, deed: Callable[[], None], said: str) -> HttpResponse:
    try:
        deed()
    except AnnouncementRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("policies_cms:reviews", page_id)
