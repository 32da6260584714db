"""On the CMS's home page: the drafts of policies that wait for an approval, for those who may give it."""

from typing import cast

from django.http import HttpRequest
from laces.components import Component

from accounts.models import User
from policies.desk.approving.people.approvers import may_approve_anywhere
from policies.desk.approving.waiting.duties import duties

SHOWN = 20


class WaitingReviews(Component):
    name = "policy_reviews"
    template_name = "policies/desk/approving/waiting.html"
    order = 205  # above what Wagtail says of moderation

    def get_context_data(self, parent_context: dict[str, object]) -> dict[str, object]:
        """Return what waits; nothing for those who cannot approve it."""
        request = parent_context["request"]
        assert isinstance(request, HttpRequest)  # noqa: S101  (Wagtail's home page gives it)
        allowed = may_approve_anywhere(cast(User, request.user))
        return {"duties": duties()[:SHOWN] if allowed else []}
