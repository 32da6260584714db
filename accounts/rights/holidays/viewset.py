"""Where staff add bank holidays that the library does not know yet: a list in the settings of the CMS."""

from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from accounts.models import User
from accounts.rights.desk.access import may_handle
from accounts.rights.desk.menu import HOOK
from accounts.rights.models import ExtraHoliday
from accounts.values.wording import weekday_in_words


class HolidayListView(IndexView):
    default_ordering = "-day"


class HolidayCreateView(CreateView):
    def save_instance(self) -> ExtraHoliday:
        """Write down who added it; open cases follow once it is saved."""
        self.form.instance.added_by = self.request.user
        return super().save_instance()


class OfWhoeverHandlesRequests(ModelPermissionPolicy):
    """Whoever answers requests keeps the days by which they are due."""

    def user_has_permission(self, user: User, action: str) -> bool:
        return may_handle(user)

    def user_has_any_permission(self, user: User, actions: Iterable[str]) -> bool:
        return may_handle(user)


class ExtraHolidayViewSet(ModelViewSet):
    model = ExtraHoliday
    icon = "calendar-alt"
    menu_label = _("Added bank holidays")
    menu_order = 300
    menu_hook = HOOK
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = HolidayListView
    add_view_class = HolidayCreateView
    panels = (
        HelpPanel(
            format_lazy(
                "<p>{}</p>",
                _(
                    "Only days that the site does not know by itself, such as one that was proclaimed lately. "
                    "Due dates of open cases follow at once; each change stands in the story of its case, "
                    "and both sides are told."
                ),
            )
        ),
        FieldPanel("day", heading=_("Day")),
        FieldPanel("reason", heading=_("Reason")),
    )
    list_display = (
        Column("day", label=_("Day"), sort_key="day", accessor=lambda row: weekday_in_words(row.day)),
        "reason",
        Column("added_by", label=_("Added by"), accessor=lambda row: row.added_by or ""),
        Column("added_at", label=_("When"), accessor=lambda row: weekday_in_words(row.added_at)),
    )

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return OfWhoeverHandlesRequests(ExtraHoliday)
