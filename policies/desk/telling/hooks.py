"""Registers with Wagtail what telling people adds to the CMS."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from policies.desk.telling.listing import NoticesViewSet
from policies.notices.log_actions import ACTIONS


@hooks.register("register_admin_viewset")
def register_notices() -> ViewSet:
    return NoticesViewSet()


@hooks.register("register_log_actions")
def register_log_actions_of_notices(actions: LogActionRegistry) -> None:
    for name, formatter in ACTIONS.items():
        actions.register_action(name)(formatter)
