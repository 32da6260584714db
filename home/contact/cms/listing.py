"""The entry “Enquiries” in the menu of the CMS: the list, and the addresses below it."""

from typing import ClassVar

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.cms.filters import NamedFilters
from accounts.models import User
from accounts.values.wording import moment_in_words
from home.contact.cms.case import DEEDS, PERMISSIONS, EnquiryView
from home.contact.models import Enquiry


class EnquiryFilters(NamedFilters):
    names: ClassVar = {"state": _("State"), "about": _("About"), "assigned_to": _("Assigned to")}

    class Meta:
        model = Enquiry
        fields = ("state", "about", "assigned_to")


def received(enquiry: Enquiry) -> str:
    return moment_in_words(enquiry.received_at)


COLUMNS: list[BaseColumn] = [
    TitleColumn("reference", label=_("Enquiry"), get_url=lambda row: reverse("enquiries:inspect", args=[row.pk])),
    Column("who", label=pgettext_lazy("sender", "From")),
    Column("get_about_display", label=_("About")),
    Column("received_at", label=_("Received"), sort_key="received_at", accessor=received),
    StatusTagColumn("get_state_display", label=_("State"), primary=lambda row: row.state in Enquiry.OPEN),
    Column("assigned_to", label=_("Looked after by")),
]


class EnquiriesView(IndexView):
    """All enquiries, the newest first."""

    page_title = _("Enquiries")
    columns = COLUMNS
    filterset_class = EnquiryFilters
    default_ordering = "-pk"
    is_searchable = True
    search_fields = ("reference", "name", "address", "words")
    any_permission_required = ("view",)

    def get_base_queryset(self) -> QuerySet[Enquiry]:
        return Enquiry.objects.select_related("assigned_to")


class EnquiryFinder:
    """Tells the reports of Wagtail where an enquiry is."""

    def __init__(self, user: User) -> None:
        self.user = user

    def get_edit_url(self, enquiry: Enquiry) -> str | None:
        may = PERMISSIONS.user_has_permission(self.user, "view")
        return reverse("enquiries:inspect", args=[enquiry.pk]) if may else None


class EnquiriesViewSet(ModelViewSet):
    """Enquiries in the menu. None is added, edited or deleted here: they come from outside, and go in their time."""

    model = Enquiry
    name = "enquiries"
    icon = "mail"
    menu_label = _("Enquiries")
    menu_order = 170  # behind the notices
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = EnquiriesView
    inspect_view_class = EnquiryView
    filterset_class = EnquiryFilters
    ordering = "-pk"
    form_fields = ()
    url_finder_class = EnquiryFinder
    KEPT = frozenset({"index", "index_results", "inspect"})

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return PERMISSIONS

    def get_common_view_kwargs(self, **kwargs: object) -> dict[str, object]:
        """Return what Wagtail's views are told: there is nothing to lead to but the list and the enquiry."""
        nowhere = dict.fromkeys(
            ("add_url_name", "edit_url_name", "delete_url_name", "usage_url_name", "history_url_name")
        )
        return {**super().get_common_view_kwargs(), **nowhere, **kwargs}

    def get_urlpatterns(self) -> list[URLPattern]:
        """Return Wagtail's own addresses for looking, and ours."""
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name in self.KEPT]
        return [*kept, *(path(f"<int:pk>/{name}/", view.as_view(), name=name) for name, view in DEEDS.items())]
