"""The CMS's page about the rule of two people."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.cms.telling import confirm_identity
from accounts.models import User
from policies.desk.approving.models import TwoPeopleRule
from policies.desk.approving.people.approvers import may_approve_anywhere
from policies.desk.approving.rule.forms import RuleForm
from policies.desk.approving.rule.switching import SWITCH, in_words, switch_rule


def may_see_rule(user: User) -> bool:
    """Whether somebody may look at the rule: who switches it, who approves, and who looks after data protection."""
    known = user.has_perm(SWITCH) or user.has_perm("policies.view_policyversion")
    return known or may_approve_anywhere(user)


class RuleView(WagtailAdminTemplateMixin, FormView):
    """How the rule of two people stands and stood; those who may switch it do so here."""

    template_name = "policies/desk/approving/rule.html"
    form_class = RuleForm
    page_title = _("Two people")
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

    @cached_property
    def rule(self) -> TwoPeopleRule:
        return TwoPeopleRule.in_force()

    def get_initial(self) -> dict[str, object]:
        return {name: getattr(self.rule, name) for name in ("is_on", "corrections_alone", "outsiders_count")}

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        switched = [(rule, in_words(rule)) for rule in TwoPeopleRule.objects.select_related("by")[:50]]
        says = in_words(self.rule)
        return super().get_context_data(switched=switched, says=says, may_switch=self.may_switch, **kwargs)

    def form_valid(self, form: RuleForm) -> HttpResponse:
        """Switch the rule, once they have confirmed who they are."""
        confirm_identity(self.request)
        rule = switch_rule(**form.cleaned_data, by=cast(User, self.request.user))
        messages.success(self.request, gettext("From now on: %(rule)s") % {"rule": in_words(rule)})
        return redirect("policies_cms:two_people")
