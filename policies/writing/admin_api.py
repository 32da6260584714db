"""The CMS's own API for pages: an action stands or falls as a whole, so a refusal keeps what was scheduled."""

from typing import Any

from django.db import transaction
from wagtail.admin.api.views import PagesAdminAPIViewSet


class PagesViewSet(PagesAdminAPIViewSet):
    def action_view(self, request: Any, pk: int, action_name: str) -> Any:
        with transaction.atomic():
            return super().action_view(request, pk, action_name)
