"""What approving adds to the CMS: buttons, the entry in the settings, the panel of what waits, the words of the log."""

from collections.abc import Iterable
from typing import cast

from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from laces.components import Component
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem, WorkflowMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from accounts.models import User
from policies.desk.approving.log_actions import ACTIONS
from policies.desk.approving.models import Approval, OutsideReview, PolicyApprovalTask
from policies.desk.approving.rule.views import may_see_rule
from policies.desk.approving.waiting.panel import WaitingReviews
from policies.writing.models import PolicyPage

LOOKS_FIRST = _("Look at it and approve…")


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for name, formatter in ACTIONS.items():
        actions.register_action(name)(formatter)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    codenames = ("switch_two_people", "announce_in_emergency", "ask_outsiders")
    return Permission.objects.filter(content_type__app_label="policies", codename__in=codenames)


@hooks.register("register_page_header_buttons")
def reviews_button(page: Page, user: User, view_name: str, next_url: str | None = None) -> Iterable[Button]:
    if isinstance(page, PolicyPage) and not page.alias_of_id:
        yield Button(gettext("Reviews"), reverse("policies_cms:reviews", args=[page.pk]), icon_name="group", priority=6)


@hooks.register("construct_page_action_menu")
def say_what_approving_does(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, object]) -> None:
    """Wagtail writes “and Publish” behind the label; the button leads to a page that says much more."""
    page = context.get("page")
    if isinstance(page, PolicyPage):
        if page.current_workflow_task:  # Wagtail would ask first whether to cancel the workflow
            items[:] = [item for item in items if item.name != PublishMenuItem.name]
        for item in items:
            if (
                isinstance(item, WorkflowMenuItem)
                and item.name == "approve"
                and item.label.startswith(str(LOOKS_FIRST))
            ):
                item.label = str(LOOKS_FIRST)


@hooks.register("after_edit_page")
def lead_to_the_look(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's form throws away where a step leads to; what it says of a saved page is not said on the look."""
    task = page.current_workflow_task if isinstance(page, PolicyPage) else None
    if request.POST.get("workflow-action-name") != "approve" or not isinstance(task, PolicyApprovalTask):
        return None
    list(get_messages(request))
    return redirect("policies_cms:look", page.pk)


class RuleMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_rule(cast(User, request.user))


@hooks.register("register_settings_menu_item")
def rule_in_the_settings() -> MenuItem:
    return RuleMenuItem(_("Two people"), reverse("policies_cms:two_people"), icon_name="group", order=980)


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WaitingReviews())


@hooks.register("before_delete_page")
def refuse_to_delete_judged(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _keep_judged(request, [page])


@hooks.register("before_bulk_action")
def refuse_to_delete_judged_in_bulk(
    request: HttpRequest, action_type: str, objects: list[Page], action: BulkAction
) -> HttpResponse | None:
    return _keep_judged(request, objects) if action_type == "delete" else None


def _keep_judged(request: HttpRequest, pages: Iterable[object]) -> HttpResponse | None:
    """Keep a policy of which a draft was approved or reviewed: it is evidence, announced or not."""
    for page in (one for one in pages if isinstance(one, Page)):
        below = {"page__path__startswith": page.path}
        if Approval.objects.filter(**below).exists() or OutsideReview.objects.filter(**below).exists():
            words = gettext("“%(title)s” is kept: drafts of it were approved or reviewed.") % {
                "title": page.get_admin_display_title()
            }
            messages.error(request, words)
            return redirect("wagtailadmin_pages:edit", page.pk)
    return None
