"""The CMS's pages on which an outsider is asked, and a link is taken back."""

from typing import cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from accounts.models import User
from policies.desk.approving.models import OutsideReview
from policies.desk.approving.outsiders.forms import AskForm
from policies.desk.approving.outsiders.reviewing import ask_outsider, take_back
from policies.desk.policy_views import PolicyView
from policies.versions.refused import AnnouncementRefused


class AskView(PolicyView, FormView):
    """Asks an outsider to look at the newest draft."""

    template_name = "policies/desk/approving/ask.html"
    form_class = AskForm
    page_title = _("Ask an outsider")
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
        how = (
            gettext("The link is mailed to %(address)s.") % {"address": review.address}
            if review.address
            else gettext("Hand over the link below.")
        )
        messages.success(
            self.request,
            gettext("%(name)s is asked to look at this draft. %(how)s") % {"name": review.name, "how": how},
        )
        return redirect("policies_cms:reviews", self.page.pk)


class TakeBackView(PolicyView, TemplateView):
    """Asks whether an outsider's link is to end now, and ends it."""

    template_name = "policies/desk/approving/take_back.html"
    page_title = _("Take back a review")
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
        messages.success(request, gettext("The link of %(name)s is taken back.") % {"name": self.review.name})
        return redirect("policies_cms:reviews", self.page.pk)
