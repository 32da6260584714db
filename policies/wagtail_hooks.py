"""Registers with Wagtail what the policies add to the CMS; the bodies are in the rooms."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from accounts.models import User
from policies.desk.approving import hooks as approving_hooks  # noqa: F401  (they register themselves)
from policies.desk.approving.waiting.listing import ReviewedPoliciesViewSet
from policies.desk.checking import hooks as checking_hooks  # noqa: F401  (they register themselves)
from policies.desk.evidence import hooks as evidence_hooks  # noqa: F401  (they register themselves)
from policies.desk.guide import hooks as guide_hooks  # noqa: F401  (they register themselves)
from policies.desk.intake import hooks as intake_hooks  # noqa: F401  (they register themselves)
from policies.desk.look import hooks as look_hooks  # noqa: F401  (they register themselves)
from policies.desk.publishing import announced_just_now, fit_the_buttons, tell
from policies.desk.reports import hooks as reports_hooks  # noqa: F401  (they register themselves)
from policies.desk.telling import hooks as telling  # noqa: F401  (they register themselves)
from policies.writing import log_actions
from policies.writing.admin_api import PagesViewSet
from policies.writing.bulk import IN_BULK
from policies.writing.listing import PoliciesBelowIndexViewSet
from policies.writing.models import PolicyIndexPage, PolicyPage
from policies.writing.newest_draft import mark_who_saves
from policies.writing.refusal_page import DONE, refuse_to
from policies.writing.rich_text import register_struck


@hooks.register("register_log_actions", order=10)  # behind Wagtail's own, some of which it words anew
def register_log_actions(actions: LogActionRegistry) -> None:
    log_actions.register(actions)


@hooks.register("register_rich_text_features")
def register_rich_text_features(features: FeatureRegistry) -> None:
    register_struck(features)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    return [path("policies/", include("policies.desk.urls"))]


@hooks.register("register_admin_viewset")
def register_listings() -> list[ViewSet]:
    return [ReviewedPoliciesViewSet(), PoliciesBelowIndexViewSet()]


@hooks.register("construct_admin_api")
def replace_pages_api(router: WagtailAPIRouter) -> None:
    router.register_endpoint("pages", PagesViewSet)


@hooks.register("insert_global_admin_css")
def let_lists_scroll() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("css/lists-in-cms.css"))


@hooks.register("register_page_header_buttons")
def versions_button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterable[Button]:
    if isinstance(page, PolicyPage) and not page.alias_of_id:
        yield Button(_("Versions"), reverse("policies_cms:versions", args=[page.pk]), icon_name="history", priority=5)


@hooks.register("construct_page_action_menu")
def fit_the_buttons_of_policies(
    menu_items: list[ActionMenuItem], request: HttpRequest, context: dict[str, object]
) -> None:
    if isinstance(context.get("page"), PolicyPage) or isinstance(context.get("parent_page"), PolicyIndexPage):
        fit_the_buttons(menu_items)


@hooks.register("before_edit_page")
def mark_who_saves_a_policy(request: HttpRequest, page: Page) -> None:
    if isinstance(page, PolicyPage):
        mark_who_saves(request, page)


@hooks.register("after_edit_page")
def tell_what_was_approved(request: HttpRequest, page: Page) -> None:
    if isinstance(page, PolicyPage) and announced_just_now(page):
        tell(request, page)


for action in IN_BULK:
    hooks.register("register_bulk_action", action, order=100)  # behind Wagtail's own, which they replace


@hooks.register("before_delete_page")
def refuse_to_delete(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse_to("delete", request, [page])


@hooks.register("before_unpublish_page")
def refuse_to_unpublish(request: HttpRequest, page: Page) -> HttpResponse | None:
    return refuse_to("unpublish", request, [page])


@hooks.register("before_move_page")
def refuse_to_move(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    return refuse_to("move", request, [page])


@hooks.register("before_bulk_action")
def refuse_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Page], action: BulkAction
) -> HttpResponse | None:
    return refuse_to(action_type, request, objects) if action_type in DONE else None
