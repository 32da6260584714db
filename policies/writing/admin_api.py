"""The CMS's own API for pages: an action stands or falls as a whole, so a refusal keeps what was scheduled."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.admin.api.views import PagesAdminAPIViewSet

from policies.versions.announcing import AnnouncementRefused
from policies.writing.models import PolicyPage


class PagesViewSet(PagesAdminAPIViewSet):
    def action_view(self, request: Request, pk: int, action_name: str) -> Response:
        """Do what is asked.

        Raises:
            AnnouncementRefused: a rule speaks against it, or it would announce a policy that nobody has looked at.
        """
        if action_name == "publish":
            _look_first(request, pk)
        with transaction.atomic():
            return super().action_view(request, pk, action_name)


def _look_first(request: Request, pk: int) -> None:
    page = PolicyPage.objects.filter(pk=pk).first()
    if page and page.permissions_for_user(request.user).can_publish():
        look = request.build_absolute_uri(reverse("policies_cms:look", args=[page.pk]))
        refusal = AnnouncementRefused(
            gettext("A policy is announced by somebody who looks at what that does, at %(look)s") % {"look": look}
        )
        refusal.page_id = page.pk
        raise refusal
