"""The account's menu, for every page under /account/, allauth's included."""

from django import template
from django.urls import reverse

from accounts.menu import MenuEntry, menu_entries

register = template.Library()


@register.inclusion_tag("accounts/menu.html", takes_context=True)
def account_menu(context: template.Context) -> dict[str, object]:
    path = context["request"].path
    return {"links": [link(entry, path) for entry in menu_entries()], "csrf_token": context.get("csrf_token")}


def link(entry: MenuEntry, path: str) -> dict[str, str]:
    """Return a link of the menu: `current` says whether it is this page, or the one that this page belongs to."""
    url = reverse(entry.urlname)
    above = [reverse(name) for name in (*entry.owns, entry.urlname)]
    belongs = any(path.startswith(other) for other in above if other != reverse("accounts:overview"))
    return {"title": str(entry.title), "url": url, "current": "page" if path == url else "true" if belongs else ""}
