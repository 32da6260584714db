"""What every template knows of the site: who runs it, and the pages in its menu. Costs no query once it is known."""

import pickle
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import sha256
from typing import Final, cast

from django.conf import settings
from django.core.cache import cache as shared_cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from wagtail.models import Page, PageQuerySet, Site

from accounts.values.organisation import Organisation
from home.finished_pages.making import for_a_kept_page
from home.organisation import models
from home.organisation.describing import describe
from home.organisation.pictures import PICTURES
from home.organisation.sheet import address_of
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyIndexPage

KEY = "home.facts"
FIRST_SCRIPT: Final = mark_safe(settings.FIRST_SCRIPT)  # noqa: S308  (our own file)
HOME: Final = "/"


@dataclass(frozen=True)
class MenuEntry:
    title: str
    url: str
    below: tuple["MenuEntry", ...] = ()


@dataclass(frozen=True)
class Facts:
    """What every page shows.

    Attributes:
        mark: another word for everything else that the site can say of itself; parts of pages are kept by it.
    """

    organisation: Organisation
    menu: list[MenuEntry] = field(default_factory=list)
    policies: list[MenuEntry] = field(default_factory=list)
    mark: str = field(init=False)

    def __post_init__(self) -> None:
        said = repr((self.organisation, self.menu, self.policies))
        object.__setattr__(self, "mark", sha256(said.encode()).hexdigest())

    def entry_at(self, path: str) -> str:
        """Return the path if an entry of the menu leads to it, else nothing: header and footer tell no others apart."""
        in_menu = (entry.url == path for one in self.menu for entry in (one, *one.below))
        return path if path == HOME or path in sections().values() or any(in_menu) else ""


def site(request: HttpRequest) -> dict[str, object]:
    """Give every template who runs the site, its menu and its policies: looked up once asked for, and once for all."""
    known = cache(facts)
    return {
        "organisation": SimpleLazyObject(lambda: known().organisation),
        # For the CMS, whose views call what they edit by its model's name.
        "brand": SimpleLazyObject(lambda: known().organisation),
        "menu": SimpleLazyObject(lambda: known().menu),
        "policies_in_force": SimpleLazyObject(lambda: known().policies),
        "style_sheet": SimpleLazyObject(lambda: address_of(known().organisation)),
        "site_mark": SimpleLazyObject(lambda: known().mark),
        "entry_here": SimpleLazyObject(lambda: known().entry_at(request.path)),
        "site_url": settings.SITE_URL,
        "first_script": FIRST_SCRIPT,
        "section": section_of(request.path),
    }


def section_of(path: str) -> str:
    """Return to which entry of the menu a page belongs: “policies”, “account”, or none."""
    return next((name for name, home in sections().items() if path.startswith(home)), "")


@cache
def sections() -> dict[str, str]:
    return {"account": reverse("accounts:overview"), "policies": reverse("policies:index")}


# What this process knew when it last asked; one, or none.
_last: Final[list[Facts]] = []


def facts() -> Facts:
    """Return what the site says of itself, from the cache if it can. There is one site, as one home page is allowed.

    A change is seen at once by the process that makes it, and by all others as soon as what they keep is too old.
    """
    anew = for_a_kept_page(KEY, look_up_facts)
    found = anew or unpacked(shared_cache.get_or_set(KEY, packed_facts, settings.FACTS_KEPT.total_seconds()))
    _last[:] = [found]
    return found


def last_known() -> dict[str, object]:
    """Give a page for trouble, which may ask nobody, who runs the site and how it looks: as far as that was known."""
    if not _last:
        return {}
    known = _last[-1].organisation
    return {"organisation": known, "style_sheet": address_of(known)}


def packed_facts() -> bytes:
    return pickle.dumps(look_up_facts())


@lru_cache(1)
def unpacked(packed: bytes) -> Facts:
    """Return the facts from the cache, unpacked once for as long as they are the same: pages ask several times."""
    return cast(Facts, pickle.loads(packed))  # noqa: S301  (our own, as all that Django's cache holds)


def look_up_facts() -> Facts:
    found = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if found is None:
        return Facts(describe(None))
    # Not for_site(): that writes a row where there is none, and reading must do with a database that is read-only.
    row = models.Organisation.objects.filter(site=found).select_related(*PICTURES).first()
    return Facts(describe(row), menu_entries(found.root_page), policies_in_force())


def policies_in_force() -> list[MenuEntry]:
    """Return the policies that can be read today, by name."""
    versions = PolicyVersion.objects.outline().in_force(on=timezone.localdate()).order_by("title")
    return [MenuEntry(version.title, reverse("policies:policy", args=[version.slug])) for version in versions]


def menu_entries(root: Page) -> list[MenuEntry]:
    """Return the pages for menus: children of the home page, each with its own. The policies have a place elsewhere."""
    return [_entry(page, tuple(_entry(below) for below in _in_menu(page))) for page in _in_menu(root)]


def _in_menu(page: Page) -> PageQuerySet:
    return page.get_children().live().public().in_menu().not_type(PolicyIndexPage).specific()


def _entry(page: Page, below: tuple[MenuEntry, ...] = ()) -> MenuEntry:
    return MenuEntry(getattr(page, "menu_label", "") or page.title, page.get_url() or "", below)


def forget_facts() -> None:
    shared_cache.delete(KEY)
