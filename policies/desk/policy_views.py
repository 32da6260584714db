"""What the CMS's own views of one policy have in common: who may open them, its versions, and its place."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from policies.versions.history import History
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage

READ = "policies.view_policyversion"


def policy_for(request: HttpRequest, page_id: int, *, publishing: bool = False, reading: bool = False) -> PolicyPage:
    """Return the policy, if this editor may edit it (or announce it).

    Args:
        request: the editor's.
        page_id: the page of the policy.
        publishing: whether the editor must be allowed to announce it.
        reading: whether it is enough that they may read the versions, of which nothing is a draft.

    Raises:
        Http404: there is no such policy.
        PermissionDenied: this editor may not do that.
    """
    page = get_object_or_404(PolicyPage, pk=page_id)
    allowed = page.permissions_for_user(request.user)
    may = allowed.can_publish() if publishing else allowed.can_edit()
    if not (may or (reading and request.user.has_perm(READ))):
        raise PermissionDenied
    return page


def history_for(page: PolicyPage) -> History:
    versions = PolicyVersion.objects.outline().filter(page=page).select_related("announced_by", "withdrawn_by")
    return History(versions, on=timezone.localdate())


class PolicyView(WagtailAdminTemplateMixin):
    """A view of one policy, under its edit page."""

    header_icon = "history"
    publishing = False
    reading = False
    kwargs: dict[str, object]
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: object, page_id: int, **kwargs: object) -> None:
        super().setup(request, *args, page_id=page_id, **kwargs)
        self.page = policy_for(request, page_id, publishing=self.publishing, reading=self.reading)
        self.history = history_for(self.page)

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("policies_listing:index"), "label": gettext("Policies")},
            {"url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]), "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        may_announce = self.page.permissions_for_user(self.request.user).can_publish()
        return super().get_context_data(page=self.page, history=self.history, may_announce=may_announce, **kwargs)
