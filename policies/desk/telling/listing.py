"""The entry “Notices” in the menu of the CMS: the list, and the addresses below it."""

from typing import ClassVar

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn, Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.cms.filters import NamedFilters
from accounts.models import User
from policies.desk.telling import correcting, deliveries, mails, status, steering
from policies.desk.telling.notice_views import PERMISSIONS, notices_of_the_desk
from policies.notices.models import AmendmentNotice
from policies.notices.models.notices import NOTICE_OPEN
from policies.notices.steering import Deed


def start(notice: AmendmentNotice) -> str:
    return date_format(localtime(notice.held_until), "j M Y, H:i")


class NoticeFilters(NamedFilters):
    names: ClassVar = {"state": _("State"), "kind": _("Kind"), "audience": _("Audience")}

    class Meta:
        model = AmendmentNotice
        fields = ("state", "kind", "audience")


OWN = [
    path("<int:pk>/progress/", status.Progress.as_view(), name="progress"),
    path("<int:pk>/correct/", correcting.CorrectingView.as_view(), name="correct"),
    path("<int:pk>/correct/html/", correcting.DraftedMailView.as_view(), name="correct_html"),
    path("<int:pk>/mail/", mails.MailView.as_view(), name="mail"),
    path("<int:pk>/mail/html/", mails.MailFrameView.as_view(), name="mail_html"),
    path("<int:pk>/mail/test/", mails.TestMailView.as_view(), name="test"),
    path("<int:pk>/deliveries/", deliveries.DeliveriesView.as_view(), name="deliveries"),
    path(
        "<int:pk>/deliveries/results/",
        deliveries.DeliveriesView.as_view(results_only=True),
        name="deliveries_results",
    ),
    path("deliveries/<int:pk>/", deliveries.DeliveryView.as_view(), name="delivery"),
    path("deliveries/<int:pk>/html/", deliveries.DeliveryFrameView.as_view(), name="delivery_html"),
]
COLUMNS: list[BaseColumn] = [
    TitleColumn("version", label=_("About"), get_url=lambda notice: reverse("notices:inspect", args=[notice.pk])),
    Column("get_kind_display", label=_("Occasion")),
    Column("get_audience_display", label=_("Written to")),
    StatusTagColumn("get_state_display", label=_("State"), primary=lambda notice: notice.state in NOTICE_OPEN),
    Column("held_until", label=_("E-mails from"), accessor=start),
    *(
        NumberColumn(name, label=label)
        for name, label in (("recipients", _("Recipients")), ("sent", _("Sent")), ("failed", _("Failed")),
                            ("unreachable", _("Unreachable")), ("skipped", _("Not sent")))
    ),
]  # fmt: skip


class NoticesView(IndexView):
    """All notices, the newest first."""

    page_title = _("Notices")
    columns = COLUMNS
    filterset_class = NoticeFilters
    default_ordering = "-pk"
    is_searchable = False
    any_permission_required = ("view",)

    def get_base_queryset(self) -> QuerySet[AmendmentNotice]:
        return notices_of_the_desk()


class NoticeHistory(HistoryView):
    """What people did with one notice. Wagtail's own asks for a right to change it."""

    any_permission_required = ("view",)

    def get_base_object_queryset(self) -> QuerySet[AmendmentNotice]:
        return notices_of_the_desk()

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        *above, history = super().get_breadcrumbs_items()
        own = {"url": reverse("notices:inspect", args=[self.object.pk]), "label": self.get_page_subtitle()}
        return [*above, own, history]

    header_buttons = ()


class NoticeFinder:
    """Tells the reports of Wagtail where a notice is."""

    def __init__(self, user: User) -> None:
        self.user = user

    def get_edit_url(self, notice: AmendmentNotice) -> str | None:
        if not PERMISSIONS.user_has_permission(self.user, "view"):
            return None
        return reverse("notices:inspect", args=[notice.pk])


class NoticesViewSet(ModelViewSet):
    """Notices in the menu. Nothing is added, edited or deleted here."""

    model = AmendmentNotice
    name = "notices"
    icon = "mail"
    menu_label = _("Notices")
    menu_order = 160  # behind the policies
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = NoticesView
    history_view_class = NoticeHistory
    inspect_view_class = status.NoticeStatus
    filterset_class = NoticeFilters
    ordering = "-pk"
    form_fields = ()
    url_finder_class = NoticeFinder
    KEPT = frozenset({"index", "index_results", "inspect", "history", "history_results"})

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return PERMISSIONS

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        """Return what Wagtail's views are told: there is nothing to lead to but the list and the notice."""
        nowhere = dict.fromkeys(("add_url_name", "edit_url_name", "delete_url_name", "usage_url_name"))
        return {**super().get_common_view_kwargs(), **nowhere, **kwargs}

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return Wagtail's own addresses for looking, and ours."""
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name in self.KEPT]
        deeds = [
            path(f"<int:pk>/{deed.value}/", steering.SteeringView.as_view(deed=deed), name=deed.value)
            for deed in Deed
            if deed in steering.WAYS
        ]
        return [*kept, *deeds, *OWN]
