"""What the pages of bringing a document in have in common: who may open them, where they are, what they carry."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.flows.persons import PersonsRequest
from policies.desk.intake.carrying import CarriedDocument, carried_document, carry_document
from policies.desk.intake.who import may_add, may_record, why_locked
from policies.desk.policy_views import policy_for
from policies.writing.models import PolicyPage


class IntakeView(WagtailAdminTemplateMixin, View):
    """A page on the way of a document into a policy, or into a new one where no policy is named."""

    page_title = _("Import a document")
    header_icon = "upload"
    request: PersonsRequest
    page: PolicyPage | None = None
    recording = False

    def setup(self, request: HttpRequest, *args: object, page_id: int | None = None, **kwargs: object) -> None:
        """Find the policy.

        Raises:
            Http404: there is no such policy, or it is an alias.
            PermissionDenied: this editor may not bring a document in here.
        """
        super().setup(request, *args, **kwargs)
        if page_id is not None:
            self.page = policy_for(request, page_id)
            if self.page.alias_of_id:
                raise Http404("An alias has no text of its own.")
        elif not may_add(request.user):
            raise PermissionDenied
        if self.recording and not may_record(request.user, self.page):
            raise PermissionDenied

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if self.page and (words := why_locked(self.page, request.user)):
            messages.error(request, words)
            return redirect("wagtailadmin_pages:edit", self.page.pk)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title()) if self.page else gettext("A new policy")

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        """Return the way here: the list of policies, and the policy."""
        way: list[dict[str, object]] = [
            *self.breadcrumbs_items,
            {"url": reverse("policies_listing:index"), "label": gettext("Policies")},
        ]
        if self.page:
            edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
            way.append({"url": edit, "label": self.get_page_subtitle()})
        return [*way, {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}]

    def address(self, name: str) -> str:
        return reverse(f"policies_cms:{name}", args=[self.page.pk] if self.page else [])

    @property
    def by(self) -> int:
        return self.request.user.pk

    @property
    def number(self) -> int | None:
        return self.page.pk if self.page else None

    def document(self) -> CarriedDocument:
        return carried_document(self.request.POST.get("carried", ""), self.by, self.number)

    def carried(self, document: CarriedDocument) -> str:
        return carry_document(document, self.by, self.number)

    def show(self, template: str, **context: object) -> HttpResponse:
        self.template_name = f"policies/desk/intake/{template}.html"
        return self.render_to_response(self.get_context_data(page=self.page, **context))
