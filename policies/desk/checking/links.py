"""Finds links within the site that lead nowhere, and the door's objection to them."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from policies.desk.checking.draft import Draft, Remark, Rule, at
from policies.reading.layout import clause_address
from policies.versions.announcing import AnnouncementRefused
from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal

FIELD = "links_because"
NUMBERS = ("number", "old", "new")


def path_here(href: str) -> str | None:
    """Return path and fragment of a link within this site, as written; None of any other link."""
    parts = urlsplit(href)
    if parts.scheme and (parts.scheme not in ("http", "https") or parts.netloc != urlsplit(settings.SITE_URL).netloc):
        return None
    if not parts.scheme and (parts.netloc or not href.startswith("/")):
        return None
    return (parts.path or "/") + (f"#{parts.fragment}" if parts.fragment else "")


def dead_links(draft: Draft) -> Iterator[Remark]:
    """Yield each link that leads to no page, once for each line; a place is looked up once."""
    known: dict[str, str] = {}
    for passage in draft.passages:
        for href in dict.fromkeys(run.href for run in passage.line.runs if run.href):
            path = path_here(href)
            if path is None:
                continue
            if path not in known:
                known[path] = fault_of(path, draft)
            if known[path]:
                yield at(passage, f"“{href}”: {known[path]}")


def fault_of(path: str, draft: Draft) -> str:
    """Say why a link within the site leads nowhere; return nothing if it leads somewhere.

    Args:
        path: as `path_here` returns it.
        draft: whose text has the link: links to itself are good even before it is announced.
    """
    place = unquote(path.partition("#")[0])
    match = _match(place)
    if match is None:
        return _no_page(place)
    if match.namespace == "policies":
        return _fault_of_policy(match, draft)
    if match.url_name == "wagtail_serve":
        return "" if _is_page(place) else _no_page(place)
    if match.url_name == "wagtaildocs_serve":
        there = get_document_model().objects.filter(pk=match.args[0]).exists()
        return "" if there else "there is no such file."
    if place.startswith(reverse("wagtailadmin_home")):
        return "only staff may open it."
    return ""


def _match(place: str) -> ResolverMatch | None:
    """Return what serves the address; without the last slash it is led there, so that is no fault."""
    for address in (place, f"{place}/"):
        try:
            return resolve(address)
        except Resolver404:
            continue
    return None


def _no_page(place: str) -> str:
    found = Redirect.objects.filter(old_path=Redirect.normalise_path(place)).exists()
    return "" if found else "there is no such page."


def _is_page(place: str) -> bool:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return False
    path = site.root_page.url_path + place.strip("/")
    return Page.objects.live().public().filter(url_path=f"{path.rstrip('/')}/").exists()


def _fault_of_policy(match: ResolverMatch, draft: Draft) -> str:
    slug = match.kwargs.get("slug")
    if slug is None:
        return ""
    numbers = {match.kwargs[name] for name in NUMBERS if name in match.kwargs}
    known = {f"{major}.{minor}" for major, minor in PolicyVersion.objects.of(slug).values_list("major", "minor")}
    if not known and slug != draft.slug:
        return f"the policy “{slug}” was never announced."
    if missing := sorted(numbers - known):
        return f"there is no version {missing[0]}."
    return ""


def lost_places(draft: Draft) -> Iterator[Remark]:
    """Yield links to a section of this policy that the draft does not have: readers land at its top."""
    there = {
        address for passage in draft.passages for address in (passage.address, clause_address(passage.line.reference))
    }
    here = reverse("policies:policy", args=[draft.slug]) if draft.slug else ""
    for passage in draft.passages:
        for href in dict.fromkeys(run.href for run in passage.line.runs if run.href):
            place, _, fragment = (path_here(href) or "").partition("#")
            if fragment and place.rstrip("/") == here.rstrip("/") and fragment not in there:
                yield at(passage, f"“{href}”: this policy has no section of that address.")


def objects(
    proposal: Proposal, newest: PolicyVersion | None, kept: PolicyVersion | None
) -> Iterator[AnnouncementRefused]:
    """Refuse a text whose links lead nowhere, unless a reason is given; not one that was announced elsewhere before."""
    if proposal.announced_elsewhere or proposal.links_because.strip():
        return
    found = list(dead_links(Draft(proposal.document, proposal.slug)))
    if found:
        others = len(found) - 1
        more = f" {others} more {'do' if others > 1 else 'does'} so, too." if others else ""
        yield AnnouncementRefused(
            f"A link leads nowhere: {found[0].place}, {found[0].words}{more} Mend that, or say under “Links may lead "
            "nowhere, because” why it should stay so.",
            FIELD,
        )


RULE = Rule(
    "dead-link",
    "A link within the site leads nowhere",
    "Mend the link or take it out. To announce it all the same, say why under “Links may lead nowhere, because”.",
    dead_links,
    stops=True,
)
PLACE = Rule(
    "lost-place",
    "A link leads to a section that is not there",
    "Take the address of a section from the preview.",
    lost_places,
)
