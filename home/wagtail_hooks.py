"""Registers with Wagtail what the site around the policies adds to the CMS; the bodies are in the rooms."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.base import ViewSet
from wagtail.rich_text.feature_registry import FeatureRegistry

from accounts.flows.persons import PersonsRequest
from home.contact.cms.listing import EnquiriesViewSet
from home.contact.cms.panel import WaitingPanel
from home.cookies.register.agreement import DifferencesPanel
from home.cookies.register.viewset import AddedCookieViewSet
from home.operations.doctor import page as doctors_page  # noqa: F401  (it registers itself)
from home.pages.links import MarkedLinkHandler
from home.setting_up import views as of_setting_up  # noqa: F401  (they register themselves)
from home.setting_up.panel import MissingPanel
from home.statistics import hooks as of_statistics  # noqa: F401  (they register themselves)


@hooks.register("register_admin_viewset")
def register_enquiries() -> ViewSet:
    return EnquiriesViewSet()


@hooks.register("register_admin_viewset")
def register_added_cookies() -> ViewSet:
    return AddedCookieViewSet()


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="home", content_type__model="enquiry")


@hooks.register("construct_homepage_panels")
def waiting_enquiries(request: PersonsRequest, panels: list[Component]) -> None:
    panels.append(WaitingPanel(request.user))


@hooks.register("construct_homepage_panels")
def what_is_missing(request: PersonsRequest, panels: list[Component]) -> None:
    panels.append(MissingPanel(request.user))


@hooks.register("register_rich_text_features")
def mark_links(features: FeatureRegistry) -> None:
    features.register_link_type(MarkedLinkHandler)


@hooks.register("construct_homepage_panels")
def what_we_say_and_do(request: PersonsRequest, panels: list[Component]) -> None:
    panels.append(DifferencesPanel(request.user))
