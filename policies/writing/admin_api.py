"""The CMS's own API for pages: an action stands or falls as a whole, so a refusal keeps what was scheduled."""

from django.db import transaction
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.admin.api.views import PagesAdminAPIViewSet


class PagesViewSet(PagesAdminAPIViewSet):
    def action_view(self, request: Request, pk: int, action_name: str) -> Response:
        with transaction.atomic():
            return super().action_view(request, pk, action_name)
