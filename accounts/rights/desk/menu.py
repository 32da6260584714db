"""The group “Data protection” in the menu of the CMS. Other rooms add to it by the hook that it is made of."""

from typing import Final

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from accounts.rights.desk.access import may_handle
from accounts.rights.desk.acting import DeedView
from accounts.rights.desk.calendar import CalendarView
from accounts.rights.desk.case import CasePage
from accounts.rights.desk.deciding_view import DecideView
from accounts.rights.desk.entering import EnterView
from accounts.rights.desk.listing import QueueView
from accounts.rights.desk.taking import ExportView, FileView, PrintView
from accounts.rights.desk.telling_recipients import RecipientView

HOOK: Final = "register_data_protection_menu_item"
MENU: Final = Menu(register_hook_name=HOOK, construct_hook_name="construct_data_protection_menu")

urlpatterns: list[URLPattern] = [
    path("", QueueView.as_view(), name="index"),
    path("results/", QueueView.as_view(results_only=True), name="index_results"),
    path("new/", EnterView.as_view(), name="enter"),
    path("<row:pk>/", CasePage.as_view(), name="case"),
    path("<row:pk>/due.ics", CalendarView.as_view(), name="calendar"),
    path("<row:pk>/decide/", DecideView.as_view(), name="decide"),
    path("<row:pk>/export/", ExportView.as_view(), name="export"),
    path("<row:pk>/files/<row:file>/", FileView.as_view(), name="file"),
    path("<row:pk>/letters/<row:message>/", PrintView.as_view(), name="print"),
    path("<row:pk>/recipients/<row:task>/", RecipientView.as_view(), name="recipient"),
    path("<row:pk>/<slug:name>/", DeedView.as_view(), name="deed"),
]


class DeskMenuItem(MenuItem):
    """An entry for those who may handle requests."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_handle(request.user)


def group() -> SubmenuMenuItem:
    return SubmenuMenuItem(_("Data protection"), MENU, name="data-protection", icon_name="lock", order=170)


def queue_entry() -> DeskMenuItem:
    return DeskMenuItem(
        _("Requests and complaints"), reverse("rights_desk:index"), name="rights", icon_name="clipboard-list", order=100
    )
