"""System checks on the tree of pages: it matches the addresses, and no private page stands above a policy."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections
from wagtail.models import PageViewRestriction

from policies.writing.models import PolicyIndexPage, PolicyPage


@register(Tags.database)
def tree_matches_addresses(
    app_configs: object = None, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    """Warn if the list of policies does not stand where its address says."""
    for alias in databases or ():
        if PolicyIndexPage._meta.db_table not in connections[alias].introspection.table_names():
            continue
        for index in PolicyIndexPage.objects.using(alias).all():
            if index.slug != "policies" or index.depth != 3:
                hint = "Give the list of policies the slug “policies”, directly under the home page."
                message = f"The list of policies stands at {index.url_path}, but its address is /policies/."
                return [Warning(message, hint=hint, id="policies.W001")]
    return []


@register(Tags.database)
def policies_are_public(
    app_configs: object = None, databases: Sequence[str] | None = None, **_: object
) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for alias in databases or ():
        if PolicyPage._meta.db_table in connections[alias].introspection.table_names():
            found.extend(_warning(restriction) for restriction in _restrictions(alias))
    return found


def _restrictions(alias: str) -> list[PageViewRestriction]:
    """The restrictions on policies, on their list, or on what these stand under."""
    paths = [*PolicyIndexPage.objects.using(alias).values_list("path", flat=True)]
    paths += PolicyPage.objects.using(alias).values_list("path", flat=True)
    restrictions = PageViewRestriction.objects.using(alias).select_related("page")
    return [one for one in restrictions if any(path.startswith(one.page.path) for path in paths)]


def _warning(restriction: PageViewRestriction) -> CheckMessage:
    return Warning(
        f"The page “{restriction.page.title}” is private, but policies are read by everybody.",
        hint="Take the restriction away in the CMS (Privacy), or put what is private under another page.",
        id="policies.W002",
    )
