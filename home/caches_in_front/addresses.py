"""The addresses at which caches in front hold the pages of a scope."""

from collections.abc import Iterator
from itertools import pairwise

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from home.finished_pages.generation import EVERYTHING, OF_POLICY, SITE
from policies.versions.kept_register import has_register
from policies.versions.models import PolicyVersion
from policies.writing.models import PolicyPage

OF_A_POLICY = ("policy", "policy_feed", "about_policy_feed", "timemap", "versions", "on", "choose", "verify")
LISTS = ("policies:index", "policies:feed", "policies:about_feed", "sitemap", "accessibility")


def addresses_of(scopes: set[str]) -> list[str]:
    """Return the addresses of all pages that may have changed with some scopes, each once.

    Redlines are those of neighbours and with the newest: of others there are too many to name; they are old for no
    longer than `FRONT_CACHE_SECONDS`.
    """
    if SITE in scopes:
        slugs = list(PolicyVersion.objects.order_by("slug").values_list("slug", flat=True).distinct())
    else:
        slugs = sorted(scope.removeprefix(OF_POLICY) for scope in scopes if scope.startswith(OF_POLICY))
    found = [path for slug in slugs for path in of_policy(slug)]
    if scopes & {SITE, EVERYTHING}:
        found += of_the_site()
    return [settings.SITE_URL + path for path in dict.fromkeys(found)]


def of_policy(slug: str) -> Iterator[str]:
    """Yield the addresses of a policy: its pages, each version, redlines of neighbours and with the newest."""
    for name in OF_A_POLICY:
        yield reverse(f"policies:{name}", args=[slug])
    versions = list(
        PolicyVersion.objects.of(slug).order_by("sequence").only("major", "minor").annotate(of_data=has_register())
    )
    numbers = [version.number for version in versions]
    for version in versions:
        yield reverse("policies:version", args=[slug, version.number])
        if version.of_data:
            yield reverse("policies:dpv", args=[slug, version.number])
    with_the_newest = [(number, numbers[-1]) for number in numbers[:-1]]
    for old, new in {*pairwise(numbers), *with_the_newest}:
        redline = reverse("policies:compare", args=[slug, old, new])
        yield redline
        yield f"{redline}?view=side"


def of_the_site() -> Iterator[str]:
    for page in Page.objects.live().public().not_type(PolicyPage).filter(depth__gt=1).order_by("path"):
        if address := page.get_url():
            yield address
    yield from map(reverse, LISTS)
