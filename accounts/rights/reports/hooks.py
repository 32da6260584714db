"""Puts the reports into the CMS's menu, and what is late or due soon on its first page."""

from django.urls import URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet

from accounts.flows.persons import PersonsRequest
from accounts.rights.desk.menu import DeskMenuItem
from accounts.rights.holidays.viewset import ExtraHolidayViewSet
from accounts.rights.reports.panel import DuePanel
from accounts.rights.reports.urls import REPORTS


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    return [path("data-protection/reports/", include("accounts.rights.reports.urls"))]


def _menu_item(name: str, order: int) -> DeskMenuItem:
    report = REPORTS[name]
    url = reverse(f"rights_reports:{name}")
    return DeskMenuItem(report.page_title, url, name=f"rights-{name}", icon_name=report.header_icon, order=order)


for order, name in enumerate(REPORTS, 780):
    hooks.register("register_reports_menu_item", lambda name=name, order=order: _menu_item(name, order))


@hooks.register("construct_homepage_panels")
def show_what_is_due(request: PersonsRequest, panels: list[Component]) -> None:
    panels.append(DuePanel(request.user))


@hooks.register("register_admin_viewset")
def register_holidays() -> ViewSet:
    return ExtraHolidayViewSet("rights_holidays", url_prefix="data-protection/holidays")
