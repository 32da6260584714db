"""Registers with Wagtail what accounts add to the CMS; the bodies are in accounts.cms."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from accounts.cms import closing, granting, inviting, views
from accounts.cms.consents import ConsentsMenuItem, ConsentsView
from accounts.cms.processing import ProcessingMenuItem, ProcessingView
from accounts.days.views import meaning
from accounts.flows.closing import LOG_ACTION as LOG_CLOSED
from accounts.flows.closing import LOG_TAKEN_BACK, may_close
from accounts.flows.granting import LOG_ACTION as LOG_POSITION
from accounts.flows.helping import LOG_ACTION, may_reset
from accounts.flows.inviting import LOG_ACTION as LOG_INVITED
from accounts.flows.inviting import may_invite
from accounts.flows.persons import PersonsRequest
from accounts.models import User

GIVING = ("assign_role", "set_active_state")
LABEL = _("Reset second factor and end sessions")


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern]:
    return [
        path("accounts/<row:pk>/reset/", views.reset, name="accounts_reset"),
        path("day/", meaning, name="day_in_words"),
    ]


@hooks.register("register_user_listing_buttons")
def reset_button(user: User, request_user: User) -> Iterator[Button]:
    if may_reset(request_user, user):
        yield Button(LABEL, reverse("accounts_reset", args=[user.pk]), icon_name="key", priority=30)


@hooks.register("register_admin_urls")
def register_invitations() -> list[URLPattern]:
    return [path("accounts/<row:pk>/invite/", inviting.invite_again, name="accounts_invite")]


@hooks.register("after_create_user")
def invite_new_people(request: PersonsRequest, user: User) -> None:
    inviting.invite_whom_staff_entered(request, user)


@hooks.register("register_user_listing_buttons")
def invite_button(user: User, request_user: User) -> Iterator[Button]:
    if may_invite(request_user, user):
        url = reverse("accounts_invite", args=[user.pk])
        yield Button(_("Send the invitation again"), url, icon_name="mail", priority=25)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="accounts", codename="reset_second_factor")


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION, LABEL, _("Second factor reset, sessions ended"))
    actions.register_action(LOG_INVITED, _("Send an invitation"), _("Invitation sent"))


@hooks.register("register_admin_urls")
def register_consents() -> list[URLPattern]:
    return [
        path("accounts/consents/", ConsentsView.as_view(), name="accounts_consents"),
        path("accounts/consents/results/", ConsentsView.as_view(results_only=True), name="accounts_consents_results"),
    ]


@hooks.register("register_reports_menu_item")
def consents_menu_item() -> ConsentsMenuItem:
    return ConsentsMenuItem(_("Consents"), reverse("accounts_consents"), icon_name="check", order=800)


@hooks.register("register_permissions")
def register_consents_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="accounts", codename="list_consentrecord")


@hooks.register("register_admin_urls")
def register_processing() -> list[URLPattern]:
    results = ProcessingView.as_view(results_only=True)
    return [
        path("accounts/processing/", ProcessingView.as_view(), name="accounts_processing"),
        path("accounts/processing/results/", results, name="accounts_processing_results"),
    ]


@hooks.register("register_reports_menu_item")
def processing_menu_item() -> ProcessingMenuItem:
    url = reverse("accounts_processing")
    return ProcessingMenuItem(_("Record of processing"), url, icon_name="clipboard-list", order=810)


@hooks.register("register_admin_urls")
def register_closings() -> list[URLPattern]:
    view = closing.ClosingsView
    return [
        path("accounts/<row:pk>/close/", closing.close, name="accounts_close"),
        path("accounts/closings/", view.as_view(), name="accounts_closings"),
        path("accounts/closings/results/", view.as_view(results_only=True), name="accounts_closings_results"),
        path("accounts/closings/<row:pk>/take-back/", closing.open_again, name="accounts_take_back"),
    ]


@hooks.register("register_reports_menu_item")
def closings_menu_item() -> closing.ClosingsMenuItem:
    return closing.ClosingsMenuItem(_("Closed accounts"), reverse("accounts_closings"), icon_name="bin", order=810)


@hooks.register("register_user_listing_buttons")
def close_button(user: User, request_user: User) -> Iterator[Button]:
    if may_close(request_user, user):
        yield Button(_("Close account"), reverse("accounts_close", args=[user.pk]), icon_name="bin", priority=40)


@hooks.register("construct_homepage_panels")
def failing_closings(request: PersonsRequest, panels: list[Component]) -> None:
    panels.append(closing.FailingPanel(request.user))


@hooks.register("before_delete_user")
def close_instead(request: PersonsRequest, user: User) -> HttpResponse | None:
    return closing.refuse_to_delete(request, [user])


@hooks.register("before_bulk_action")
def close_instead_of_many(
    request: PersonsRequest, action_type: str, objects: list[User], action: BulkAction
) -> HttpResponse | None:
    if action_type == "delete" and action.model is get_user_model():
        return closing.refuse_to_delete(request, objects)
    return None


@hooks.register("before_edit_user")
def leave_administrators(request: PersonsRequest, user: User) -> HttpResponse | None:
    return granting.refuse_to_change(request, user)


@hooks.register("before_bulk_action")
def before_giving(
    request: PersonsRequest, action_type: str, objects: list[User], action: BulkAction
) -> HttpResponse | None:
    if action.model is get_user_model() and action_type in GIVING:
        return granting.before_many(request, objects, action)
    return None


@hooks.register("after_bulk_action")
def after_giving(request: PersonsRequest, action_type: str, objects: list[User], action: BulkAction) -> None:
    if action.model is get_user_model() and action_type in GIVING:
        granting.after_many(request, objects, action)


@hooks.register("register_permissions")
def register_closing_permission() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="accounts", codename="close_closingrequest")


@hooks.register("register_log_actions")
def register_closing_actions(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_POSITION, _("Give or take"), _("What was given or taken changed"))
    actions.register_action(LOG_CLOSED, _("Close account"), _("Account closed"))
    actions.register_action(LOG_TAKEN_BACK, _("Open account again"), _("Closed account opened again"))
