"""Finds links within the site that lead nowhere, and the door's objection to them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeGuard
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Page, Site

from accounts.values.wording import counted, sentences
from policies.desk.checking.draft import Draft, Remark, Rule, at
from policies.reading.layout import clause_address
from policies.versions.announcing import AnnouncementRefused
from policies.versions.models import PolicyVersion
from policies.versions.proposals import Proposal

FIELD = "links_because"
NUMBERS = ("number", "old", "new")


def path_here(href: str) -> str | None:
    """Return path and fragment of a link within this site, as written; None of any other link.

    What is no address, such as "https://[", leads nowhere: it is taken for a path from here.
    """
    try:
        parts = urlsplit(href)
    except ValueError:
        return f"/{href}"
    if parts.scheme and (parts.scheme not in ("http", "https") or parts.netloc != urlsplit(settings.SITE_URL).netloc):
        return None
    if not parts.scheme and (parts.netloc or not href.startswith("/")):
        return None
    return (parts.path or "/") + (f"#{parts.fragment}" if parts.fragment else "")


def dead_links(draft: Draft) -> Iterator[Remark]:
    """Yield each link that leads to no page, once for each line; all are looked up at once."""
    links = [
        (passage, href, path)
        for passage in draft.passages
        for href in dict.fromkeys(run.href for run in passage.line.runs if run.href)
        if (path := path_here(href)) is not None
    ]
    faults = faults_of({path for *_, path in links}, draft)
    for passage, href, path in links:
        if faults[path]:
            yield at(passage, f"“{href}”: {faults[path]}")


def faults_of(paths: Iterable[str], draft: Draft) -> dict[str, str]:
    """Say of links within the site why they lead nowhere; nothing of those that lead somewhere.

    Args:
        paths: as `path_here` returns them.
        draft: whose text has the links: those to itself are good even before it is announced.
    """
    matches = {path: _match(place_of(path)) for path in paths}
    there = _looked_up(matches)
    return {path: _fault(place_of(path), match, draft, there) for path, match in matches.items()}


@dataclass(frozen=True, slots=True)
class There:
    """What is there of what links ask for: numbers of versions by slug, places of pages and redirects, files."""

    versions: dict[str, set[str]]
    pages: set[str]
    redirects: set[str]
    files: set[int]


def _looked_up(matches: Mapping[str, ResolverMatch | None]) -> There:
    """Ask the database once for each kind of thing, however many links there are."""
    of_policies = {match.kwargs["slug"] for match in matches.values() if _is_policy(match) and "slug" in match.kwargs}
    files = {int(match.args[0]) for match in matches.values() if match and match.url_name == "wagtaildocs_serve"}
    places = [place_of(path) for path, match in matches.items() if match is None or match.url_name == "wagtail_serve"]
    return There(
        _versions_of(of_policies),
        _pages_at(places),
        _redirects_at(places),
        set(get_document_model().objects.filter(pk__in=files).values_list("pk", flat=True)) if files else set(),
    )


def _fault(place: str, match: ResolverMatch | None, draft: Draft, there: There) -> str:
    if match is None or match.url_name == "wagtail_serve":
        return "" if place in there.pages | there.redirects else gettext("there is no such page.")
    if match.namespace == "policies":
        return _fault_of_policy(match, draft, there)
    if match.url_name == "wagtaildocs_serve":
        return "" if int(match.args[0]) in there.files else gettext("there is no such file.")
    if place.startswith(reverse("wagtailadmin_home")):
        return gettext("only staff may open it.")
    return ""


def place_of(path: str) -> str:
    """Return the address that a link leads to, without the part of the page."""
    return unquote(path.partition("#")[0])


def _match(place: str) -> ResolverMatch | None:
    """Return what serves the address; without the last slash it is led there, so that is no fault."""
    for address in (place, f"{place}/"):
        try:
            return resolve(address)
        except Resolver404:
            continue
    return None


def _is_policy(match: ResolverMatch | None) -> TypeGuard[ResolverMatch]:
    return match is not None and match.namespace == "policies"


def _redirects_at(places: Iterable[str]) -> set[str]:
    asked = {place: Redirect.normalise_path(place) for place in places}
    rows = Redirect.objects.filter(old_path__in=asked.values())
    found = set(rows.values_list("old_path", flat=True)) if asked else set()
    return {place for place, path in asked.items() if path in found}


def _pages_at(places: Iterable[str]) -> set[str]:
    places = list(places)
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first() if places else None
    if site is None:
        return set()
    asked = {place: f"{(site.root_page.url_path + place.strip('/')).rstrip('/')}/" for place in places}
    found = set(Page.objects.live().public().filter(url_path__in=asked.values()).values_list("url_path", flat=True))
    return {place for place, path in asked.items() if path in found}


def _versions_of(slugs: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    rows = PolicyVersion.objects.filter(slug__in=slugs).order_by().values_list("slug", "major", "minor")
    for slug, major, minor in rows:
        found[slug].add(f"{major}.{minor}")
    return found


def _fault_of_policy(match: ResolverMatch, draft: Draft, there: There) -> str:
    slug = match.kwargs.get("slug")
    if slug is None:
        return ""
    numbers = {match.kwargs[name] for name in NUMBERS if name in match.kwargs}
    known = there.versions.get(slug, set())
    if not known and slug != draft.slug:
        return gettext("the policy “%(slug)s” was never announced.") % {"slug": slug}
    if missing := sorted(numbers - known):
        return gettext("there is no version %(missing)s.") % {"missing": missing[0]}
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
                yield at(passage, gettext("“%(href)s”: this policy has no section of that address.") % {"href": href})


def objects(
    proposal: Proposal, newest: PolicyVersion | None, kept: PolicyVersion | None
) -> Iterator[AnnouncementRefused]:
    """Refuse a text whose links lead nowhere, unless a reason is given; not one that was announced elsewhere before."""
    if proposal.announced_elsewhere or proposal.links_because.strip():
        return
    found = list(dead_links(Draft(proposal.document, proposal.slug)))
    if found:
        others = len(found) - 1
        so_too = ngettext("%(number)s more does so, too.", "%(number)s more do so, too.", others)
        words = sentences(
            gettext("A link leads nowhere: %(place)s, %(words)s") % {"place": found[0].place, "words": found[0].words},
            counted(others, so_too) if others else "",
            gettext("Mend that, or say under “Links may lead nowhere, because” why it should stay so."),
        )
        yield AnnouncementRefused(words, FIELD)


RULE = Rule(
    "dead-link",
    _("A link within the site leads nowhere"),
    _("Mend the link or take it out. To announce it all the same, say why under “Links may lead nowhere, because”."),
    dead_links,
    stops=True,
)
PLACE = Rule(
    "lost-place",
    _("A link leads to a section that is not there"),
    _("Take the address of a section from the preview."),
    lost_places,
)
