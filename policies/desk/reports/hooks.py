"""Puts the reports into the CMS's menu, what needs a hand on its first page, and takes out what says nothing here."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry

from accounts.flows.persons import PersonsRequest
from policies.desk.reports.exporting import LOGGED
from policies.desk.reports.hand import HandPanel, PoliciesSummary
from policies.desk.reports.rights import ReportMenuItem
from policies.desk.reports.urls import REPORTS
from policies.writing.log_words import Data, saying

# A policy's age is the day it came into force, and there are three types of pages.
SAY_NOTHING = {"aging-pages", "page-types-usage"}


def _exported(data: Data) -> str:
    narrowed = [*data["filters"], *(["search"] if data["searched"] else [])]
    words = (
        gettext("“%(what)s” exported as %(format)s, narrowed by %(filters)s")
        if narrowed
        else gettext("“%(what)s” exported as %(format)s, all of it")
    )
    return words % {"what": data["what"], "format": data["as"].upper(), "filters": ", ".join(narrowed)}


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    return [path("policies/reports/", include("policies.desk.reports.urls"))]


def _menu_item(name: str, order: int) -> ReportMenuItem:
    report = REPORTS[name]
    url = reverse(f"policies_reports:{name}")
    return ReportMenuItem(
        report.page_title,
        url,
        name=f"policies-{name}",
        icon_name=report.header_icon,
        order=order,
        policy=report.permission_policy,
    )


for order, name in enumerate(REPORTS, 100):
    hooks.register("register_reports_menu_item", lambda name=name, order=order: _menu_item(name, order))


@hooks.register("construct_reports_menu")
def leave_out_what_says_nothing(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in SAY_NOTHING]


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    codenames = ("view_policyversion", "view_amendmentnotice", "view_engagement", "export_engagement")
    return Permission.objects.filter(content_type__app_label__in=("policies", "notices"), codename__in=codenames)


@hooks.register("construct_homepage_panels")
def show_what_needs_a_hand(request: PersonsRequest, panels: list[Component]) -> None:
    panels.append(HandPanel(request.user))


@hooks.register("construct_homepage_summary_items")
def summarise_policies(request: PersonsRequest, items: list[SummaryItem]) -> None:
    items.append(PoliciesSummary(request))


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(LOGGED)(saying(_("Export a report"), _exported))
