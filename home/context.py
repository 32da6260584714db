"""What every template knows of the site: who runs it, and the pages in its menu. Costs no query once it is known."""

from dataclasses import dataclass, field
from functools import cache
from typing import cast

from django.core.cache import cache as shared_cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from home.finished_pages.making import is_made_to_be_kept
from home.models import Organisation
from policies.writing.models import PolicyIndexPage

KEY = "home.facts"
# Changes are seen at once by the process that makes them, and by the others after this many seconds.
LASTS = 60


@dataclass(frozen=True)
class MenuEntry:
    title: str
    url: str


@dataclass(frozen=True)
class Facts:
    organisation: Organisation
    menu: list[MenuEntry] = field(default_factory=list)


def site(request: HttpRequest) -> dict[str, object]:
    known = cache(facts)
    return {
        "organisation": SimpleLazyObject(lambda: known().organisation),
        "menu": SimpleLazyObject(lambda: known().menu),
        "section": section_of(request.path),
    }


def section_of(path: str) -> str:
    """Return to which entry of the menu a page belongs: “policies”, “account”, or none."""
    sections = {"account": reverse("accounts:overview"), "policies": reverse("policies:index")}
    return next((name for name, home in sections.items() if path.startswith(home)), "")


def facts() -> Facts:
    """Return what the site says of itself, from the cache if it can. There is one site, as one home page is allowed."""
    return look_up_facts() if is_made_to_be_kept() else cast(Facts, shared_cache.get_or_set(KEY, look_up_facts, LASTS))


def look_up_facts() -> Facts:
    found = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if found is None:
        return Facts(Organisation())
    # Not for_site(): that writes a row where there is none, and reading must do with a database that is read-only.
    organisation = Organisation.objects.filter(site=found).first() or Organisation(site=found)
    return Facts(organisation, menu_entries(found.root_page))


def menu_entries(root: Page) -> list[MenuEntry]:
    """Return the children of the home page that are shown in menus; the policies have a place of their own."""
    pages = root.get_children().live().public().in_menu().not_type(PolicyIndexPage)
    return [MenuEntry(page.title, page.get_url() or "") for page in pages]


def forget_facts() -> None:
    shared_cache.delete(KEY)
