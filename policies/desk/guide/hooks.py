"""Puts our guide where the CMS says Help, in the place of Wagtail's own."""

from django.http import HttpRequest
from django.urls import URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

LEADS_AWAY = ("whats-new", "editor-guide")


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    return [path("guide/", include("policies.desk.guide.urls"))]


@hooks.register("register_help_menu_item")
def guide_menu_item() -> MenuItem:
    return MenuItem(_("Guide for editors"), reverse("policies_guide:guide"), name="guide", icon_name="help", order=100)


@hooks.register("construct_help_menu")
def leave_out_what_leads_away(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if not item.name.startswith(LEADS_AWAY)]
