"""Registers with Wagtail what rights requests add to the CMS; the bodies are in the rooms."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem

import accounts.values.row_numbers  # noqa: F401  (registers <row:…>)
from accounts.rights.desk import menu
from accounts.rights.reports import hooks as reports_hooks  # noqa: F401  (they register themselves)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLResolver]:
    return [path("data-protection/", include((menu.urlpatterns, "rights_desk")))]


@hooks.register("register_admin_menu_item")
def register_group() -> MenuItem:
    return menu.group()


@hooks.register(menu.HOOK)
def register_queue() -> MenuItem:
    return menu.queue_entry()


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="rights", codename="handle_rightsrequest")
