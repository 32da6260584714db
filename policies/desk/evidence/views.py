"""The page of a version from which its evidence is taken."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic.base import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.flows.persons import PersonsRequest
from accounts.models import User
from policies.desk.evidence.pack import Pack
from policies.desk.evidence.taking import may_take, may_take_of_people, take, take_of_person
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage


class PersonForm(forms.Form):
    """Whose evidence it is."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The one that the person signs in with."),
        error_messages={"required": _("Say whose.")},
    )

    def clean_email(self) -> str:
        """Find the person.

        Raises:
            ValidationError: nobody signs in with this address.
        """
        self.person = User.objects.filter(email=self.cleaned_data["email"]).first()
        if self.person is None:
            raise forms.ValidationError(gettext("Nobody signs in with this address."))
        return self.person.email


class EvidenceView(WagtailAdminTemplateMixin, View):
    """GET explains and asks; POST streams the ZIP."""

    template_name = "policies/desk/evidence/take.html"
    header_icon = "download"
    request: PersonsRequest

    def setup(self, request: HttpRequest, *args: object, page_id: int, number: str, **kwargs: object) -> None:
        """Find the version.

        Raises:
            PermissionDenied: this person may take no evidence.
            Http404: there is no such version.
        """
        super().setup(request, *args, **kwargs)
        if not (may_take(request.user) or may_take_of_people(request.user)):
            raise PermissionDenied
        self.page = get_object_or_404(PolicyPage, pk=page_id)
        versions = PolicyVersion.objects.outline().filter(page=self.page).select_related("announced_by", "withdrawn_by")
        found = next((version for version in versions if version.number == number), None)
        if found is None:
            raise Http404(f"There is no version {number}.")
        self.version = found

    def get_page_title(self) -> str:
        return gettext("Evidence of version %(number)s") % {"number": self.version.number}

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("policies_listing:index"), "label": gettext("Policies")},
            {"url": reverse("policies_cms:versions", args=[self.page.pk]), "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return self.show(PersonForm())

    def post(self, request: PersonsRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Stream what was asked for.

        Raises:
            PermissionDenied: this person may take the other kind only.
        """
        if request.POST.get("of") == "person":
            return self.of_person()
        if not may_take(request.user):
            raise PermissionDenied
        return sent(take(self.version, by=request.user))

    def of_person(self) -> HttpResponseBase:
        """Raises: PermissionDenied: this person may not take what is held of people."""
        if not may_take_of_people(self.request.user):
            raise PermissionDenied
        form = PersonForm(self.request.POST)
        if not form.is_valid() or form.person is None:
            return self.show(form)
        return sent(take_of_person(self.version, form.person, by=self.request.user))

    def show(self, form: PersonForm) -> HttpResponse:
        user = self.request.user
        rights = {"may_take": may_take(user), "may_take_of_people": may_take_of_people(user)}
        return self.render_to_response(self.get_context_data(page=self.page, version=self.version, form=form, **rights))


def sent(pack: Pack) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{pack.name}"'}
    return StreamingHttpResponse(pack.pieces(), content_type="application/zip", headers=headers)
