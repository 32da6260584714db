"""Registers with Wagtail what accounts add to the CMS; the bodies are in accounts.cms."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry

from accounts.cms import views
from accounts.flows.helping import LOG_ACTION, may_reset

LABEL = "Reset second factor and end sessions"


@hooks.register("register_admin_urls")
def register_urls() -> list[Any]:
    return [path("accounts/<int:pk>/reset/", views.reset, name="accounts_reset")]


@hooks.register("register_user_listing_buttons")
def reset_button(user: Any, request_user: Any) -> Iterator[Button]:
    if may_reset(request_user, user):
        yield Button(LABEL, reverse("accounts_reset", args=[user.pk]), icon_name="key", priority=30)


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="accounts", codename="reset_second_factor")


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(LOG_ACTION, LABEL, "Second factor reset, sessions ended")
