"""Puts the report into the CMS, for everybody who works in it: it says nothing of anybody."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from home.statistics.report import OpenedReport


@hooks.register("register_admin_urls")
def register_report() -> list[URLPattern]:
    return [
        path("reports/pages-opened/", OpenedReport.as_view(), name="pages_opened"),
        path("reports/pages-opened/results/", OpenedReport.as_view(results_only=True), name="pages_opened_results"),
    ]


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    return MenuItem(_("Pages opened"), reverse("pages_opened"), name="pages-opened", icon_name="view", order=700)
