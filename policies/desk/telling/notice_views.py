"""What the CMS's pages of one notice have in common: who may open them, the notice, and its place."""

from typing import cast

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from policies.notices.models import AmendmentNotice, Delivery

VERSION_TEXTS = ("version__content", "version__text")


class NoticePermissions(ModelPermissionPolicy):
    """Notices are made by announcing and never edited: they are looked at, and steered. Who steers them looks, too."""

    def user_has_permission(self, user: User, action: str) -> bool:
        if action == "view":
            return self.user_has_permission(user, "steer") or bool(super().user_has_permission(user, "view"))
        return action == "steer" and bool(super().user_has_permission(user, action))


PERMISSIONS = NoticePermissions(AmendmentNotice)
# Deliveries say who was written to: a right of its own.
DELIVERY_PERMISSIONS = ModelPermissionPolicy(Delivery)


def may_see_deliveries(user: User) -> bool:
    return bool(DELIVERY_PERMISSIONS.user_has_permission(user, "view"))


def may_steer(user: User) -> bool:
    return PERMISSIONS.user_has_permission(user, "steer")


def notices_of_the_desk() -> QuerySet[AmendmentNotice]:
    """Return notices with their versions, but neither with the mail nor with the texts."""
    return AmendmentNotice.objects.without_message().select_related("version").defer("message", *VERSION_TEXTS)


class NoticeView(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page about one notice, below its status page."""

    permission_policy = PERMISSIONS
    permission_required = "view"
    header_icon = "mail"
    request: HttpRequest

    def setup(self, request: HttpRequest, *args: object, pk: int, **kwargs: object) -> None:
        """Find the notice.

        Raises:
            Http404: there is none of that number.
        """
        super().setup(request, *args, pk=pk, **kwargs)
        found = AmendmentNotice.objects.select_related("version__page", "follows__follows")
        self.notice: AmendmentNotice = get_object_or_404(found.defer(*VERSION_TEXTS), pk=pk)

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    def get_page_subtitle(self) -> str:
        return str(self.notice)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("notices:index"), "label": gettext("Notices")},
            {"url": reverse("notices:inspect", args=[self.notice.pk]), "label": self.get_page_subtitle()},
            {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(notice=self.notice, version=self.notice.version, **kwargs)
