"""Who may open the desk, and that it is written down whenever a member of staff opens somebody's case."""

import datetime as dt
from typing import Final, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from accounts.rights.models import RightsRequest, Story, What
from accounts.rights.moves import By, write_down

PERMISSION: Final = "rights.handle_rightsrequest"
POLICY: Final = ModelPermissionPolicy(RightsRequest)
# Each page after the first within this time belongs to the same visit: one line of the story for it.
ONE_VISIT: Final = dt.timedelta(minutes=30)


def may_handle(user: User | AnonymousUser) -> bool:
    return user.has_perm(PERMISSION)


def staff_of_the_desk() -> QuerySet[User]:
    """Return who can be given a case: everybody active who may handle them."""
    ids = [user.pk for user in cast("QuerySet[User]", POLICY.users_with_permission("handle")) if user.is_active]
    return User.objects.filter(pk__in=ids).order_by("email")


def note_opening(request: RightsRequest, user: User) -> None:
    """Write down that a member of staff opened the case; the person reads it. Once for each visit."""
    since = timezone.now() - ONE_VISIT
    opened = Story.objects.filter(request=request, by=user, what=What.OPENED_BY_STAFF, at__gt=since)
    if not opened.exists():
        write_down(request, By.staff(user), What.OPENED_BY_STAFF)


class DeskView(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page of the desk."""

    permission_policy = POLICY
    permission_required = "handle"
    header_icon = "clipboard-list"
    request: HttpRequest

    @property
    def user(self) -> User:
        return cast(User, self.request.user)

    @property
    def by(self) -> By:
        return By.staff(self.user)

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        queue: dict[str, object] = {"url": reverse("rights_desk:index"), "label": gettext("Requests and complaints")}
        return [*self.breadcrumbs_items, queue, {"url": "", "label": self.get_page_title()}]


class CaseView(DeskView):
    """A page about one case."""

    def setup(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        """Find the case.

        Raises:
            Http404: there is none, or nobody has confirmed its address yet.
        """
        super().setup(request, *args, **kwargs)
        found = RightsRequest.objects.confirmed().select_related("person", "assigned_to", "entered_by")
        self.case: RightsRequest = get_object_or_404(found, pk=kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.case.reference

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        *above, this = super().get_breadcrumbs_items()
        own: dict[str, object] = {"url": reverse("rights_desk:case", args=[self.case.pk]), "label": self.case.reference}
        return [*above, own, {**this, "sublabel": self.case.reference}]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(case=self.case, **kwargs)
